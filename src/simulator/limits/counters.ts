import { day } from '../core/clock.js';

/** Allows a number of calls within any window of a given length. */
export class SlidingWindow {
  /** Ring buffer with the times of the latest calls. */
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

  /** True when one more call is allowed: the oldest of the last `limit` calls has left the window. */
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

/** The next midnight UTC, when daily counters restart. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / day) + 1) * day;
}
