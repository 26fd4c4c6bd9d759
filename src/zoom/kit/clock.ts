import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** A source of time in milliseconds; tests pass their own. */
export interface Clock {
  /** Since the epoch. */
  now(): number;
  /** Resolves after `ms` and never earlier; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** For spans: never set back, and finer than a millisecond. `now` by default. */
  readonly monotonic?: () => number;
}

/** One moment as two times in milliseconds: by the calendar, and for spans. */
export interface Moment {
  readonly epoch: number;
  readonly monotonic: number;
}

/** This moment. */
export function momentOf(clock: Clock): Moment {
  const epoch = clock.now();
  return { epoch, monotonic: clock.monotonic?.() ?? epoch };
}

/** The time for ages and deadlines, in milliseconds. Setting the computer's clock does not change it. */
export function spanTime(clock: Clock): () => number {
  return () => momentOf(clock).monotonic;
}

/** The computer's clock. */
export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  sleep: preciseSleep,
};

/**
 * Timers know whole milliseconds only and are late by up to one, which matters for pacing at 80 requests a second. So
 * the last part of a millisecond passes in turns of the event loop.
 */
async function preciseSleep(ms: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  if (ms >= 1) await sleep(Math.floor(ms), undefined, signal === undefined ? {} : { signal });
  while (performance.now() < end) await nextTurn();
  signal?.throwIfAborted();
}
