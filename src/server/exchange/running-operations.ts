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
