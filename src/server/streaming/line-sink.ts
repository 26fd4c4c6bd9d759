import type { Writable } from 'node:stream';

import { ConnectorError } from '../../connid/errors.js';
import { callerGone } from '../exchange/exchange.js';

/** We write to the socket in pieces of about this many characters, or when the event loop is idle. */
const pieceLength = 16 * 1024;

/** Options of a {@link LineSink}. */
interface LineSinkOptions {
  /** Called once, before the first line. */
  readonly start: () => void;
  /** After so many milliseconds without reading, the reader counts as disconnected. */
  readonly stallMs: number;
}

/** Writes JSON values as lines, and reports when the reader falls behind. */
export class LineSink {
  #piece = '';
  #started = false;
  #flushing: NodeJS.Immediate | undefined;

  constructor(
    private readonly out: Writable,
    private readonly options: LineSinkOptions,
  ) {}

  /** True once a line was written. From then on, errors must be lines too. */
  get started(): boolean {
    return this.#started;
  }

  /** True while the reader has to catch up. */
  get behind(): boolean {
    return this.out.writableNeedDrain;
  }

  /**
   * Writes a line.
   * @returns false if the reader is behind: then wait for {@link drained}.
   */
  write(value: object): boolean {
    this.#append(value);
    if (this.#piece.length >= pieceLength) this.#flush();
    else this.#flushing ??= setImmediate(() => this.#flush());
    return !this.behind;
  }

  /** Writes the last line. */
  end(value: object): void {
    this.#append(value);
    this.#flush();
    if (!this.out.destroyed) this.out.end();
  }

  /**
   * Waits until the reader has caught up.
   * @throws ConnectorError `connectionBroken` if it disconnects or stops reading.
   */
  drained(): Promise<void> {
    if (this.out.destroyed) return Promise.reject(callerGone());
    if (!this.behind) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => () => {
        clearTimeout(timer);
        this.out.off('drain', onDrain).off('close', onClose);
        outcome();
      };
      const onDrain = settle(resolve);
      const onClose = settle(() => reject(callerGone()));
      const timer = setTimeout(
        settle(() => reject(this.#stalled())),
        this.options.stallMs,
      );
      this.out.on('drain', onDrain).on('close', onClose);
    });
  }

  #append(value: object): void {
    if (!this.#started) this.options.start();
    this.#started = true;
    this.#piece += `${JSON.stringify(value)}\n`;
  }

  #flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const piece = this.#piece;
    this.#piece = '';
    if (piece === '' || this.out.destroyed) return;
    this.out.write(piece);
  }

  #stalled(): ConnectorError {
    this.out.destroy();
    return new ConnectorError('connectionBroken', 'The caller stopped reading.');
  }
}
