import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ServiceProcess } from './service-process.js';

/** Parts of an import that most benchmarks leave out. */
interface ImportChoices {
  /** Options of the search. */
  readonly options?: object;
  /** Called after each row, with their number. */
  readonly onRow?: (rows: number) => void;
  /** Ends the import early. */
  readonly signal?: AbortSignal;
}

/**
 * Streams all users, as a caller that reads as fast as it can.
 * @returns the number of rows, and the seconds from the request to the last line.
 * @throws for an import that does not end with its result.
 */
export async function streamUsers(
  { url }: Pick<ServiceProcess, 'url'>,
  { onRow = () => undefined, options, signal }: ImportChoices = {},
): Promise<{ readonly rows: number; readonly seconds: number }> {
  const start = performance.now();
  const answer = await fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { Accept: 'application/x-ndjson', 'Content-Type': 'application/json' },
    body: JSON.stringify({ objectClass: 'ZoomUser', options }),
    ...(signal !== undefined && { signal }),
  });
  let [last, rows] = ['', 0];
  for await (const line of createInterface({ input: Readable.fromWeb(answer.body as never) })) {
    if (line.startsWith('{"object"')) onRow((rows += 1));
    last = line;
  }
  if (!last.startsWith('{"searchResult"')) throw new Error(`${rows} rows, then ${last}`);
  return { rows, seconds: (performance.now() - start) / 1000 };
}
