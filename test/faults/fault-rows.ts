import type { FaultAction } from '../../src/simulator/faults/fault.js';

/** What an operation comes to when a call of it meets a fault. */
export type Outcome = 'done' | ExpectedProblem;

/** The answer of a failed operation. */
export interface ExpectedProblem {
  readonly exception: string;
  readonly status: number;
  /** Whether the answer says that nobody knows whether the change took effect. */
  readonly unknown?: true;
  /** Bounds of `retryAfter` in seconds. */
  readonly retryAfter?: readonly [number, number];
}

/** Calls by how they may be repeated, see the endpoint tables; reads apart, because they change nothing. */
export type CallKind = 'read' | 'safe' | 'lookFirst' | 'never';

/** A fault and what comes of it: when it strikes one call, and when it strikes each repetition, too. */
interface FaultRow {
  readonly name: string;
  readonly action: FaultAction;
  readonly once: (call: CallTraits) => Outcome;
  readonly always: (call: CallTraits) => Outcome;
}

/** What matters of a call for what a fault does to it. */
export interface CallTraits {
  readonly kind: CallKind;
  readonly answersBody: boolean;
  /** Whether Zoom allows only so many of these calls for one user a day. */
  readonly perUser: boolean;
  /** Whether the operation begins with a new token. */
  readonly freshToken: boolean;
}

const badAnswer: ExpectedProblem = { exception: 'ConnectorIOException', status: 502 };
const broken: ExpectedProblem = { exception: 'ConnectionBrokenException', status: 502 };
const refusedToken: ExpectedProblem = { exception: 'ConnectionFailedException', status: 502 };
const lacksScope: ExpectedProblem = { exception: 'PermissionDeniedException', status: 403 };
const tooMany: ExpectedProblem = { exception: 'RetryableException', status: 503, retryAfter: [1, 60] };
const fullDay: ExpectedProblem = { exception: 'RetryableException', status: 503, retryAfter: [1, 86_400] };

/** No later attempt of the same request helps before the next day of the user. */
const userAllowance = { exception: 'PreconditionFailedException', status: 412 };

const done = (): Outcome => 'done';

/** After a lost answer nobody knows what became of a change. */
function lost(problem: ExpectedProblem): (call: CallTraits) => Outcome {
  return ({ kind }) => (kind === 'read' ? problem : { ...problem, unknown: true });
}

/** One lost answer is made good, except where the call must not be repeated. */
function lostOnce(problem: ExpectedProblem): (call: CallTraits) => Outcome {
  return (call) => (call.kind === 'never' ? lost(problem)(call) : 'done');
}

/** Zoom did it, so a look finds it done. */
function lostAlways(problem: ExpectedProblem): (call: CallTraits) => Outcome {
  return (call) => (call.kind === 'lookFirst' ? 'done' : lost(problem)(call));
}

/** An outage: nothing was done, but who knows. */
function outage(name: string, action: FaultAction, problem: ExpectedProblem): FaultRow {
  return { name, action, once: lostOnce(problem), always: lost(problem) };
}

/** What Zoom refuses for a token. Another token is tried once, unless the operation has just got one. */
function lackingScope(name: string, action: FaultAction, problem: ExpectedProblem): FaultRow {
  const once = ({ freshToken }: CallTraits): Outcome => (freshToken ? problem : 'done');
  return { name, action, once, always: () => problem };
}

/** What passes without a trace if it strikes once. */
function passing(name: string, action: FaultAction, always: ExpectedProblem): FaultRow {
  return { name, action, once: done, always: () => always };
}

function daily(name: string, retryAfter: 'iso' | 'http' | 'seconds' | 'none', headers: boolean): FaultRow {
  const within: ExpectedProblem =
    retryAfter === 'none' ? fullDay : { ...fullDay, retryAfter: [3_500, 3_600] };
  const action = { kind: 'rateLimit', limit: 'daily', retryAfter, headers, afterMs: 3_600_000 } as const;
  const used = ({ perUser }: CallTraits) => (perUser ? { ...within, ...userAllowance } : within);
  return { name, action, once: used, always: used };
}

/** The answer of an empty body cannot be cut short. */
function truncated(strikes: (call: CallTraits) => Outcome): FaultRow['once'] {
  return (call) => (call.answersBody ? strikes(call) : 'done');
}

const scopes = {
  kind: 'status',
  status: 400,
  body: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:write:user:admin].' },
} as const;

/** The faults of Zoom and of the network, each with its defined outcome. */
export const faultRows: readonly FaultRow[] = [
  outage('503 with JSON', { kind: 'status', status: 503, body: { message: 'Busy.' } }, badAnswer),
  outage('500 without a body', { kind: 'status', status: 500 }, badAnswer),
  outage('502 with HTML', { kind: 'html', status: 502 }, badAnswer),
  outage('a connection dropped before processing', { kind: 'drop', when: 'before' }, broken),
  {
    name: 'a connection dropped after processing',
    action: { kind: 'drop', when: 'after' },
    once: lostOnce(broken),
    always: lostAlways(broken),
  },
  {
    name: 'JSON cut short',
    action: { kind: 'truncate' },
    once: truncated(lostOnce(badAnswer)),
    always: truncated(lostAlways(badAnswer)),
  },
  passing('429 of a second', { kind: 'rateLimit', limit: 'second', headers: true }, tooMany),
  passing('429 of a second without headers', { kind: 'rateLimit', limit: 'second', headers: false }, tooMany),
  daily('429 of a day, ISO date', 'iso', true),
  daily('429 of a day, HTTP date', 'http', true),
  daily('429 of a day, seconds', 'seconds', true),
  daily('429 of a day, a sentence only', 'none', false),
  passing('an expired token', { kind: 'token', state: 'expired' }, refusedToken),
  passing('a revoked token', { kind: 'token', state: 'revoked' }, refusedToken),
  lackingScope('a missing scope', scopes, lacksScope),
];
