import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerBudget, type AnswerShare } from '../../../src/zoom/client/answer-budget.js';
import { assertProperty } from '../../support/assert-property.js';

const each = 100;

/** An answer that is read chunk by chunk; it ends after the last one, or is given up before. */
interface Reading {
  readonly share: AnswerShare;
  readonly chunks: number[];
  held: number;
  waits: boolean;
}

/** Reads answers in any order until all have ended, and returns the most bytes that they held together. */
function readAll(together: number, sizes: readonly (readonly number[])[], order: () => number): number {
  const budget = new AnswerBudget(together, each);
  const readings: Reading[] = sizes.map((chunks) => {
    return { share: budget.open(), chunks: [...chunks], held: 0, waits: false };
  });
  let most = 0;
  while (readings.length > 0) {
    const ready = readings.filter(({ waits }) => !waits);
    const reading = ready[order() % ready.length];
    if (reading === undefined) throw new Error('All answers wait for each other.');
    const chunk = reading.chunks.shift();
    if (chunk === undefined) {
      readings.splice(readings.indexOf(reading), 1);
      reading.share.release();
      continue;
    }
    reading.waits = !reading.share.take(chunk, () => {
      reading.waits = false;
      reading.held += chunk;
    });
    if (!reading.waits) reading.held += chunk;
    most = Math.max(
      most,
      readings.reduce((sum, { held }) => sum + held, 0),
    );
  }
  return most;
}

const answer = fc
  .array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 })
  .filter((chunks) => chunks.reduce((sum, chunk) => sum + chunk, 0) <= each);

describe('answers under way', () => {
  it('never hold more together than they may, and never wait for each other', () => {
    assertProperty(
      fc.property(
        fc.integer({ min: each, max: 4 * each }),
        fc.array(answer, { maxLength: 20 }),
        fc.infiniteStream(fc.nat(1_000)),
        (together, sizes, order) => {
          const next = (): number => Number(order.next().value);
          expect(readAll(together, sizes, next)).toBeLessThanOrEqual(together);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('leave the queue when they are given up, and their room to the others', () => {
    const budget = new AnswerBudget(each, each);
    const [first, second, third] = [budget.open(), budget.open(), budget.open()];
    const resumed: string[] = [];
    expect(first.take(10, () => resumed.push('first'))).toBe(true);
    expect(second.take(10, () => resumed.push('second'))).toBe(false);
    expect(third.take(10, () => resumed.push('third'))).toBe(false);
    second.release();
    expect(resumed).toEqual([]);
    first.release();
    expect(resumed).toEqual(['third']);
  });
});
