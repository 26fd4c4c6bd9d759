import { day } from '../core/clock.js';

/** Admits at most a number of calls in every window of a given span, wherever the window is placed. */
export class SlidingWindow {
  /** Times of the latest calls, in a ring. */
  readonly #times: Float64Array;
  readonly #spanMs: number;
  #next = 0;

  constructor(calls: number, spanMs: number) {
    this.#times = new Float64Array(calls).fill(-Infinity);
    this.#spanMs = spanMs;
  }

  get limit(): number {
    return this.#times.length;
  }

  /** Whether one more call may be made now; the oldest of the last `limit` calls must have left the window. */
  hasRoom(now: number): boolean {
    return (this.#times[this.#next] ?? -Infinity) <= now - this.#spanMs;
  }

  add(now: number): void {
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.limit;
  }

  remaining(now: number): number {
    let left = 0;
    for (const time of this.#times) if (time <= now - this.#spanMs) left += 1;
    return left;
  }
}

/** Counts calls between two midnights UTC. */
export class DailyCounter {
  #day = -1;
  #count = 0;

  count(now: number): number {
    return Math.floor(now / day) === this.#day ? this.#count : 0;
  }

  add(now: number): void {
    const count = this.count(now);
    this.#day = Math.floor(now / day);
    this.#count = count + 1;
  }
}

/** The next midnight UTC, when daily counters start anew. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / day) + 1) * day;
}
