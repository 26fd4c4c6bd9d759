import type { CallRun } from './call-run.js';

/** Decides when attempts may leave, and learns from what comes back. */
export interface Pacer {
  /**
   * Waits until the attempt may be sent.
   * @returns what to call when the attempt is over.
   * @throws ConnectorError of kind `retryable` with `retryAfter` when the wait would be too long.
   */
  depart(run: CallRun): Promise<() => void>;
}

/** Bounds the number of requests under way; paces nothing. */
export function createConcurrencyPacer(maxConcurrency: number): Pacer {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  const release = (): void => {
    underWay -= 1;
    waiting.shift()?.();
  };
  return {
    depart: async () => {
      if (underWay >= maxConcurrency) await new Promise<void>((resolve) => waiting.push(resolve));
      underWay += 1;
      return release;
    },
  };
}
