import type { Method, Repeat } from '../../connector/object-class/endpoint.js';
import { type Failure, lacksScope, type LimitHit } from './errors/answer.js';

/** The facts behind the decision. */
export interface RetryFacts {
  readonly failure: Failure;
  /** The limit of a 429. */
  readonly hit?: LimitHit;
  readonly method: Method;
  readonly repeat: Repeat;
  /** True when an earlier attempt may have taken effect although its answer was lost. */
  readonly lost: boolean;
  /** Repetitions so far, by cause. */
  readonly tries: {
    readonly io: number;
    readonly token: number;
    readonly scope: number;
    readonly object: number;
  };
  readonly ioErrorRetries: number;
  /** True when a refused token can be replaced. */
  readonly tokenRenewable: boolean;
  /** Milliseconds left for repeating this call. */
  readonly leftMs: number;
}

/** A decision about a failed attempt. */
export type RetryDecision =
  /** Return the error to the caller. */
  | 'fail'
  /** Forget the token and repeat with a fresh one. */
  | 'renewToken'
  /** Repeat with another token if one may be tried: it may have the scope that this one lacks. */
  | 'tryScopes'
  /** Repeat when the pause of the label is over. */
  | 'awaitLabel'
  /** Repeat after a back-off: another request on the same object is running. */
  | 'awaitObject'
  /** Repeat after a back-off. */
  | 'again'
  /** Find out whether the call has taken effect. Repeat if not, while repetitions and time are left. */
  | 'look'
  /** Succeed: an earlier attempt has already taken effect. */
  | 'settled';

/** Zoom runs one request at a time on a user; the other request has ended after a few tries. */
const maxObjectTries = 5;

type Rule = (facts: RetryFacts) => RetryDecision | false;

const rules: readonly Rule[] = [
  // The operation was aborted, or the error is our own: repeating changes nothing.
  ({ failure }) => (failure.type === 'cancelled' || failure.type === 'own') && 'fail',
  // The scope may have been granted since the token was issued. Nothing was done, so any call may be repeated.
  ({ failure, tokenRenewable, tries }) =>
    failure.type === 'refused' &&
    lacksScope(failure.fault) &&
    (tokenRenewable && tries.scope === 0 ? 'tryScopes' : 'fail'),
  // Zoom has invalidated the token: try one fresh token. Nothing was done, so any call may be repeated.
  ({ failure, tokenRenewable, tries }) =>
    isTokenRefusal(failure) && (tokenRenewable && tries.token === 0 ? 'renewToken' : 'fail'),
  // Too many requests: nothing was done, so any call may be repeated after the pause of its label.
  ({ hit }) => hit?.limit === 'label' && 'awaitLabel',
  // Another request is running on the same object; nothing was done either.
  ({ hit, tries }) => hit?.limit === 'object' && (tries.object < maxObjectTries ? 'awaitObject' : 'fail'),
  // The allowance of a day is used up: we never wait for the next one.
  ({ hit }) => hit !== undefined && 'fail',
  // The object of a deletion is gone after a lost answer: the lost attempt succeeded.
  ({ failure, method, lost }) => lost && method === 'DELETE' && saysGone(failure) && 'settled',
  // A refusal after a lost answer may result from the success of the lost attempt.
  ({ failure, repeat, lost }) => lost && repeat === 'lookFirst' && isRefusal(failure) && 'look',
  // Zoom understood and refused: it would refuse again.
  ({ failure }) => isRefusal(failure) && 'fail',
  // The call may have taken effect, and a read can show it; also after the last attempt, and when the time is over.
  ({ failure, repeat, tries, ioErrorRetries }) =>
    repeat === 'lookFirst' && isAmbiguous(failure) && tries.io <= ioErrorRetries && 'look',
  // The budgets of repetitions and of time.
  ({ tries, ioErrorRetries, leftMs }) => (tries.io >= ioErrorRetries || leftMs <= 0) && 'fail',
  // The request never reached Zoom: even a call that must not be made twice may be repeated.
  ({ failure }) => failure.type === 'io' && !failure.sent && 'again',
  // The call may have taken effect, and twice does no harm.
  ({ repeat }) => repeat === 'safe' && 'again',
];

/** Decides about a failed attempt: the first rule that applies counts. */
export function decideRetry(facts: RetryFacts): RetryDecision {
  for (const rule of rules) {
    const decision = rule(facts);
    if (decision !== false) return decision;
  }
  return 'fail';
}

/** True when the failed attempt may still have taken effect. */
export function isAmbiguous(failure: Failure): boolean {
  if (failure.type === 'io') return failure.sent;
  // Whatever the page says: Zoom does nothing for an unknown caller, or for one that is too fast.
  if (failure.type === 'broken') return ![401, 429].includes(failure.answer.status);
  return failure.type === 'refused' && isOutage(failure.fault.status);
}

/**
 * True when Zoom refuses the token: 401, or code 124 with 400. A 124 about a phone site is a missing permission, see
 * https://developers.zoom.us/docs/api/phone/#tag/users/get/phone/users.
 */
function isTokenRefusal(failure: Failure): boolean {
  if (failure.type === 'broken') return failure.answer.status === 401;
  if (failure.type !== 'refused') return false;
  const { status, code, message } = failure.fault;
  return code === 124 ? !/\bsite\b/i.test(message) : status === 401;
}

/**
 * Full-jitter exponential back-off: a random time up to a bound that doubles from half a second to 20 seconds.
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
