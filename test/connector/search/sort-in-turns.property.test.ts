import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LoopTurns } from '../../../src/connector/loop-turns.js';
import { sortInTurns } from '../../../src/connector/search/sort-in-turns.js';
import { assertProperty } from '../../support/assert-property.js';

interface Item {
  readonly key: number;
  readonly place: number;
}

const byKey = (left: Item, right: Item): number => left.key - right.key;

/** Up to a few thousand items with many equal keys. */
const items = fc
  .array(fc.integer({ min: 0, max: 50 }), { maxLength: 3000, size: 'max' })
  .map((keys) => keys.map((key, place) => ({ key, place })));

describe('sorting in turns', () => {
  it('sorts as toSorted does, and keeps the order of equal items', async () => {
    await assertProperty(
      fc.asyncProperty(items, async (unsorted) => {
        const sorted = await sortInTurns(unsorted, { compare: byKey, turns: undefined });
        expect(sorted).toEqual(unsorted.toSorted(byKey));
      }),
    );
  });

  it('compares a bounded number of items in a turn', async () => {
    let time = 0;
    const comparisons = [0];
    // A look at the clock takes a slice.
    const turns = new LoopTurns(
      () => (time += 5),
      (resume) => {
        comparisons.push(0);
        queueMicrotask(resume);
      },
    );
    const compare = (left: Item, right: Item): number => {
      comparisons.push((comparisons.pop() ?? 0) + 1);
      return byKey(left, right);
    };
    const unsorted = Array.from({ length: 2000 }, (_, place) => ({ key: (place * 7919) % 2000, place }));
    await sortInTurns(unsorted, { compare, turns });
    expect(Math.max(...comparisons)).toBeLessThan(256 * 8);
    // Merging eight runs of 250 items takes three passes.
    expect(comparisons.filter((count) => count <= 2).length).toBeGreaterThan(2000);
  });
});
