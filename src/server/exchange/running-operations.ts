import { ConnectorError } from '../../connid/errors.js';

/** The operations under way, so that a shutdown can wait for them and, in the end, stop them. */
export class RunningOperations {
  readonly #running = new Set<AbortController>();
  #stopping = false;

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
    const done = (): void => void this.#running.delete(abort);
    work.then(done, done);
    return work;
  }

  /** From now on the service says that it is stopping. */
  beginStopping(): void {
    this.#stopping = true;
  }

  /** Aborts what still runs; the operations themselves decide how to end well. */
  abortAll(): void {
    const reason = new ConnectorError('retryable', 'The service is shutting down.', {
      hint: 'Repeat the request; read the object first if it was a write.',
    });
    for (const abort of this.#running) abort.abort(reason);
  }
}
