/** What one operation costs, counted while it runs. */
export interface Trace {
  /** Requests sent to the target, retries included. */
  calls: number;
  /** Milliseconds spent waiting for rate limits. */
  waitedMs: number;
  /** Rows read from the target's listings, whether or not they were returned. */
  scanned: number;
  /** How a search was answered. */
  search?: SearchTrace;
}

/** Which part of a search's filter ran where; attribute names, no values. */
interface SearchTrace {
  readonly by: 'lookups' | 'listing';
  /** Attributes the target filtered on. */
  readonly pushedDown: readonly string[];
  /** Attributes that were filtered on here, over the rows scanned. */
  readonly residual: readonly string[];
}

/** A trace at the start of an operation. */
export function newTrace(): Trace {
  return { calls: 0, waitedMs: 0, scanned: 0 };
}

/** What travels with one operation of a caller. */
export interface OperationContext {
  readonly requestId: string;
  /** Name of the authenticated caller, if callers authenticate. */
  readonly caller?: string;
  /** Aborted when the caller goes away or the deadline passes. */
  readonly signal: AbortSignal;
  readonly trace: Trace;
}
