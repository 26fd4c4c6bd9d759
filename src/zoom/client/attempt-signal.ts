/** The signal of one attempt: aborted when its operation is, or when its time is over. */
export interface AttemptSignal {
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
