/** The calls that a fault changes. A call must meet every given condition. */
export interface FaultMatch {
  readonly method?: string;
  /**
   * A route pattern (`/users/{userId}`, `/scim2/Users`, `/oauth/token`) or a path relative to the API's base. In a
   * path `*` stands for anything within a segment and `**` for anything.
   */
  readonly path?: string;
  /** The first matching call that the fault changes, counted from 1. With `times` it also changes later ones. */
  readonly nth?: number;
  /** Number of calls to change. The default is 1 when `nth` is given, else unlimited. */
  readonly times?: number;
  /** Probability for each matching call. */
  readonly probability?: number;
}

/** The effect of a fault on a call. */
export type FaultAction =
  /** Answers without processing. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Answers with an HTML page, as Zoom's edge servers do in an outage. */
  | { readonly kind: 'html'; readonly status: number }
  /** Waits before processing. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection without an answer: before the call is processed, or after. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** Processes the call, then sends only the first half of the answer. The connection ends normally. */
  | { readonly kind: 'truncate' }
  /** Makes the token of the call expire, or revokes it. */
  | { readonly kind: 'token'; readonly state: 'expired' | 'revoked' }
  | IgnoreFault
  | RateLimitFault;

/** Confirms a write without making it. */
export interface IgnoreFault {
  readonly kind: 'ignore';
  /** JSON pointers to the ignored members of the body, such as `/dept`. Without them the whole write is ignored. */
  readonly fields?: readonly string[];
}

/** Answers 429 in one of Zoom's forms. */
export interface RateLimitFault {
  readonly kind: 'rateLimit';
  readonly limit: 'second' | 'daily' | 'user' | 'concurrent';
  /** Form of the header `Retry-After`: ISO date, HTTP date, seconds; none by default. */
  readonly retryAfter?: 'iso' | 'http' | 'seconds' | 'none';
  /** Milliseconds until the time in `Retry-After`. The default is 1000; for `daily`, until midnight UTC. */
  readonly afterMs?: number;
  /** Sends the X-RateLimit headers. The default is the option `rateLimitHeaders`. */
  readonly headers?: boolean;
}

/** A fault as a caller describes it. */
export interface FaultRule {
  readonly match?: FaultMatch;
  readonly action: FaultAction;
}

/** A fault in force. */
export interface Fault extends FaultRule {
  readonly id: string;
  /** Number of calls that matched. */
  matched: number;
  /** Number of calls that the fault changed. */
  struck: number;
}

/** The values that a member of a fault accepts. */
interface Member {
  readonly required?: true;
  /** In words, for messages. */
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

/** One sentence for each mistake in the description of a fault. */
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
