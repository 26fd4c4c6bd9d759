import type { Clock } from '../../src/zoom/kit/clock.js';

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told otherwise. */
export interface FakeClock extends Clock {
  /** Moves on by so many milliseconds; sleepers wake at their times, in order, and what they start runs. */
  advance(ms: number): Promise<void>;
  /** Moves on until the work is done, from sleeper to sleeper; fails when nobody sleeps and it still is not. */
  until<T>(work: Promise<T>): Promise<T>;
}

/** @param start - milliseconds since the epoch. */
export function fakeClock(start = Date.parse('2026-08-03T12:00:00Z')): FakeClock {
  let now = start;
  const sleepers: Sleeper[] = [];

  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  const wakeNext = async (limit: number): Promise<boolean> => {
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers[0];
    if (next === undefined || next.at > limit) return false;
    now = Math.max(now, next.at);
    sleepers.shift();
    next.wake();
    await settle();
    return true;
  };

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { at: now + Math.max(0, ms), wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          reject(signal.reason as Error);
        });
      }),
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      while (await wakeNext(end));
      now = end;
      await settle();
    },
    until: async (work) => {
      const state = { done: false };
      const mark = (): void => {
        state.done = true;
      };
      work.then(mark, mark);
      await settle();
      while (!state.done) {
        if (!(await wakeNext(Infinity))) throw new Error('Nobody sleeps, and the work is not done.');
      }
      return work;
    },
  };
}
