import type { TargetState } from '../../connector/connector.js';

/** Remembers how the target last behaved, for readiness answers. */
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
   * Compares the time that an answer tells, in whole seconds, with ours halfway between request and answer.
   * @param date - the answer's header.
   */
  compareClocks(date: string | undefined, sentAt: number, answeredAt: number): void {
    const told = Date.parse(date ?? '');
    if (!Number.isNaN(told)) this.#clockAheadMs = (sentAt + answeredAt) / 2 - (told + 500);
  }

  /** How far our clock is ahead of the target's, give or take a second; `undefined` as long as it has told no time. */
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
