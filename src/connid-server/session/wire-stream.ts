import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Decoder } from '../codec/decoder.js';
import { Encoder } from '../codec/encoder.js';
import { type Limits, defaultLimits } from '../codec/limits.js';
import { WireError, type WireValue } from '../codec/wire-value.js';

/** Messages over a connection. Reading and writing wait for the peer, but not for ever. */
export class WireStream {
  readonly #decoder: Decoder;
  readonly #encoder = new Encoder();
  readonly #closed = new AbortController();
  /** Continues a reader that waits for bytes. */
  #wake: () => void = () => undefined;

  /** @param socket - must stay open for writing when the peer has ended its side. */
  constructor(
    private readonly socket: Duplex,
    limits: Partial<Limits> = {},
  ) {
    this.#decoder = new Decoder({ ...defaultLimits, ...limits });
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => this.#wake());
    socket.once('close', () => this.#closed.abort());
    // Reading and writing report the error, too.
    socket.on('error', () => undefined);
  }

  /** Aborted when the connection is gone. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /**
   * Reads the next message.
   * @param waitMs - for each part of it. After that the connection is closed.
   * @returns `undefined` if the peer has ended its side, or the connection is gone, before another message.
   * @throws WireError for bytes that are no message.
   */
  async read(waitMs: number, mostBytes?: number): Promise<WireValue | undefined> {
    for (;;) {
      const message = this.#decoder.next(mostBytes);
      if (message !== undefined) return message;
      const chunk = await this.#within(waitMs, () => this.#nextChunk());
      if (chunk === undefined && this.#decoder.isBetweenMessages) return undefined;
      if (chunk === undefined) throw new WireError('The stream ends within a message');
      this.#decoder.add(chunk);
    }
  }

  /**
   * Writes a message, and waits as long as the peer has not read enough of those before.
   * @throws if the connection is gone.
   */
  async write(message: WireValue, waitMs: number): Promise<void> {
    this.closed.throwIfAborted();
    if (this.socket.write(this.#encoder.encode(message))) return;
    await this.#within(waitMs, () => once(this.socket, 'drain', { signal: this.closed }));
  }

  /**
   * Lets the peer wait.
   * @throws if the connection is gone.
   */
  async pause(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.closed });
  }

  /** Closes the connection at once. */
  abandon(): void {
    this.socket.destroy();
  }

  /** Sends what has been written, and ends the connection. */
  async end(waitMs: number): Promise<void> {
    if (this.closed.aborted) return;
    this.socket.end();
    await this.#within(waitMs, async () => {
      if (!this.socket.writableFinished) await once(this.socket, 'finish', { signal: this.closed });
    }).catch(() => undefined);
    this.socket.destroy();
  }

  /** Unlike the iterator of a socket it leaves the side for writing open when the peer ends the other one. */
  async #nextChunk(): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk !== null) return chunk;
      if (this.socket.readableEnded || this.socket.destroyed) return undefined;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async #within<T>(waitMs: number, work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.socket.destroy(), waitMs);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }
}
