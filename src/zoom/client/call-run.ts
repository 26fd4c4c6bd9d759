import type { GenericAbortSignal } from 'axios';
import type { OperationContext } from '../../connector/context.js';
import type { Span } from '../../connector/tracing.js';
import type { Moment } from '../kit/clock.js';
import type { ZoomCall } from '../kit/endpoint-table.js';
import type { Failure } from './errors/answer.js';

/**
 * The signal of one attempt, for axios; it aborts with another signal, or when the time of the attempt is over.
 * `AbortSignal.any` keeps alive every signal derived from a long-lived one, and an import makes thousands of attempts
 * under one signal (https://github.com/nodejs/node/issues/54614). An `AbortController` costs more than all the rest of
 * this.
 */
export class AttemptSignal implements GenericAbortSignal {
  aborted = false;
  timedOut = false;
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly end: AbortSignal | undefined,
    timeoutMs: number,
  ) {
    this.#timer = setTimeout(() => {
      this.timedOut = !this.aborted;
      this.#abort();
    }, timeoutMs);
    if (end?.aborted === true) this.#abort();
    else end?.addEventListener('abort', this.#abort, { once: true });
  }

  addEventListener(_type: string, listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: string, listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Must be called when the attempt has ended. */
  release(): void {
    clearTimeout(this.#timer);
    this.end?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.aborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  };
}

/** When to repeat an attempt. */
export interface Repetition {
  readonly afterMs: number;
}

/** The state of one call over all its attempts. */
export class CallRun {
  /** Repetitions by cause. */
  readonly tries = { io: 0, token: 0, scope: 0, object: 0 };
  /** The running attempt. */
  attempt: AttemptSignal | undefined;
  /** The number of attempts that have begun. */
  attempts = 0;
  /** The span of the running attempt, if the operation is traced. */
  span: Span | undefined;
  /** The failure of the last attempt, if it failed. */
  failure: Failure | undefined;
  /** The attempt that follows a failed one, until it begins. */
  repetition: Repetition | undefined;
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
