import { createApp, type ConnectorApp, type ServerOptions } from '../../src/server/app.js';
import { createMetrics } from '../../src/server/metrics.js';
import { FakeConnector } from './fake-connector.js';
import { captureLog, type LogCapture } from './log-capture.js';

/** The server around a fake connector, with a log that can be read. */
export interface Fixture extends ConnectorApp {
  readonly connector: FakeConnector;
  readonly log: LogCapture;
}

export function createFixture(options: Partial<ServerOptions> = {}): Fixture {
  const connector = new FakeConnector();
  const log = captureLog();
  const app = createApp({
    version: connector.info.version,
    connectors: { names: () => [''], get: (name) => (name === '' ? connector : undefined) },
    validateConfig: () => ({ valid: true, errors: [] }),
    logger: log.logger,
    verifiers: [],
    limits: () => ({ operationTimeoutMs: 300_000, maxJsonResults: 100_000 }),
    bodyLimitBytes: 2 ** 20,
    metrics: createMetrics(),
    ...options,
  });
  return { ...app, connector, log };
}
