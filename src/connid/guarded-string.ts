import { inspect } from 'node:util';

/** A secret value. It shows itself to nobody by accident: strings, JSON and inspection all give a mask. */
export class GuardedString {
  static readonly mask = '********';
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself, for the one place that sends it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return GuardedString.mask;
  }

  toJSON(): string {
    return GuardedString.mask;
  }

  [inspect.custom](): string {
    return GuardedString.mask;
  }
}
