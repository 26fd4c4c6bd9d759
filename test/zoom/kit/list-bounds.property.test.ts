import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertProperty } from '../../support/assert-property.js';
import { afterPage, checkComplete, newWalk } from '../../../src/zoom/kit/list-walk.js';

/** A page of a server that may never end: its rows, its total and the token after it are any. */
interface AnyPage {
  readonly keys: readonly string[];
  readonly total: number | undefined;
  readonly next: string | undefined;
}

/** The number of calls until the walk ends or fails; `limit` when it does neither. */
function callsOf(server: (call: number) => AnyPage, limit: number, verifyTotals = true): number {
  const met = new Set<string>();
  let walk = newWalk;
  for (let call = 1; call <= limit; call += 1) {
    const page = server(call);
    const fresh = new Set(page.keys.filter((key) => !met.has(key))).size;
    for (const key of page.keys) met.add(key);
    try {
      walk = afterPage(walk, { ...page, fresh }, verifyTotals);
      checkComplete(walk);
    } catch {
      return call;
    }
    if (walk.done) return call;
  }
  return limit;
}

const names = Array.from({ length: 12 }, (_, index) => `row${index}`);

describe('a walk whose other side never ends', () => {
  it('ends after a bounded number of calls when the rows are always the same', () => {
    const pages = fc.infiniteStream(
      fc.record({
        keys: fc.subarray(names),
        total: fc.option(fc.nat({ max: 20 }), { nil: undefined }),
        next: fc.constantFrom('A', 'B', 'C', 'D'),
      }),
    );
    assertProperty(
      fc.property(pages, fc.boolean(), (stream, verifyTotals) => {
        const next = (): AnyPage => stream.next().value as AnyPage;
        expect(callsOf(next, 500, verifyTotals)).toBeLessThan(200);
      }),
    );
  });

  it.each([
    ['tokens A, B, A, B', (call: number) => ['A', 'B'][call % 2]],
    ['a new token each time', (call: number) => `token${call}`],
    ['the same token', () => 'A'],
  ])('fails within ten calls with %s and the same rows', (_, tokenOf) => {
    const server = (call: number): AnyPage => ({ keys: names, total: names.length, next: tokenOf(call) });
    expect(callsOf(server, 1000)).toBeLessThanOrEqual(10);
  });

  it('fails within ten calls with a new token each time and no rows', () => {
    expect(callsOf((call) => ({ keys: [], total: 5, next: `token${call}` }), 1000)).toBeLessThanOrEqual(10);
  });

  it('fails when new rows come for ever though the total has been reached', () => {
    const server = (call: number): AnyPage => ({
      keys: [`row${call}a`, `row${call}b`],
      total: 4,
      next: `token${call}`,
    });
    expect(callsOf(server, 1000)).toBeLessThan(30);
  });
});
