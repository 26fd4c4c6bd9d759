import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Time as the client sees it, in milliseconds; tests pass their own. */
export interface Clock {
  /** Since the epoch. */
  now(): number;
  /** Resolves after `ms`, not sooner; rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** For measuring spans: never set back, finer than a millisecond. Without it `now` serves. */
  readonly monotonic?: () => number;
}

/** Both times of one moment, in milliseconds: by the calendar, and for spans. */
export interface Moment {
  readonly epoch: number;
  readonly monotonic: number;
}

/** This moment. */
export function momentOf(clock: Clock): Moment {
  const epoch = clock.now();
  return { epoch, monotonic: clock.monotonic?.() ?? epoch };
}

/** The time for ages and deadlines, in milliseconds: setting the computer's clock does not change it. */
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
 * Timers know whole milliseconds only and fire late by up to one; pacing at 80 requests a second notices. The last
 * part of a millisecond is therefore spent turn by turn of the event loop.
 */
async function preciseSleep(ms: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  if (ms >= 1) await sleep(Math.floor(ms), undefined, signal === undefined ? {} : { signal });
  while (performance.now() < end) await nextTurn();
  signal?.throwIfAborted();
}
