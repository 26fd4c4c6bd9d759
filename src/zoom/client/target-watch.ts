import type { TargetState } from '../../connector/connector.js';

/** Remembers the latest behaviour of the target, for readiness answers. */
export class TargetWatch {
  #reachable: TargetState['reachable'] = 'unknown';
  #lastAnswerAt: number | undefined;
  #lastError: string | undefined;
  #clockAheadMs: number | undefined;

  /** @param at - milliseconds since the epoch. */
  answered(at: number): void {
    this.#reachable = true;
    this.#lastAnswerAt = at;
    this.#lastError = undefined;
  }

  /** @param status - HTTP status of the unusable answer, 0 when there was none. */
  failed(message: string, status: number, at: number): void {
    this.#reachable = false;
    if (status > 0) this.#lastAnswerAt = at;
    this.#lastError = message;
  }

  /**
   * Compares the time in an answer, in whole seconds, with our time halfway between request and answer.
   * @param date - the `Date` header.
   */
  compareClocks(date: string | undefined, sentAt: number, answeredAt: number): void {
    const theirs = Date.parse(date ?? '');
    if (!Number.isNaN(theirs)) this.#clockAheadMs = (sentAt + answeredAt) / 2 - (theirs + 500);
  }

  /** Milliseconds by which our clock is ahead of the target's, within a second; `undefined` before its first answer. */
  get clockAheadMs(): number | undefined {
    return this.#clockAheadMs;
  }

  state(): TargetState {
    return {
      reachable: this.#reachable,
      ...(this.#lastAnswerAt === undefined
        ? {}
        : { lastAnswerAt: new Date(this.#lastAnswerAt).toISOString() }),
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }
}
