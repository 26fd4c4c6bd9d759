import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, jest } from '@jest/globals';
import type { Clock } from '../../src/zoom/kit/clock.js';

/**
 * Lets every test of a file run in virtual time: the timers, dates and spans of the process stand still until the
 * test moves them on. Sockets, files and turns of the event loop stay real.
 */
export function useVirtualTime(): void {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
}

/** Moves virtual time on; timers fire in their order, and what they start runs. */
export async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
}

/** Timers that virtual time has not reached yet: calls that a simulator delays, waits, time-outs. */
export function pendingTimers(): number {
  return jest.getTimerCount();
}

/** Waits until a number has stayed the same for many turns of the event loop. */
export async function untilSteady(count: () => number): Promise<void> {
  let seen = count();
  for (let turns = 0; turns < steadyTurns; turns += 1) {
    await nextTurn();
    if (count() === seen) continue;
    seen = count();
    turns = 0;
  }
}

const steadyTurns = 500;

/** Lets virtual time flow, a millisecond for each turn of the event loop, until the work has ended. */
export async function flowUntil<T>(work: PromiseLike<T>): Promise<T> {
  const state = { ended: false };
  const end = (): void => void (state.ended = true);
  work.then(end, end);
  while (!state.ended) {
    jest.advanceTimersByTime(1);
    await nextTurn();
  }
  return work;
}

/** Virtual time as the client sees it. */
export const virtualClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
