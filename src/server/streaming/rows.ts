import type { ConnectorObject, SearchResult } from '../../connector/connector.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Rows } from '../operations/operation.js';
import type { LineSink } from './line-sink.js';

/** Takes a row; a promise when it needs time. */
type TakeRow = (row: ConnectorObject) => Promise<void> | undefined;

/** `return()` of a generator wants a value of its result's type; nobody reads this one. */
const unused: SearchResult = {
  pagedResultsCookie: null,
  remainingPagedResults: -1,
  allResultsReturned: true,
};

/**
 * Hands every row on and returns how the search ended. However this ends, the generator is closed, so that the
 * calls behind it stop.
 */
async function forEachRow(rows: Rows, signal: AbortSignal, take: TakeRow): Promise<SearchResult> {
  try {
    for (;;) {
      const step = await rows.next();
      if (step.done === true) return step.value;
      signal.throwIfAborted();
      const busy = take(step.value);
      if (busy !== undefined) await busy;
    }
  } finally {
    // A failure of the generator's own cleaning up says nothing about the search.
    await rows.return(unused).catch(() => undefined);
  }
}

/** All rows as one JSON answer. */
export async function collectRows(
  rows: Rows,
  signal: AbortSignal,
  maxRows: number,
): Promise<SearchResult & { readonly results: readonly ConnectorObject[] }> {
  const results: ConnectorObject[] = [];
  const result = await forEachRow(rows, signal, (row) => {
    if (results.length >= maxRows) throw tooMany(maxRows);
    results.push(row);
    return undefined;
  });
  return { results, ...result };
}

function tooMany(maxRows: number): ConnectorError {
  return new ConnectorError(
    'unsupported',
    `The search has more than ${maxRows} results, too many for one answer.`,
    {
      hint: 'Read it in pages with the option pageSize, or as a stream with the header "Accept: application/x-ndjson".',
    },
  );
}

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
