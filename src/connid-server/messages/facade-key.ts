import { ConnectorError } from '../../connid/errors.js';
import { decodeWhole } from '../codec/decoder.js';
import { type Limits, defaultLimits } from '../codec/limits.js';
import { WireError, type Wire, type WireValue } from '../codec/wire-value.js';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads the configuration that comes with each operation. It contains the host's credentials for the target, so neither
 * the text nor the values belong into a log or message.
 * @throws ConnectorError `illegalArgument` for a text that contains no configuration.
 */
export function readFacadeKey(facadeKey: string | null, limits = defaultLimits): Wire<'APIConfiguration'> {
  if (facadeKey === null || facadeKey.length % 4 !== 0 || !base64.test(facadeKey)) throw unreadable();
  const value = decoded(facadeKey, limits);
  if (value?.kind !== 'APIConfiguration') throw unreadable();
  return value;
}

function decoded(facadeKey: string, limits: Limits): WireValue {
  try {
    return decodeWhole(Buffer.from(facadeKey, 'base64'), limits);
  } catch (error) {
    if (error instanceof WireError) throw unreadable(error);
    throw error;
  }
}

function unreadable(cause?: WireError): ConnectorError {
  const message = 'The configuration that comes with the operation cannot be read.';
  return new ConnectorError('illegalArgument', message, cause === undefined ? {} : { cause });
}
