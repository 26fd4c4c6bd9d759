import { systemClock, type Clock } from '../../src/zoom/client/clock.js';

/** A clock whose waits are over soon. */
export interface FastClock extends Clock {
  /** Moves on by so many milliseconds, as if that long nothing had happened. */
  skip(ms: number): void;
}

/**
 * A clock whose waits are over so many times sooner. Its time moves by waits alone, so that a busy machine does not
 * count as waiting; the time of day stays true, so that dates in headers hold.
 */
export function fastClock(factor: number): FastClock {
  let time = 0;
  return {
    now: () => systemClock.now(),
    monotonic: () => time,
    sleep: async (ms, signal) => {
      const end = time + ms;
      await systemClock.sleep(ms / factor, signal);
      time = Math.max(time, end);
    },
    skip: (ms) => {
      time += ms;
    },
  };
}
