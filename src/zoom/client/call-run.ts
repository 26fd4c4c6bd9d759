import type { OperationContext } from '../../connector/context.js';
import type { Moment } from '../kit/clock.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { Failure } from './errors/answer.js';

/** The signal of one attempt; it aborts with another signal, or when the time of the attempt is over. */
interface AttemptSignal {
  readonly signal: AbortSignal;
  timedOut(): boolean;
  /** Must be called when the attempt has ended. */
  release(): void;
}

/**
 * Built by hand: `AbortSignal.any` keeps alive every signal derived from a long-lived one, and an import makes
 * thousands of attempts under one signal (https://github.com/nodejs/node/issues/54614).
 */
export function attemptSignal(end: AbortSignal | undefined, timeoutMs: number): AttemptSignal {
  const controller = new AbortController();
  const state = { timedOut: false };
  const giveUp = (): void => controller.abort();
  const timer = setTimeout(() => {
    state.timedOut = !controller.signal.aborted;
    giveUp();
  }, timeoutMs);
  if (end?.aborted === true) giveUp();
  else end?.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    timedOut: () => state.timedOut,
    release: () => {
      clearTimeout(timer);
      end?.removeEventListener('abort', giveUp);
    },
  };
}

/** The state of one call over all its attempts. */
export class CallRun {
  /** Repetitions by cause. */
  readonly tries = { io: 0, token: 0, scope: 0, object: 0 };
  /** The running attempt. */
  attempt: AttemptSignal | undefined;
  /** The failure of the last attempt, if it failed. */
  failure: Failure | undefined;
  /** The failure of an attempt that may have taken effect without our having its answer. */
  lost: Failure | undefined;
  /** The bearer token of the last attempt. */
  token = '';
  /** The time at which the last attempt was sent. */
  sentAt: Moment;
  /** Milliseconds spent waiting for rate limits. */
  waitedMs = 0;
  /** The answer of a call that has taken effect although its own answer was lost. */
  settled: { readonly answer: unknown } | undefined;

  constructor(
    readonly call: ZoomCall,
    readonly context: OperationContext,
    /** The time of its beginning. */
    readonly startedAt: Moment,
  ) {
    this.sentAt = startedAt;
  }
}

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The call that this request is an attempt of. A class instance, because axios copies plain objects. */
    callRun?: CallRun;
  }
}
