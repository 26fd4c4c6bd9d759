import type { Cursor } from './cursor.js';
import type { Limits } from './limits.js';
import { WireError } from './wire-value.js';

/** The constant pool of a stream that is read: the names that codes stand for. */
export class DeclaredNames {
  readonly #names = new Map<number, string>();

  constructor(private readonly limits: Limits) {}

  /** Reads the declarations in front of a message. A code may be declared again. */
  declare(cursor: Cursor): void {
    const count = cursor.count();
    for (let read = 0; read < count; read += 1) {
      const name = cursor.string();
      if (name.length > this.limits.nameBytes) throw new WireError('A name is too long');
      this.#names.set(cursor.int(), name);
      if (this.#names.size > this.limits.names) throw new WireError('Too many names');
    }
  }

  name(code: number): string {
    const name = this.#names.get(code);
    if (name === undefined) throw new WireError(`Undeclared code: ${code}`);
    return name;
  }
}

/** The constant pool of a stream that is written. */
export class NumberedNames {
  readonly #codes = new Map<string, number>();
  #undeclared: string[] = [];

  code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    const code = this.#codes.size;
    this.#codes.set(name, code);
    this.#undeclared.push(name);
    return code;
  }

  /** The names that were numbered since the last call, in the order of their codes, and the first of these codes. */
  takeUndeclared(): { readonly names: readonly string[]; readonly firstCode: number } {
    const names = this.#undeclared;
    this.#undeclared = [];
    return { names, firstCode: this.#codes.size - names.length };
  }
}
