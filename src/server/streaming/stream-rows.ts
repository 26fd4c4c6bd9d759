import type { SearchResult } from '../../connector/connector.js';
import type { Rows } from '../operations/operation.js';
import type { LineSink } from './line-sink.js';
import { forEachRow } from './rows.js';

/** What a stream needs besides its rows. */
interface StreamOptions {
  readonly signal: AbortSignal;
  /** After so long without a row the reader is told that the search goes on. */
  readonly heartbeatMs: number;
  /** Rows read from the target so far. */
  readonly scanned: () => number;
  /** Called for each row written. */
  readonly onRow: () => void;
}

/** Writes one line per row, and heartbeats in between; the last line is left to the caller. */
export async function streamRows(rows: Rows, sink: LineSink, options: StreamOptions): Promise<SearchResult> {
  const heartbeat = setInterval(() => {
    // A reader that is behind has lines to read and needs no sign of life.
    if (!sink.behind) sink.write({ heartbeat: { scanned: options.scanned() } });
  }, options.heartbeatMs);
  const stop = (): void => clearInterval(heartbeat);
  // Not only at the end: a generator that ignores the abort would keep the heart beating.
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    return await forEachRow(rows, options.signal, (object) => {
      heartbeat.refresh();
      options.onRow();
      return sink.write({ object }) ? undefined : sink.drained();
    });
  } finally {
    stop();
    options.signal.removeEventListener('abort', stop);
  }
}
