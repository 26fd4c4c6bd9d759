import { Cursor } from './cursor.js';
import { DeclaredNames } from './declared-names.js';
import { FrameReader } from './frame-reader.js';
import { type Limits, defaultLimits } from './limits.js';
import { ObjectReader } from './object-reader.js';
import { WireError, type WireValue } from './wire-value.js';

/**
 * Decodes one direction of a connection. Bytes may come in chunks of any size. After a `WireError` the stream is lost.
 */
export class Decoder {
  readonly #frames = new FrameReader();
  readonly #names: DeclaredNames;

  constructor(private readonly limits: Limits = defaultLimits) {
    this.#names = new DeclaredNames(limits);
  }

  /** True if the stream may end here: no message has begun. */
  get isBetweenMessages(): boolean {
    return this.#frames.isEmpty;
  }

  /** Takes bytes from the peer. */
  add(chunk: Uint8Array): void {
    this.#frames.add(chunk);
  }

  /**
   * Decodes the next message.
   * @param mostBytes - its size may be limited further.
   * @returns `undefined` as long as it is incomplete. `null` is a message.
   * @throws WireError for bytes that are no message, or one beyond the limits.
   */
  next(mostBytes = this.limits.messageBytes): WireValue | undefined {
    const frame = this.#frames.next(Math.min(mostBytes, this.limits.messageBytes));
    if (frame === undefined) return undefined;
    const cursor = new Cursor(frame);
    this.#names.declare(cursor);
    return new ObjectReader(cursor, this.#names, this.limits).value();
  }
}

/** Decodes a stream that consists of a single message, and is all there. */
export function decodeWhole(bytes: Uint8Array, limits: Limits = defaultLimits): WireValue {
  const decoder = new Decoder(limits);
  decoder.add(bytes);
  const value = decoder.next();
  if (value === undefined || !decoder.isBetweenMessages)
    throw new WireError('Bytes are missing or left over');
  return value;
}
