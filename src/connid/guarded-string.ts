import { inspect } from 'node:util';

/** A secret value. Strings, JSON and inspection contain a mask instead, so that no log prints it by accident. */
export class GuardedString {
  static readonly mask = '********';
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Returns the secret. Only the code that sends it may call this. */
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
