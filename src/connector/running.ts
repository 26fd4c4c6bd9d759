/** Counts what is under way, so that closing can wait for it. */
export class Running {
  #count = 0;
  #idle: (() => void)[] = [];

  /** Runs work and counts it until it is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#done();
    }
  }

  /** Counts a generator from its first to its last step, however it ends. */
  async *stream<T, R>(generator: AsyncGenerator<T, R, void>): AsyncGenerator<T, R, void> {
    this.#count += 1;
    try {
      return yield* generator;
    } finally {
      this.#done();
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #done(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}
