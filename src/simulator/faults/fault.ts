/** Which calls a fault strikes; everything given must hold. */
export interface FaultMatch {
  readonly method?: string;
  /**
   * A route pattern (`/users/{userId}`, `/scim2/Users`, `/oauth/token`), a path relative to the API's base, or such
   * a path with `*` (within a segment) and `**` (anything).
   */
  readonly path?: string;
  /** Strikes only the n-th matching call, counted from 1, and those after it if `times` says so. */
  readonly nth?: number;
  /** Number of calls to strike; 1 when `nth` is given, else without end. */
  readonly times?: number;
  /** Chance of each matching call to be struck. */
  readonly probability?: number;
}

/** What happens to a call that is struck. */
export type FaultAction =
  /** Answers without processing. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Answers an HTML page, as Zoom's edge does when it is in trouble. */
  | { readonly kind: 'html'; readonly status: number }
  /** Waits, then goes on. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection without an answer: before the call is processed, or after. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** Processes the call, then sends only the first half of the answer; the connection ends properly. */
  | { readonly kind: 'truncate' }
  /** The token that the call presents expires or is revoked. */
  | { readonly kind: 'token'; readonly state: 'expired' | 'revoked' }
  | IgnoreFault
  | RateLimitFault;

/** Answers that a write was made, which it was not. */
export interface IgnoreFault {
  readonly kind: 'ignore';
  /** JSON pointers to the members of the body that are ignored, such as `/dept`; without them everything is. */
  readonly fields?: readonly string[];
}

/** Answers 429 in one of Zoom's forms. */
export interface RateLimitFault {
  readonly kind: 'rateLimit';
  readonly limit: 'second' | 'daily' | 'user' | 'concurrent';
  /** Form of the header `Retry-After`: ISO date, HTTP date, seconds; none by default. */
  readonly retryAfter?: 'iso' | 'http' | 'seconds' | 'none';
  /** Distance of the time in `Retry-After`; by default 1000, or until midnight UTC for `daily`. */
  readonly afterMs?: number;
  /** Whether the X-RateLimit headers are sent; by default as the option `rateLimitHeaders` says. */
  readonly headers?: boolean;
}

/** A fault as it is given: what it strikes, and how. */
export interface FaultRule {
  readonly match?: FaultMatch;
  readonly action: FaultAction;
}

/** A fault in force. */
export interface Fault extends FaultRule {
  readonly id: string;
  /** Calls that matched so far. */
  matched: number;
  /** Calls that were struck so far. */
  struck: number;
}
