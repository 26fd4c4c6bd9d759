/** The largest answer that we read, in bytes. No page of Zoom comes near it. */
export const maxOneAnswer = 16 * 1024 * 1024;

/** The part of one answer in an {@link AnswerBudget}. */
export interface AnswerShare {
  /**
   * Counts bytes that were read.
   * @param resume - called when more may be read, if that is not at once.
   * @returns true if more may be read at once.
   */
  take(bytes: number, resume: () => void): boolean;
  /** Must be called once, when the answer has been used or given up. Then nothing is resumed. */
  release(): void;
}

/** What one answer holds. */
interface Holding {
  bytes: number;
  /** True if the answer is the one that has the reserve. */
  hasReserve: boolean;
}

/** An answer that waits for room. */
interface Waiter {
  readonly bytes: number;
  readonly resume: () => void;
}

/**
 * Bounds the bytes that all answers under way hold together. An answer for which there is no room is not read on until
 * others have ended. An answer that waits holds what was read of it, so all could wait for each other. Therefore the
 * room for one whole answer is a reserve, which one answer at a time gets, and that one never waits.
 */
export class AnswerBudget {
  #free: number;
  #reserveTaken = false;
  /** In the order of their arrival. */
  readonly #waiting = new Map<Holding, Waiter>();

  /**
   * @param together - bytes of all answers together, not less than `each`.
   * @param each - bytes of one answer.
   */
  constructor(
    together: number,
    readonly each = maxOneAnswer,
  ) {
    this.#free = together - each;
  }

  open(): AnswerShare {
    const holding: Holding = { bytes: 0, hasReserve: false };
    return {
      take: (bytes, resume) => {
        if (holding.hasReserve || (this.#waiting.size === 0 && this.#grant(holding, bytes))) return true;
        this.#waiting.set(holding, { bytes, resume });
        return false;
      },
      release: () => this.#release(holding),
    };
  }

  #grant(holding: Holding, bytes: number): boolean {
    if (bytes <= this.#free) {
      this.#free -= bytes;
      holding.bytes += bytes;
      return true;
    }
    if (this.#reserveTaken) return false;
    this.#reserveTaken = true;
    holding.hasReserve = true;
    return true;
  }

  #release(holding: Holding): void {
    this.#waiting.delete(holding);
    this.#free += holding.bytes;
    if (holding.hasReserve) this.#reserveTaken = false;
    for (const [waiting, { bytes, resume }] of this.#waiting) {
      if (!this.#grant(waiting, bytes)) return;
      this.#waiting.delete(waiting);
      resume();
    }
  }
}
