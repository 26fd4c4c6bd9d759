export const dayMs = 86_400_000;

/** Milliseconds until 00:00 UTC, when Zoom's counters of the day start anew. */
export function untilMidnight(now: number): number {
  return dayMs - (now % dayMs);
}

/** Counts the requests of a UTC day, at whose end Zoom's counters start anew. All times in milliseconds. */
export class DayBudget {
  #day = 0;
  #used = 0;
  #closedUntil = 0;

  constructor(private requests: number) {}

  /** From now on the day has so many. What Zoom said about the day is asked anew: it may have been another plan's. */
  resize(requests: number): void {
    this.requests = requests;
    this.#closedUntil = 0;
  }

  /** @returns when the next request may leave: `now`, or the end of the pause. */
  openAt(now: number): number {
    this.#turn(now);
    if (now < this.#closedUntil) return this.#closedUntil;
    return this.#used < this.requests ? now : (this.#day + 1) * dayMs;
  }

  spend(now: number): void {
    this.#turn(now);
    this.#used += 1;
  }

  /** Zoom says the day's allowance is used up until then. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
  }

  #turn(now: number): void {
    const day = Math.floor(now / dayMs);
    if (day === this.#day) return;
    this.#day = day;
    this.#used = 0;
  }
}
