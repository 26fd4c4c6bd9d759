import type { TargetState } from '../../connector/connector.js';

/** Remembers how the target last behaved, for readiness answers. */
export class TargetWatch {
  #reachable: TargetState['reachable'] = 'unknown';
  #lastAnswerAt: number | undefined;
  #lastError: string | undefined;

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
