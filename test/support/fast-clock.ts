import { clearTimeout, setTimeout } from 'node:timers';
import { systemClock, type Clock } from '../../src/zoom/kit/clock.js';

/** A clock whose waits are over soon. */
export interface FastClock extends Clock {
  /** Moves on by so many milliseconds, as if that long nothing had happened. */
  skip(ms: number): void;
}

interface Sleeper {
  readonly end: number;
  readonly wake: () => void;
}

/**
 * A clock whose waits are over so many times sooner. Its time moves by waits alone, and sleepers wake one at a time in
 * the order of their ends, so that a busy machine neither counts as waiting nor lets a long wait overtake a short one;
 * the time of day stays true, so that dates in headers hold.
 */
export function fastClock(factor: number): FastClock {
  let time = 0;
  let timer: NodeJS.Timeout | undefined;
  const sleepers: Sleeper[] = [];

  const schedule = (): void => {
    clearTimeout(timer);
    const [first] = sleepers;
    timer = first && setTimeout(wakeFirst, (first.end - time) / factor);
  };
  const wakeFirst = (): void => {
    const first = sleepers.shift();
    time = Math.max(time, first?.end ?? 0);
    first?.wake();
    schedule();
  };
  const add = (sleeper: Sleeper): void => {
    const later = sleepers.findIndex(({ end }) => end > sleeper.end);
    sleepers.splice(later < 0 ? sleepers.length : later, 0, sleeper);
    if (sleepers[0] === sleeper) schedule();
  };
  const remove = (sleeper: Sleeper): void => {
    const index = sleepers.indexOf(sleeper);
    if (index >= 0) sleepers.splice(index, 1);
    if (index === 0) schedule();
  };

  return {
    now: () => systemClock.now(),
    monotonic: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { end: time + Math.max(0, ms), wake: resolve };
        const stop = (): void => {
          remove(sleeper);
          reject(signal?.reason as Error);
        };
        add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    skip: (ms) => {
      time += ms;
    },
  };
}
