import type { Check } from '../connid/errors.js';
import type { OperationContext } from './context.js';

/** Waits; rejects when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Runs work that must not overlap with other work under the same key. */
export interface Lock {
  /**
   * @param key - the name of the protected object, e.g. `Person/KDcuGIm1QgePTO8WbOqwIQ`.
   * @param context - the operation. Its signal ends the waiting, but not work that already runs.
   */
  run<T>(key: string, work: () => Promise<T>, context: OperationContext): Promise<T>;
  /**
   * Called before each request that writes. Absent if a lock cannot be lost while work runs under it.
   * @throws ConnectorError `retryable` when the operation has lost a lock.
   */
  confirm?(context: OperationContext): Promise<void>;
}

/** Parts of the Test operation, in order: checks before the probes of the object classes, and checks after them. */
export interface TargetChecks {
  readonly before: readonly TargetCheck[];
  readonly after: readonly TargetCheck[];
}

/** One part of the Test operation. */
export interface TargetCheck {
  readonly name: string;
  /** True if Test stops when this check fails. */
  readonly decisive: boolean;
  /**
   * @returns the findings. A finding that is no failure but needs attention has a hint.
   * @throws ConnectorError when the check fails.
   */
  run(context: OperationContext): Promise<readonly Check[]>;
}
/** State of a paged walk, saved between two pages. */
export interface ListingContext {
  /** The id of the walk. */
  readonly id: string;
  /** Identifies the search, together with its caller. */
  readonly query: string;
  /** The number of matches before the first one that the walk can still return. */
  readonly first: number;
  /** The number of matches before the first one that the walk has not read. */
  readonly end: number;
  /** The approximate size of `data`. */
  readonly bytes: number;
  /** The state of the walk: plain data that can be copied and stored. */
  readonly data: unknown;
}

/**
 * Keeps listing contexts for as long as the target's page tokens are valid. A search also works without its context,
 * at a higher cost, so a store may forget one at any time. A context is taken out once; the search puts the next one
 * back.
 */
export interface ListingContexts {
  put(context: ListingContext): Promise<void>;
  /** Takes the context of a walk that goes on at this position. */
  take(id: string, position: number): Promise<ListingContext | undefined>;
  /** Takes the context of a search that reaches this position with the fewest further reads. */
  takeNearest(query: string, position: number): Promise<ListingContext | undefined>;
}
/** One request to the target, retries counted one by one. */
interface TargetCall {
  /** Id or path pattern of the endpoint; never a path with values in it. */
  readonly endpoint: string;
  /** Rate limit label of the endpoint. */
  readonly label: string;
  /** HTTP status, or `error` when no answer came. */
  readonly status: number | 'error';
  readonly durationMs: number;
}

/** Counters of the connector. A port, so that the connector does not depend on how metrics are published. */
export interface Metrics {
  targetCall(call: TargetCall): void;
  /** Called after a call waited for its rate limit. */
  waited(label: string, durationMs: number): void;
  /** Called after a request for an access token. */
  tokenFetched(outcome: 'ok' | 'failed'): void;
  /** Reports the number of calls that now wait for this rate limit. */
  queueLength(label: string, waiting: number): void;
  /**
   * Lets the metrics ask how many requests an allowance of the day still has.
   * @param pool - its name; a later function replaces the former of the same name.
   * @param remaining - `undefined` when the plan has no such allowance any more.
   */
  dayRemaining(pool: string, remaining: () => number | undefined): void;
  /** Reports how many users of a status the target had, whenever their list was read to its end. */
  listed(status: string, users: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  targetCall: () => undefined,
  waited: () => undefined,
  tokenFetched: () => undefined,
  queueLength: () => undefined,
  dayRemaining: () => undefined,
  listed: () => undefined,
};
