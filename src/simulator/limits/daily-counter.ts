import { day } from '../core/clock.js';
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
