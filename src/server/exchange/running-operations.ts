import { setMaxListeners } from 'node:events';
import { ConnectorError } from '../../connid/errors.js';

/** An operation that can be ended: it then sends nothing more. */
interface Abortable {
  readonly abort: AbortController;
}

/** The running operations. A shutdown waits for them, then aborts them, and finally cuts them off. */
export class RunningOperations {
  readonly #running = new Set<Abortable>();
  readonly #waiting: (() => void)[] = [];
  readonly #cut = new AbortController();
  #stopping = false;
  #aborted = false;

  constructor() {
    // Each write that runs listens; above ten Node warns of a leak.
    setMaxListeners(0, this.#cut.signal);
  }

  /** Aborted when operations end without waiting even for a write that was sent. */
  get cut(): AbortSignal {
    return this.#cut.signal;
  }

  /** True once a shutdown has begun. */
  get stopping(): boolean {
    return this.#stopping;
  }

  get count(): number {
    return this.#running.size;
  }

  /** Registers an operation until its work ends, which may be after its answer. */
  track<T>(operation: Abortable, work: Promise<T>): Promise<T> {
    this.#running.add(operation);
    if (this.#aborted) operation.abort.abort(shuttingDown());
    const done = (): void => this.#ended(operation);
    work.then(done, done);
    return work;
  }

  /** Resolves when no operation is running. */
  idle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Marks the service as stopping. It then refuses new requests, and answers close their connections. */
  beginStopping(): void {
    this.#stopping = true;
  }

  /** Aborts all running operations, and those that are registered later. Each decides how to end. */
  abortAll(): void {
    this.#aborted = true;
    for (const { abort } of this.#running) abort.abort(shuttingDown());
  }

  /** Ends writes that still wait for an answer of the target. Their outcome stays unknown. */
  cutAll(): void {
    this.#cut.abort(shuttingDown());
  }

  #ended(operation: Abortable): void {
    this.#running.delete(operation);
    if (this.#running.size > 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function shuttingDown(): ConnectorError {
  return new ConnectorError('retryable', 'The service is shutting down.', {
    hint: 'Repeat the request; read the object first if it was a write.',
  });
}

/** The error of a request that arrives after the beginning of a shutdown. Another instance may accept it at once. */
export function notBegun(): ConnectorError {
  return new ConnectorError('retryable', 'The service is shutting down.', {
    hint: 'Nothing was done. Repeat the request.',
    retryAfter: 5,
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
 * Waits for work that changes something, however it ends: only the work knows what was written. After an abort it ends
 * with the answer to the write that was sent last.
 */
export async function finished<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    throw failureOf(thrown, signal);
  }
}

/** Waits for work that only reads. After an abort it waits `graceMs` longer, then rejects with the abort's reason. */
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

/** The error of the work. After an abort, its reason replaces errors that only say "aborted". */
function failureOf(thrown: unknown, signal: AbortSignal): Error {
  if (thrown instanceof ConnectorError) return thrown;
  if (signal.reason instanceof ConnectorError) return signal.reason;
  return thrown instanceof Error
    ? thrown
    : new Error('A value that is not an Error was thrown.', { cause: thrown });
}
