import type { Writable } from 'node:stream';

import { ConnectorError } from '../../connid/errors.js';
import { callerGone } from '../exchange/exchange.js';

/** Lines are handed to the socket in pieces of about this many characters, or when the event loop is idle. */
const pieceLength = 16 * 1024;

/** How a {@link LineSink} behaves. */
interface LineSinkOptions {
  /** Called once, before the first line. */
  readonly start: () => void;
  /** A reader that takes nothing for so long has hung up without saying so. */
  readonly stallMs: number;
}

/** Writes JSON values as lines, and tells when the reader falls behind. */
export class LineSink {
  #piece = '';
  #started = false;
  #flushing: NodeJS.Immediate | undefined;

  constructor(
    private readonly out: Writable,
    private readonly options: LineSinkOptions,
  ) {}

  /** Whether a line was written; from then on errors can only be lines. */
  get started(): boolean {
    return this.#started;
  }

  /** Whether the reader has to catch up first. */
  get behind(): boolean {
    return this.out.writableNeedDrain;
  }

  /** @returns false when the reader is behind: then wait for {@link drained}. */
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

  /** Waits until the reader has caught up; fails when it went away or hangs. */
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
