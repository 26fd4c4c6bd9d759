import type { OperationContext } from '../../connector/context.js';
import type { Moment } from '../kit/clock.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { Failure } from './errors/answer.js';

/** The signal of one attempt: aborted when its operation is, or when its time is over. */
interface AttemptSignal {
  readonly signal: AbortSignal;
  timedOut(): boolean;
  /** Must be called when the attempt is over. */
  release(): void;
}

/**
 * Made by hand because `AbortSignal.any` keeps every signal alive that was ever derived from a long-lived one, and
 * an import makes thousands of attempts under one signal (https://github.com/nodejs/node/issues/54614).
 */
export function attemptSignal(operation: AbortSignal, timeoutMs: number): AttemptSignal {
  const controller = new AbortController();
  const state = { timedOut: false };
  const giveUp = (): void => controller.abort();
  const timer = setTimeout(() => {
    state.timedOut = true;
    giveUp();
  }, timeoutMs);
  if (operation.aborted) giveUp();
  else operation.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    timedOut: () => state.timedOut,
    release: () => {
      clearTimeout(timer);
      operation.removeEventListener('abort', giveUp);
    },
  };
}

/** One call while it is being made: what its attempts have come to so far. */
export class CallRun {
  /** Repetitions by cause. */
  readonly tries = { io: 0, token: 0, object: 0 };
  /** The attempt under way. */
  attempt: AttemptSignal | undefined;
  /** How long to wait before the next attempt, in milliseconds. */
  repeatAfterMs = 0;
  /** What the last attempt came to, if it failed. */
  failure: Failure | undefined;
  /** How the answer was lost to an attempt that may have taken effect; `undefined` while there is none. */
  lost: Failure | undefined;
  /** The bearer token of the last attempt. */
  token = '';
  /** When the last attempt was sent. */
  sentAt: Moment;
  /** Milliseconds spent waiting for rate limits. */
  waitedMs = 0;
  /** The answer, when a look-up found that a call whose answer was lost had happened. */
  settled: { readonly answer: unknown } | undefined;

  constructor(
    readonly call: ZoomCall,
    readonly context: OperationContext,
    /** When it began. */
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
