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

/** What a member of a fault may be. */
interface Member {
  readonly required?: true;
  /** In words, for people. */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

type Members = Readonly<Record<string, Member>>;

const integer = (least: number, most: number, expected: string): Member => ({
  expected,
  accepts: (value) => Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
});

const oneOf = (...values: readonly string[]): Member => ({
  expected: values.join(' or '),
  accepts: (value) => values.some((known) => known === value),
});

const pointer = (value: unknown): boolean => typeof value === 'string' && value.startsWith('/');

const required = (member: Member): Member => ({ ...member, required: true });

const count = integer(1, Number.MAX_SAFE_INTEGER, 'a whole number from 1');

const number = (most: number, expected: string): Member => ({
  expected,
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= most,
});

const milliseconds = number(2 ** 31 - 1, 'a number of milliseconds');

const status = required(integer(200, 599, 'a status from 200 to 599'));

const anything: Member = { expected: 'anything', accepts: () => true };

const flag: Member = { expected: 'true or false', accepts: (value) => typeof value === 'boolean' };

const headers: Member = {
  expected: 'an object of header names and texts',
  accepts: (value) => isObject(value) && Object.entries(value).every(isHeader),
};

const fields: Member = {
  expected: 'a list of JSON pointers',
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(pointer),
};

const matchMembers: Readonly<Record<keyof FaultMatch, Member>> = {
  method: oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
  path: { expected: 'a path that begins with /', accepts: pointer },
  nth: count,
  times: count,
  probability: number(1, 'a number from 0 to 1'),
};

const actionMembers: Readonly<Record<FaultAction['kind'], Members>> = {
  status: { status, body: anything, headers },
  html: { status },
  delay: { ms: required(milliseconds) },
  drop: { when: required(oneOf('before', 'after')) },
  truncate: {},
  token: { state: required(oneOf('expired', 'revoked')) },
  ignore: { fields },
  rateLimit: {
    limit: required(oneOf('second', 'daily', 'user', 'concurrent')),
    retryAfter: oneOf('iso', 'http', 'seconds', 'none'),
    afterMs: milliseconds,
    headers: flag,
  },
};

/** Sentences on what is wrong with a value as a fault. */
export function faultProblems(value: unknown): readonly string[] {
  if (!isObject(value)) return ['A fault is an object.'];
  const { action, match = {} } = value;
  const kind = isObject(action) ? action['kind'] : undefined;
  const kinds = Object.keys(actionMembers);
  const known = kinds.find((name): name is FaultAction['kind'] => name === kind);
  const ofAction = known === undefined ? {} : { kind: anything, ...actionMembers[known] };
  return [
    ...memberProblems('', value, { action: anything, match: anything }),
    ...(isObject(match) ? memberProblems('match.', match, matchMembers) : ['match must be an object.']),
    ...(known === undefined ? [`action.kind must be ${kinds.join(', ')}.`] : []),
    ...(known !== undefined && isObject(action) ? memberProblems('action.', action, ofAction) : []),
  ];
}

function memberProblems(prefix: string, value: Record<string, unknown>, members: Members): readonly string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(members, name));
  const invalid = Object.entries(members).filter(([name, member]) =>
    value[name] === undefined ? member.required === true : !member.accepts(value[name]),
  );
  return [
    ...unknown.map((name) => `${prefix}${name} is not known.`),
    ...invalid.map(([name, { expected }]) => `${prefix}${name} must be ${expected}.`),
  ];
}

function isHeader([name, text]: readonly [string, unknown]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === 'string' && /^[\t\x20-\x7e]*$/.test(text);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
