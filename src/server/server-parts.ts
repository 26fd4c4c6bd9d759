import type { Connector } from '../connector/connector.js';
import type { Finding } from '../connid/errors.js';
import type { RunningOperations } from './exchange/running-operations.js';
import type { ServerMetrics } from './metrics.js';
import type { BodyReader } from './request/read-body.js';
import type { Validators } from './validation/validators.js';

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

/** Settings of the connector's configuration that a reload can change. */
export interface OperationLimits {
  /** `rest.operationTimeoutMs`; does not apply to searches. */
  readonly operationTimeoutMs: number;
  /** `results.maxJsonResults`. */
  readonly maxJsonResults: number;
}

/** Durations that nobody configures, but tests shorten. */
export interface Timings {
  /** Time an aborted operation has to end in its own way. */
  readonly abortGraceMs: number;
  /** A stream without rows shows a sign of life this often. */
  readonly heartbeatMs: number;
  /** A reader of a stream that takes nothing for so long is given up. */
  readonly stallMs: number;
}

export const defaultTimings: Timings = { abortGraceMs: 3_000, heartbeatMs: 10_000, stallMs: 600_000 };

/** Everything that serving an operation needs and that is the same for all requests. */
export interface ServerParts {
  readonly services: Services;
  readonly validators: Validators;
  readonly readBody: BodyReader;
  readonly limits: () => OperationLimits;
  readonly timings: Timings;
}
