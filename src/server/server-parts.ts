import type { BodyReader } from './request/read-body.js';
import type { Services } from './services.js';
import type { Validators } from './validation/validators.js';

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
export interface Environment {
  readonly services: Services;
  readonly validators: Validators;
  readonly readBody: BodyReader;
  readonly limits: () => OperationLimits;
  readonly timings: Timings;
}
