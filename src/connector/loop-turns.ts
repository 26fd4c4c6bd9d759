/** Milliseconds of work in one turn of the event loop, after which searches let it serve others. */
const sliceMs = 5;

/**
 * Shares the event loop between searches and everything else. A search whose rows are all there could work for seconds
 * without a wait, and no request would be accepted in that time. So all searches together work for a slice in each turn
 * of the loop; then they wait in a line, and each turn resumes the first of them.
 */
export class LoopTurns {
  /** The time at which the work of this turn began; `undefined` before it. */
  #since: number | undefined;
  readonly #waiting: (() => void)[] = [];

  /**
   * @param now - returns milliseconds, finer than one.
   * @param nextTurn - calls back once the event loop has served others.
   */
  constructor(
    private readonly now: () => number,
    private readonly nextTurn: (resume: () => void) => unknown = setImmediate,
  ) {}

  /**
   * Called before each small piece of work.
   * @returns `undefined` when the work may go on at once, otherwise the end of the wait.
   */
  due(): Promise<void> | undefined {
    if (this.#since === undefined) {
      this.#begin();
      return undefined;
    }
    if (this.now() - this.#since < sliceMs) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(): void {
    this.#since = this.now();
    this.nextTurn(() => {
      this.#since = undefined;
      const resume = this.#waiting.shift();
      if (resume === undefined) return;
      this.#begin();
      resume();
    });
  }
}
