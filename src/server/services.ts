import type { Finding } from '../connid/errors.js';
import type { Connector } from '../connector/connector.js';
import type { RunningOperations } from './exchange/running-operations.js';
import type { ServerMetrics } from './metrics.js';

/** Where the server gets the connector from, anew for each request: a reload replaces it. */
export interface ConnectorSource {
  current(): Connector;
}

/** Verdict on a connector configuration. */
interface ConfigVerdict {
  readonly valid: boolean;
  readonly errors: readonly Finding[];
}

/** Checks a connector configuration offline; resolves no secret. */
export type ConfigValidator = (json: unknown) => ConfigVerdict | Promise<ConfigVerdict>;

/** What operations work with. */
export interface Services {
  readonly connectors: ConnectorSource;
  readonly validateConfig: ConfigValidator;
  readonly running: RunningOperations;
  readonly metrics: ServerMetrics;
  /** The OpenAPI document. */
  readonly openApi: () => object;
}
