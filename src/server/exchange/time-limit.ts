import { ConnectorError } from '../../connid/errors.js';

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
