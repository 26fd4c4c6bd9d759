import type { LoopTurns } from './loop-turns.js';
import type { Span } from './tracing.js';

/** The cost of one operation, counted while it runs. */
export interface Trace {
  /** Requests sent to the target, retries included. */
  calls: number;
  /** Milliseconds spent waiting for rate limits. */
  waitedMs: number;
  /** Rows read from the target's listings, whether or not they were returned. */
  scanned: number;
  /** The way in which a search was answered. */
  search?: SearchTrace;
}

/** Attributes of a search's filter, by where it was evaluated. Names only, no values. */
interface SearchTrace {
  readonly by: 'lookups' | 'listing';
  /** Attributes the target filtered on. */
  readonly pushedDown: readonly string[];
  /** Attributes the connector filtered on, over the scanned rows. */
  readonly residual: readonly string[];
}

/** A trace at the start of an operation. */
export function newTrace(): Trace {
  return { calls: 0, waitedMs: 0, scanned: 0 };
}

/** Data that belongs to one operation of a caller. */
export interface OperationContext {
  readonly requestId: string;
  /** Name of the authenticated caller, if callers authenticate. */
  readonly caller?: string;
  /** Aborted when the caller goes away, the deadline passes or the service stops. Nothing more is sent then. */
  readonly signal: AbortSignal;
  /** Aborted when even a write that was sent can be waited for no longer, because the process ends. */
  readonly cut?: AbortSignal;
  readonly trace: Trace;
  /** The span of the operation. Absent if the request belongs to no trace and nothing records spans. */
  readonly span?: Span;
  /** True for reads of a listing, which may be thousands: they wait while other operations want to read or write. */
  readonly bulk?: boolean;
  /**
   * Called before each attempt of a write.
   * @throws ConnectorError when the operation must not write any more.
   */
  readonly confirm?: () => Promise<void>;
  /** For work on many rows, which must not keep the event loop from serving others. */
  readonly turns?: LoopTurns;
}

/**
 * Waits for work that others wait for, too. An aborted signal ends only this waiting, not the work.
 * @throws the reason of the signal, if it aborts before the work ends.
 */
export async function sharedWait<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
