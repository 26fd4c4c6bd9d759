import { WireError } from './wire-value.js';

/** Reads the bytes of a message one after another, and never beyond the field that it stands in. */
export class Cursor {
  #end: number;

  constructor(
    private readonly bytes: Buffer,
    private position = 0,
  ) {
    this.#end = bytes.length;
  }

  get isAtEnd(): boolean {
    return this.position === this.#end;
  }

  byte(): number {
    return this.bytes.readUInt8(this.#advance(1));
  }

  int(): number {
    return this.bytes.readInt32BE(this.#advance(4));
  }

  long(): bigint {
    return this.bytes.readBigInt64BE(this.#advance(8));
  }

  double(): number {
    return this.bytes.readDoubleBE(this.#advance(8));
  }

  /** A number of bytes or elements. */
  count(): number {
    const count = this.int();
    if (count < 0) throw new WireError(`Negative length: ${count}`);
    return count;
  }

  string(): string {
    const length = this.count();
    const start = this.#advance(length);
    return this.bytes.toString('utf8', start, start + length);
  }

  /** A copy, so that a value does not keep its message in memory. */
  block(): Uint8Array {
    const length = this.count();
    const start = this.#advance(length);
    return Uint8Array.from(this.bytes.subarray(start, start + length));
  }

  /** Enters a field. @returns the way back, for {@link leave}. */
  enter(length: number): number {
    const outer = this.#end;
    this.#end = this.#endAfter(length);
    return outer;
  }

  leave(outer: number): void {
    if (!this.isAtEnd) throw new WireError('A field is longer than its contents');
    this.#end = outer;
  }

  /** Passes over the rest of the field. */
  skip(): void {
    this.position = this.#end;
  }

  /** Calls a function, and returns to the present position if it finds nothing. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const start = this.position;
    const found = read();
    if (found === undefined) this.position = start;
    return found;
  }

  #advance(length: number): number {
    const start = this.position;
    this.position = this.#endAfter(length);
    return start;
  }

  #endAfter(length: number): number {
    const end = this.position + length;
    if (end > this.#end) throw new WireError('A value is longer than its field');
    return end;
  }
}
