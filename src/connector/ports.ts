import type { Check } from '../connid/errors.js';
import type { OperationContext } from './context.js';

/** Waits; rejects when the signal aborts. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Runs work that must not overlap with other work under the same key. */
export interface Lock {
  /**
   * @param key - what is protected, e.g. `Person/KDcuGIm1QgePTO8WbOqwIQ`.
   * @param signal - gives up waiting (not the work itself) when aborted.
   */
  run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Parts of the Test operation, in order: those before the object classes are tried, and those after. */
export interface TargetChecks {
  readonly before: readonly TargetCheck[];
  readonly after: readonly TargetCheck[];
}

/** One part of the Test operation. */
export interface TargetCheck {
  readonly name: string;
  /** Whether the checks after it make no sense when it fails. */
  readonly decisive: boolean;
  /**
   * @returns what was found; a finding that is no failure but wants attention carries a hint.
   * @throws ConnectorError when the check fails.
   */
  run(context: OperationContext): Promise<readonly Check[]>;
}
/** What is kept of a paged walk between two of its pages. */
export interface ListingContext {
  /** The walk. */
  readonly id: string;
  /** The search it walks and whose walk it is. */
  readonly query: string;
  /** How many matches come before the first one that it can still give. */
  readonly first: number;
  /** How many come before the first one that it has not read. */
  readonly end: number;
  /** About how many bytes it takes. */
  readonly bytes: number;
  /** Plain data that can be copied and stored. */
  readonly data: unknown;
}

/**
 * Keeps listing contexts for as long as the target's page tokens live. A search is right without its context, only dearer, so
 * one may be forgotten at any time. Each is given out once: whoever takes it puts the next one back.
 */
export interface ListingContexts {
  put(context: ListingContext): Promise<void>;
  /** The context of a walk. */
  take(id: string): Promise<ListingContext | undefined>;
  /** Of the contexts of a search, the one from which this position is reached soonest. */
  takeNearest(query: string, position: number): Promise<ListingContext | undefined>;
}
/** One request to the target, retries counted one by one. */
interface TargetCall {
  /** Id or path pattern of the endpoint; never a path with values in it. */
  readonly endpoint: string;
  /** Rate limit label of the endpoint. */
  readonly label: string;
  /** HTTP status, or `error` when there was no answer. */
  readonly status: number | 'error';
  readonly durationMs: number;
}

/** What the connector counts; a port, so that nobody here depends on how metrics are published. */
export interface Metrics {
  targetCall(call: TargetCall): void;
  /** A call waited for its rate limit. */
  waited(label: string, durationMs: number): void;
  /** An access token was asked for. */
  tokenFetched(outcome: 'ok' | 'failed'): void;
  /** So many calls wait for this rate limit now. */
  queueLength(label: string, waiting: number): void;
}

/** Counts nothing. */
export const noMetrics: Metrics = {
  targetCall: () => undefined,
  waited: () => undefined,
  tokenFetched: () => undefined,
  queueLength: () => undefined,
};
