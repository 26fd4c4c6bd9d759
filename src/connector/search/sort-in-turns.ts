import type { LoopTurns } from '../loop-turns.js';

/** Items that are sorted in one stretch. */
const runLength = 256;

/** How items are sorted: their order, and the turns that the work takes. */
interface Sorting<T> {
  readonly compare: (left: T, right: T) => number;
  readonly turns: LoopTurns | undefined;
}

/**
 * Sorts as `toSorted` does: items that are equal keep their order. Sorting 100,000 objects takes a second or more, so
 * this takes turns with others.
 */
export async function sortInTurns<T extends object>(
  items: readonly T[],
  sorting: Sorting<T>,
): Promise<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += runLength) {
    const wait = sorting.turns?.due();
    if (wait !== undefined) await wait;
    runs.push(items.slice(start, start + runLength).sort(sorting.compare));
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], sorting));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** One sorted run of two. Of equal items the left one comes first. */
async function merge<T extends object>(
  left: readonly T[],
  right: readonly T[],
  { compare, turns }: Sorting<T>,
): Promise<readonly T[]> {
  const merged: T[] = [];
  const next = { left: 0, right: 0 };
  for (;;) {
    const [first, second] = [left[next.left], right[next.right]];
    if (first === undefined || second === undefined) break;
    const wait = turns?.due();
    if (wait !== undefined) await wait;
    const isFirst = compare(first, second) <= 0;
    next[isFirst ? 'left' : 'right'] += 1;
    merged.push(isFirst ? first : second);
  }
  return [...merged, ...left.slice(next.left), ...right.slice(next.right)];
}
