import { ConnectorError } from '../../connid/errors.js';

/** The operations under way, so that a shutdown can wait for them and, in the end, stop them. */
export class RunningOperations {
  readonly #running = new Set<AbortController>();
  readonly #waiting: (() => void)[] = [];
  #stopping = false;
  #aborted = false;

  /** True once a shutdown has begun. */
  get stopping(): boolean {
    return this.#stopping;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Counts an operation until its work has ended, which may be after its answer. */
  track<T>(abort: AbortController, work: Promise<T>): Promise<T> {
    this.#running.add(abort);
    if (this.#aborted) abort.abort(shuttingDown());
    const done = (): void => this.#ended(abort);
    work.then(done, done);
    return work;
  }

  /** Resolves when no operation is under way. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** From now on the service says that it is stopping. */
  beginStopping(): void {
    this.#stopping = true;
  }

  /** Aborts what still runs; the operations themselves decide how to end well. */
  abortAll(): void {
    this.#aborted = true;
    for (const abort of this.#running) abort.abort(shuttingDown());
  }

  #ended(abort: AbortController): void {
    this.#running.delete(abort);
    if (this.#running.size > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function shuttingDown(): ConnectorError {
  return new ConnectorError('retryable', 'The service is shutting down.', {
    hint: 'Repeat the request; read the object first if it was a write.',
  });
}

/** Aborts an operation at its deadline. */
export function startDeadline(abort: AbortController, limitMs: number): NodeJS.Timeout {
  return setTimeout(() => {
    abort.abort(
      new ConnectorError('timeout', `The operation did not finish within ${limitMs} ms.`, {
        hint: 'If it was a write, it may have taken effect: read the object. The limit is rest.operationTimeoutMs.',
      }),
    );
  }, limitMs);
}

/**
 * The outcome of some work, which after an abort has `graceMs` left to end in its own way: only it knows what was
 * written and what was not. Then the reason of the abort is the outcome.
 */
export function settled<T>(work: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      timer = setTimeout(() => reject(failureOf(signal.reason, signal)), graceMs);
    };
    const release = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, (error: unknown) => reject(failureOf(error, signal))).finally(release);
  });
}

/** After an abort, errors that only say "aborted" stand for the reason of the abort. */
function failureOf(thrown: unknown, signal: AbortSignal): Error {
  if (thrown instanceof ConnectorError) return thrown;
  if (signal.reason instanceof ConnectorError) return signal.reason;
  return thrown instanceof Error
    ? thrown
    : new Error('Something that is no error was thrown.', { cause: thrown });
}
