import { ConnectorError } from '../../src/connid/errors.js';

/** The error that something throws. */
export function thrownBy(act: () => unknown): ConnectorError {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return thrown;
    throw thrown;
  }
  throw new Error('Nothing was thrown');
}
