import pMap from 'p-map';
import { ConnectorError } from '../../connid/errors.js';

/** Number of objects that are read at the same time. */
const concurrentReads = 8;

/** The result of a read; `undefined` when Zoom does not know the object. */
export async function unlessUnknown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.kind === 'unknownUid') return undefined;
    throw thrown;
  }
}

/** The results of `read` by key, several at a time, without those that are `undefined`. */
export async function readEach<T>(
  keys: readonly string[],
  read: (key: string) => Promise<T | undefined>,
): Promise<ReadonlyMap<string, T>> {
  const pairs = await pMap(keys, async (key) => [key, await read(key)] as const, {
    concurrency: concurrentReads,
  });
  return new Map(pairs.flatMap(([key, found]) => (found === undefined ? [] : [[key, found] as const])));
}

/** A list in parts of at most `size`, for calls that accept only so many entries. */
export function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}
