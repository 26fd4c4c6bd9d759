import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DigestSet } from '../../../src/zoom/kit/digest-set.js';
import { assertProperty } from '../../support/assert-property.js';

describe('a set of digests', () => {
  it('tells the flags a text had before', () => {
    const set = new DigestSet();
    expect([set.mark('a', 1), set.mark('a', 4), set.mark('b', 2), set.mark('a', 1)]).toEqual([0, 1, 0, 5]);
    expect([set.flagsOf('a'), set.flagsOf('b'), set.flagsOf('c'), set.size]).toEqual([5, 2, 0, 2]);
  });

  it('behaves like a map from texts to flags', () => {
    const marks = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.constantFrom(1, 2, 128)), {
      maxLength: 300,
    });
    assertProperty(
      fc.property(marks, (list) => {
        const set = new DigestSet();
        const map = new Map<string, number>();
        const before = list.map(([text, flag]) => {
          const known = map.get(text) ?? 0;
          map.set(text, known | flag);
          return [set.mark(text, flag), known];
        });
        expect(before.filter(([told, known]) => told !== known)).toEqual([]);
        expect(set.size).toBe(map.size);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps 300,000 alike texts apart, in less than 15 bytes each', () => {
    const set = new DigestSet();
    const texts = Array.from({ length: 300_000 }, (_, i) => `@user${i}@example.com`);
    expect(texts.every((text) => set.mark(text, 1) === 0)).toBe(true);
    expect(texts.every((text) => set.flagsOf(text) === 1)).toBe(true);
    expect(set.weight).toBeLessThan(15 * texts.length);
  });

  it('goes on from its state', () => {
    const first = new DigestSet();
    first.mark('a', 2);
    const second = new DigestSet(structuredClone(first.state()));
    expect([second.mark('a', 1), second.mark('b', 1), second.size]).toEqual([2, 0, 2]);
  });
});
