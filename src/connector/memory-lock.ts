import type { Lock } from './ports.js';

/** A lock within this process: work under one key runs in the order in which it came. */
export function createMemoryLock(): Lock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(key, work, signal) {
      const before = tails.get(key) ?? Promise.resolve();
      const turn = before.then(() => {
        signal.throwIfAborted();
        return work();
      });
      const tail = turn.catch(() => undefined);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return turn;
    },
  };
}
