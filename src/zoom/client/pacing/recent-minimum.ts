interface Generation {
  minimum: number;
  count: number;
  readonly since: number;
}

const samplesNeeded = 300;
const generationSize = 1_000;
const generationMs = 60_000;

/** The smallest of the recent values, 0 as long as there are too few of them to tell. */
export class RecentMinimum {
  #older: Generation | undefined;
  #current: Generation | undefined;

  /** @param now - milliseconds. */
  add(value: number, now: number): void {
    const current = this.#generationAt(now);
    current.minimum = Math.min(current.minimum, value);
    current.count += 1;
  }

  get(now: number): number {
    const current = this.#generationAt(now);
    const known = [this.#older, current].filter((generation) => generation !== undefined);
    const count = known.reduce((sum, generation) => sum + generation.count, 0);
    return count < samplesNeeded ? 0 : Math.min(...known.map(({ minimum }) => minimum));
  }

  #generationAt(now: number): Generation {
    const current = this.#current;
    if (current !== undefined && current.count < generationSize && now - current.since < generationMs) {
      return current;
    }
    const fresh = current !== undefined && now - current.since < 2 * generationMs;
    this.#older = fresh ? current : undefined;
    this.#current = { minimum: Infinity, count: 0, since: now };
    return this.#current;
  }
}
