import { ConnectorError } from '../../connid/errors.js';
import type { ConnectorObject, SearchResult } from '../../connector/connector.js';
import type { Rows } from '../operations/operation.js';

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
export async function forEachRow(rows: Rows, signal: AbortSignal, take: TakeRow): Promise<SearchResult> {
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
