/** Bytes that are written one after another, with lengths that are known only later. */
export class ByteSink {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  byte(value: number): void {
    const at = this.#extend(1);
    this.#bytes.writeUInt8(value & 0xff, at);
  }

  int(value: number): void {
    const at = this.#extend(4);
    this.#bytes.writeInt32BE(value, at);
  }

  long(value: bigint): void {
    const at = this.#extend(8);
    this.#bytes.writeBigInt64BE(value, at);
  }

  double(value: number): void {
    const at = this.#extend(8);
    this.#bytes.writeDoubleBE(value, at);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    this.int(length);
    const at = this.#extend(length);
    this.#bytes.write(value, at, 'utf8');
  }

  block(value: Uint8Array): void {
    this.int(value.length);
    const at = this.#extend(value.length);
    this.#bytes.set(value, at);
  }

  /** Reserves the place of a length. @returns the place, for {@link fillLength}. */
  reserveLength(): number {
    return this.#extend(4);
  }

  /** Writes the number of bytes since a place was reserved. */
  fillLength(place: number): void {
    this.#bytes.writeInt32BE(this.#length - place - 4, place);
  }

  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** @returns the position of the added bytes. It may replace the buffer. */
  #extend(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const roomier = Buffer.allocUnsafe(2 * this.#length);
      roomier.set(this.#bytes.subarray(0, start));
      this.#bytes = roomier;
    }
    return start;
  }
}
