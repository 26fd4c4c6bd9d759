import { format, tags } from './type-table.js';
import { WireError } from './wire-value.js';

const noBytes = Buffer.alloc(0);

/**
 * Cuts a stream into messages. It reads the declarations of names and the lengths of the outermost fields; their
 * contents it passes over. So each byte is looked at once, in however many chunks it comes.
 */
export class FrameReader {
  #bytes = noBytes;
  /** The message that is being received begins here. */
  #start = 0;
  #filled = 0;
  #mostBytes = 0;
  #hasHeader = false;
  #isLost = false;
  #progress = this.#scan();

  /** True between two messages. */
  get isEmpty(): boolean {
    return this.#start === this.#filled;
  }

  add(chunk: Uint8Array): void {
    this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  /**
   * The bytes of the next message, without the header of the stream; `undefined` as long as it is incomplete. They are
   * valid until the next call of `add`.
   */
  next(mostBytes: number): Buffer | undefined {
    if (this.#isLost) throw new WireError('The stream is lost');
    this.#mostBytes = mostBytes;
    // Stays true if the scan throws.
    this.#isLost = true;
    const { done, value } = this.#progress.next();
    this.#isLost = false;
    if (done !== true) return undefined;
    const frame = this.#bytes.subarray(this.#start, this.#start + value);
    this.#start += value;
    this.#progress = this.#scan();
    if (this.isEmpty) this.#forgetBytes();
    return frame;
  }

  /** Pauses while bytes are missing. @returns the length of the message. */
  *#scan(): Generator<undefined, number, undefined> {
    if (!this.#hasHeader) yield* this.#header();
    let at = yield* this.#declarations();
    at = yield* this.#class(at);
    for (;;) {
      yield* this.#until(at + 1);
      const tag = this.#byte(at);
      at += 1;
      if (tag === tags.end) return at;
      if (tag === tags.namedField) at += 4;
      else if (tag !== tags.anonymousField) throw new WireError(`Unexpected tag: ${tag}`);
      at = yield* this.#block(at);
    }
  }

  *#header(): Generator<undefined, void, undefined> {
    yield* this.#until(4);
    const magic = this.#int(0);
    if (magic !== format.magic) throw new WireError(`Bad magic number: ${magic}`);
    yield* this.#until(format.headerBytes);
    const version = this.#int(4);
    if (version !== format.version) throw new WireError(`Unexpected version: ${version}`);
    this.#hasHeader = true;
    this.#start += format.headerBytes;
  }

  /** @returns the position after the declarations; so do the other parts of the scan. */
  *#declarations(): Generator<undefined, number, undefined> {
    yield* this.#until(4);
    const count = this.#int(0);
    if (count < 0) throw new WireError(`Negative length: ${count}`);
    let at = 4;
    for (let read = 0; read < count; read += 1) at = (yield* this.#block(at)) + 4;
    return at;
  }

  *#class(start: number): Generator<undefined, number, undefined> {
    let at = start;
    yield* this.#until(at + 1);
    if (this.#byte(at) === tags.nullClass) return at + 1;
    if (this.#byte(at) === tags.arrayClass) at += 1;
    yield* this.#until(at + 1);
    if (this.#byte(at) !== tags.namedClass) throw new WireError(`Unexpected tag: ${this.#byte(at)}`);
    return at + 5;
  }

  /** Passes over a length and that many bytes. */
  *#block(at: number): Generator<undefined, number, undefined> {
    yield* this.#until(at + 4);
    const length = this.#int(at);
    if (length < 0) throw new WireError(`Negative length: ${length}`);
    this.#allow(at + 4 + length);
    return at + 4 + length;
  }

  *#until(bytes: number): Generator<undefined, void, undefined> {
    while (this.#filled - this.#start < bytes) {
      this.#allow(bytes);
      yield undefined;
    }
    this.#allow(bytes);
  }

  #allow(bytes: number): void {
    if (bytes > this.#mostBytes) throw new WireError('A message is too long');
  }

  #byte(at: number): number {
    return this.#bytes.readUInt8(this.#start + at);
  }

  #int(at: number): number {
    return this.#bytes.readInt32BE(this.#start + at);
  }

  /** Moves what is left of the bytes to the front of a buffer that has room for more. */
  #makeRoom(more: number): void {
    if (this.#filled + more <= this.#bytes.length) return;
    const left = this.#bytes.subarray(this.#start, this.#filled);
    const roomier = Buffer.allocUnsafe(Math.max(left.length + more, 2 * left.length));
    roomier.set(left);
    this.#bytes = roomier;
    this.#filled = left.length;
    this.#start = 0;
  }

  #forgetBytes(): void {
    this.#bytes = noBytes;
    this.#start = 0;
    this.#filled = 0;
  }
}
