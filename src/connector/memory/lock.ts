import type { Lock } from '../ports.js';
import { sharedWait } from '../context.js';

/** A lock within this process. Work under one key runs in the order of its requests. */
export function createMemoryLock(): Lock {
  const tails = new Map<string, Promise<void>>();
  return {
    async run(key, work, { signal }) {
      const before = tails.get(key) ?? Promise.resolve();
      let release: () => void = () => undefined;
      const done = new Promise<void>((resolve) => (release = resolve));
      // A waiter that gives up stays in the chain, so that later waiters still wait for earlier work.
      const tail = before.then(() => done);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      try {
        await sharedWait(before, signal);
        signal.throwIfAborted();
        return await work();
      } finally {
        release();
      }
    },
  };
}
