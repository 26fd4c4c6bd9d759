import type { TargetState } from '../../connector/connector.js';

/** Remembers how the target last behaved, for readiness answers. */
export class TargetWatch {
  #reachable: TargetState['reachable'] = 'unknown';
  #lastAnswerAt: string | undefined;
  #lastError: string | undefined;

  /** @param at - milliseconds since the epoch. */
  answered(at: number): void {
    this.#reachable = true;
    this.#lastAnswerAt = new Date(at).toISOString();
    this.#lastError = undefined;
  }

  /** @param status - HTTP status of the unusable answer, 0 when there was none. */
  failed(message: string, status: number, at: number): void {
    this.#reachable = false;
    if (status > 0) this.#lastAnswerAt = new Date(at).toISOString();
    this.#lastError = message;
  }

  state(): TargetState {
    return {
      reachable: this.#reachable,
      ...(this.#lastAnswerAt === undefined ? {} : { lastAnswerAt: this.#lastAnswerAt }),
      ...(this.#lastError === undefined ? {} : { lastError: this.#lastError }),
    };
  }
}
