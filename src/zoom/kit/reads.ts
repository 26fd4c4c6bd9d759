import pMap from 'p-map';
import { ConnectorError } from '../../connid/errors.js';

/** How many objects are read at the same time when several are read one by one. */
const concurrentReads = 8;

/** What was read; `undefined` when Zoom does not know the object. */
export async function unlessUnknown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'unknownUid') return undefined;
    throw thrown;
  }
}

/** What `read` tells of each key, several at a time; keys of which it tells nothing are left out. */
export async function readEach<T>(
  keys: readonly string[],
  read: (key: string) => Promise<T | undefined>,
): Promise<ReadonlyMap<string, T>> {
  const pairs = await pMap(keys, async (key) => [key, await read(key)] as const, {
    concurrency: concurrentReads,
  });
  return new Map(pairs.flatMap(([key, found]) => (found === undefined ? [] : [[key, found] as const])));
}
/** A list in parts of at most `size`, for calls that take only so many entries. */
export function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}
