import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock, type Clock } from '../../src/zoom/client/clock.js';

/** A clock whose waits are over soon. */
export interface FastClock extends Clock {
  /** Moves on by so many milliseconds, as if that long nothing had happened. */
  skip(ms: number): void;
}

/**
 * A clock whose waits are over so many times sooner. Its time moves by waits alone, so that a busy machine does not
 * count as waiting; the time of day stays true, so that dates in headers hold. Who is to wake first does, even where a
 * busy machine lets several waits be over at once.
 */
export function fastClock(factor: number): FastClock {
  let time = 0;
  const sleepers = new Set<{ readonly end: number }>();
  return {
    now: () => systemClock.now(),
    monotonic: () => time,
    sleep: async (ms, signal) => {
      const sleeper = { end: time + ms };
      sleepers.add(sleeper);
      try {
        await systemClock.sleep(ms / factor, signal);
        while ([...sleepers].some(({ end }) => end < sleeper.end)) {
          await nextTurn();
          signal?.throwIfAborted();
        }
        time = Math.max(time, sleeper.end);
      } finally {
        sleepers.delete(sleeper);
      }
    },
    skip: (ms) => {
      time += ms;
    },
  };
}
