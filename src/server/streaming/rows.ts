import type { ConnectorObject, SearchResult } from '../../connector/connector.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Rows } from '../operations/operation.js';
import type { LineSink } from './line-sink.js';

/** Receives a row. Returns a promise if it needs time. */
type TakeRow = (row: ConnectorObject) => Promise<void> | undefined;

/** Argument for `return()` of a generator, which requires a value of the result's type. It is never read. */
const unused: SearchResult = {
  pagedResultsCookie: null,
  remainingPagedResults: -1,
  allResultsReturned: true,
};

/**
 * Passes every row to `take` and returns the result of the search. Always closes the generator, which stops its calls
 * to the target.
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
    // An error while the generator closes does not change the result of the search.
    await rows.return(unused).catch(() => undefined);
  }
}

/** A JSON answer with all rows of a search. */
interface CollectedRows {
  readonly count: number;
  /** The text, in UTF-8. */
  readonly pieces: readonly Buffer[];
}

/** A JSON answer is put together in pieces of about this many characters. A page of some 300 rows is one piece. */
const pieceLength = 256 * 1024;

/**
 * Collects all rows into one JSON answer. Each row becomes text when it comes: that takes less memory than the object,
 * and the text of 100,000 rows made at once would keep others waiting.
 * @throws ConnectorError `unsupported` if there are more than `maxRows`.
 */
export async function collectRows(rows: Rows, signal: AbortSignal, maxRows: number): Promise<CollectedRows> {
  const pieces: Buffer[] = [];
  let count = 0;
  let piece = '{"results":[';
  const result = await forEachRow(rows, signal, (row) => {
    if (count >= maxRows) throw tooMany(maxRows);
    piece += `${count === 0 ? '' : ','}${JSON.stringify(row)}`;
    count += 1;
    if (piece.length < pieceLength) return undefined;
    pieces.push(Buffer.from(piece));
    piece = '';
    return undefined;
  });
  const members = JSON.stringify(result).slice(1);
  return { count, pieces: [...pieces, Buffer.from(`${piece}],${members}`)] };
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

/** Options of a stream. */
interface StreamOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without a row until the stream sends a heartbeat. */
  readonly heartbeatMs: number;
  /** Rows read from the target so far. */
  readonly scanned: () => number;
  /** Called for each row written. */
  readonly onRow: () => void;
}

/** Writes one line per row, and heartbeats in between. The caller writes the last line. */
export async function streamRows(rows: Rows, sink: LineSink, options: StreamOptions): Promise<SearchResult> {
  const heartbeat = setInterval(() => {
    // A reader that is behind still receives lines and needs no heartbeat.
    if (!sink.behind) sink.write({ heartbeat: { scanned: options.scanned() } });
  }, options.heartbeatMs);
  const stop = (): void => clearInterval(heartbeat);
  // Also stop on abort: a generator that ignores the abort would leave the heartbeat running.
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
