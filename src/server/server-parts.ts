import type { Logger } from 'winston';
import type { Connector } from '../connector/connector.js';
import type { RedisStatus } from '../connector/redis/shared-state.js';
import type { Finding } from '../connid/errors.js';
import type { RunningOperations } from './exchange/running-operations.js';
import type { ServerMetrics } from './metrics.js';
import type { BodyReader } from './request/read-body.js';
import type { Validators } from './validation/validators.js';

/**
 * Holds the connectors, by name. A single one without a name has an empty one. The server looks each up for each
 * request, because a reload replaces them.
 */
export interface ConnectorSource {
  names(): readonly string[];
  get(name: string): Connector | undefined;
}

/** The names of several connectors; none for a single one without a name. */
export function namedConnectors(source: ConnectorSource): readonly string[] {
  return source.names().filter((name) => name !== '');
}

/** The result of checking a connector configuration. */
interface ConfigVerdict {
  readonly valid: boolean;
  readonly errors: readonly Finding[];
}

/** Checks a connector configuration offline. Does not resolve secrets. */
export type ConfigValidator = (json: unknown) => ConfigVerdict | Promise<ConfigVerdict>;

/** The services that operations use. */
export interface Services {
  readonly connectors: ConnectorSource;
  readonly validateConfig: ConfigValidator;
  readonly running: RunningOperations;
  readonly metrics: ServerMetrics;
  /** The state of Redis; `undefined` when replicas share nothing. */
  readonly redisStatus: () => RedisStatus | undefined;
  /** Builds the OpenAPI document. */
  readonly openApi: () => object;
}

/** Settings of the connector's configuration that a reload can change. */
export interface OperationLimits {
  /** `rest.operationTimeoutMs`; does not apply to searches. */
  readonly operationTimeoutMs: number;
  /** `results.maxJsonResults`. */
  readonly maxJsonResults: number;
}

/** Durations in milliseconds. They are not configurable; tests shorten them. */
export interface Timings {
  /** In this time an aborted operation may still return its own result. */
  readonly abortGraceMs: number;
  /** Interval of heartbeat lines in a stream without rows. */
  readonly heartbeatMs: number;
  /** The server disconnects the reader of a stream that has read nothing for this time. */
  readonly stallMs: number;
}

export const defaultTimings: Timings = { abortGraceMs: 3_000, heartbeatMs: 10_000, stallMs: 600_000 };

/** The parts of the server that all requests share. */
export interface ServerParts {
  readonly services: Services;
  readonly validators: Validators;
  readonly readBody: BodyReader;
  /** @param connector - its name. */
  readonly limits: (connector: string) => OperationLimits;
  readonly timings: Timings;
  /** The log for audit records. Called for each record, because a reload may replace the log. */
  readonly audit: () => Logger;
}
