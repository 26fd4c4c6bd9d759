import type { Method, Repeat } from '../../connector/object-class/endpoint.js';
import type { Failure, LimitHit } from './errors/answer.js';

/** Everything the decision depends on. */
export interface RetryFacts {
  readonly failure: Failure;
  /** For a 429: which limit. */
  readonly hit?: LimitHit;
  readonly method: Method;
  readonly repeat: Repeat;
  /** Whether an earlier attempt may have taken effect although its answer was lost. */
  readonly lost: boolean;
  /** Repetitions so far, by cause. */
  readonly tries: { readonly io: number; readonly token: number; readonly object: number };
  readonly ioErrorRetries: number;
  /** Whether a refused token can be replaced. */
  readonly tokenRenewable: boolean;
  /** Milliseconds left for repeating this call. */
  readonly leftMs: number;
}

/** What to do about a failed attempt. */
export type RetryDecision =
  /** Tell the caller. */
  | 'fail'
  /** Forget the token and repeat with a fresh one. */
  | 'renewToken'
  /** The label is paused; the next attempt waits for it. */
  | 'awaitLabel'
  /** Repeat after a back-off: another request on the same object is under way. */
  | 'awaitObject'
  /** Repeat after a back-off. */
  | 'again'
  /** Find out whether it happened; repeat only if not, and if repetitions and time are not used up. */
  | 'look'
  /** The wanted state is there: an earlier attempt has brought it about. */
  | 'settled';

/** Zoom lets one request at a time work on a user; the other one is over after a few tries. */
const maxObjectTries = 5;

type Rule = (facts: RetryFacts) => RetryDecision | false;

const rules: readonly Rule[] = [
  // We gave up, or found the reason ourselves: nothing changes by repeating.
  ({ failure }) => (failure.type === 'cancelled' || failure.type === 'own') && 'fail',
  // A token Zoom has invalidated: one fresh one. Nothing was done, so any call may be repeated.
  ({ failure, tokenRenewable, tries }) =>
    isTokenRefusal(failure) && (tokenRenewable && tries.token === 0 ? 'renewToken' : 'fail'),
  // Too fast: nothing was done, so any call may be repeated once its label is free again.
  ({ hit }) => hit?.limit === 'label' && 'awaitLabel',
  // Another request works on the same object; nothing was done either.
  ({ hit, tries }) => hit?.limit === 'object' && (tries.object < maxObjectTries ? 'awaitObject' : 'fail'),
  // The allowance of a day is never slept on.
  ({ hit }) => hit !== undefined && 'fail',
  // What is to be deleted is gone after a lost answer: that answer was a success.
  ({ failure, method, lost }) => lost && method === 'DELETE' && saysGone(failure) && 'settled',
  // A refusal after a lost answer may be one because the lost attempt succeeded.
  ({ failure, repeat, lost }) => lost && repeat === 'lookFirst' && isRefusal(failure) && 'look',
  // Zoom understood and refused; it would again.
  ({ failure }) => isRefusal(failure) && 'fail',
  // It may have happened, which a read can tell; also after the last attempt, and when the time is over.
  ({ failure, repeat, tries, ioErrorRetries }) =>
    repeat === 'lookFirst' && isAmbiguous(failure) && tries.io <= ioErrorRetries && 'look',
  // The budgets of repetitions and of time.
  ({ tries, ioErrorRetries, leftMs }) => (tries.io >= ioErrorRetries || leftMs <= 0) && 'fail',
  // The request never reached Zoom: even a call that must not be made twice may be repeated.
  ({ failure }) => failure.type === 'io' && !failure.sent && 'again',
  // It may have happened, and happening twice does no harm.
  ({ repeat }) => repeat === 'safe' && 'again',
];

/** Decides about a failed attempt: the first rule that speaks counts. */
export function decideRetry(facts: RetryFacts): RetryDecision {
  for (const rule of rules) {
    const decision = rule(facts);
    if (decision !== false) return decision;
  }
  return 'fail';
}

/** Whether the failed attempt may have taken effect all the same. */
export function isAmbiguous(failure: Failure): boolean {
  if (failure.type === 'io') return failure.sent;
  // Whatever page comes with these: who is not known, or too fast, is not served.
  if (failure.type === 'broken') return ![401, 429].includes(failure.answer.status);
  return failure.type === 'refused' && isOutage(failure.fault.status);
}

/**
 * Whether Zoom refuses the token itself: 401, or code 124 under 400. A 124 that speaks of a phone site is a missing
 * permission instead, see https://developers.zoom.us/docs/api/phone/#tag/users/get/phone/users.
 */
function isTokenRefusal(failure: Failure): boolean {
  if (failure.type === 'broken') return failure.answer.status === 401;
  if (failure.type !== 'refused') return false;
  const { status, code, message } = failure.fault;
  if (code === 124) return !/\bsite\b/i.test(message);
  return status === 401 && code !== 4711 && code !== 4700 && code !== 104;
}

/**
 * Full-jitter exponential back-off: anything between nothing and a bound that doubles from half a second to 20.
 * See https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/.
 * @param tries - repetitions so far.
 * @param random - a number from 0 to 1.
 * @returns milliseconds.
 */
export function backoffMs(tries: number, random: number): number {
  return random * Math.min(20_000, 500 * 2 ** tries);
}

function isRefusal(failure: Failure): boolean {
  return failure.type === 'refused' && !isOutage(failure.fault.status);
}

function saysGone(failure: Failure): boolean {
  return failure.type === 'refused' && failure.fault.status === 404 && failure.answer.body.type === 'json';
}

function isOutage(status: number): boolean {
  return status === 408 || status >= 500;
}
