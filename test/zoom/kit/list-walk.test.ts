import { describe, expect, it } from '@jest/globals';
import {
  afterPage,
  afterRefusal,
  checkComplete,
  type ListWalk,
  newWalk,
  nextToken,
  type PageCounts,
  walkAgain,
} from '../../../src/zoom/kit/list-walk.js';
import { thrownBy } from '../../support/thrown.js';

type Page = readonly [keys: string, total: number | undefined, next?: string];

interface Walking {
  readonly walk: ListWalk;
  readonly met: ReadonlySet<string>;
}

/** Walks on over pages whose rows are written as one letter each; every letter is new once. */
function over(pages: readonly Page[], from = newWalk, known = '', verifyTotals = true): Walking {
  return pages.reduce(
    ({ met, walk }: Walking, [letters, total, next]) => {
      const keys = Array.from(letters);
      const page: PageCounts = { keys, fresh: keys.filter((key) => !met.has(key)).length, total, next };
      return { walk: afterPage(walk, page, verifyTotals), met: new Set([...met, ...keys]) };
    },
    { walk: from, met: new Set(known) },
  );
}

const twoPages: readonly Page[] = [
  ['abc', 5, '2'],
  ['de', 5],
];

describe('the walk of a list', () => {
  it('is done after a single page', () => {
    expect(over([['abc', 3]]).walk).toMatchObject({ done: true, distinct: 3 });
  });

  it('proves the edge between two pages by reading the one before again', () => {
    const { walk } = over(twoPages);
    expect([walk.done, nextToken(walk)]).toEqual([false, undefined]);
    expect(over([...twoPages, ['abc', 5, '2']]).walk).toMatchObject({ done: true, distinct: 5 });
  });

  it('takes the rows of a page in any order', () => {
    expect(over([...twoPages, ['cab', 5, '2']]).walk).toMatchObject({ done: true });
  });

  it('reads both pages again until two readings of the first agree, and then looks at all once more', () => {
    const slid = over([...twoPages, ['bcd', 4, '2']]);
    expect(nextToken(slid.walk)).toBe('2');
    const behind = over([['e', 4]], slid.walk, 'abcde');
    expect(nextToken(behind.walk)).toBeUndefined();
    const settled = over([['bcd', 4, '2']], behind.walk, 'abcde').walk;
    expect(settled).toMatchObject({ done: false, lastPass: true, distinct: 5, token: undefined });
  });

  it('does not believe equal readings while the total changes', () => {
    const { walk } = over([
      ['abc', 5, '2'],
      ['d', 4],
      ['abc', 5, '2'],
    ]);
    expect([walk.done, nextToken(walk)]).toEqual([false, '2']);
  });

  it('fails when a page changes again and again', () => {
    const pages: Page[] = [...twoPages];
    const readings = ['bcd', 'cde', 'def', 'efg', 'fgh', 'ghi'];
    for (const keys of readings.slice(0, 5)) pages.push([keys, 5, '2'], ['xy', 5]);
    expect(over(pages).walk.done).toBe(false);
    expect(() => over([...pages, [readings[5] ?? '', 5, '2']])).toThrow(/faster than it could be read/);
  });

  it('looks at all once more when rows slid further than a page, and fails when they do so again', () => {
    const first = over([...twoPages, ['xyz', 5, '2'], ['w', 5], ['xyz', 5, '2']]).walk;
    expect(first).toMatchObject({ done: false, lastPass: true });
    const again = over(twoPages, first, 'abcdexyzw').walk;
    expect(() => over([['xyz', 5, '2']], again)).toThrow(/faster than it could be read/);
  });

  it('ends with the page that became the last one', () => {
    const ended = over([...twoPages, ['bce', 3]]).walk;
    expect(ended).toMatchObject({ done: false, lastPass: true });
    expect(over([['bce', 3]], ended, 'abcde').walk).toMatchObject({ done: true });
  });

  it('needs no second reading where pages overlap', () => {
    const page = (keys: string, next?: string): PageCounts => ({
      ...{ keys: Array.from(keys), fresh: 2, total: 7, next },
      ...{ begins: keys[0], joint: next === undefined ? undefined : keys.at(-1) },
    });
    const first = afterPage(newWalk, page('abc', '3'), true);
    const joined = afterPage(first, page('cde', '5'), true);
    expect(nextToken(joined)).toBe('5');
    const apart = afterPage(joined, page('fgh', '7'), true);
    expect(nextToken(apart)).toBe('3');
  });

  it('looks at all once more when fewer rows came than there are, and then says so', () => {
    const again = over([['abcd', 5]]).walk;
    expect(again).toMatchObject({ done: false, lastPass: true, token: undefined, distinct: 4 });
    expect(() => checkComplete(again)).not.toThrow();
    const short = over([['abcd', 5]], again, 'abcd').walk;
    expect(short).toMatchObject({ done: false, shortOf: 5 });
    expect(() => checkComplete(short)).toThrow(expect.objectContaining({ kind: 'connectorIO' }));
    expect(over([['abcde', 5]], short, 'abcd').walk).toMatchObject({ done: true, shortOf: undefined });
  });

  it('says how many rows are missing, and what to do', () => {
    const { details, message } = thrownBy(() => checkComplete({ ...newWalk, distinct: 4, shortOf: 5 }));
    expect(message).toContain('4 of at least 5');
    expect(details.hint).toContain('results.verifyTotals');
  });

  it('fails when Zoom refuses the first page, for which it needs no token', () => {
    expect(afterRefusal(newWalk)).toBeUndefined();
  });

  it('does not count where totals are missing or not to be relied on', () => {
    expect(over([['abc', undefined]]).walk).toMatchObject({ done: true });
    const unreliable: readonly Page[] = [
      ['abc', 50, '2'],
      ['de', 40],
      ['abc', 30, '2'],
    ];
    expect(over(unreliable, newWalk, '', false).walk).toMatchObject({ done: true });
  });

  it('begins again when Zoom refuses the token, three times without a new row at most', () => {
    let { walk } = over([['abc', 9, '2']]);
    for (let i = 0; i < 3; i += 1) {
      walk = over([['abc', 9, '2']], afterRefusal(walk), 'abc').walk;
    }
    expect(walk).toMatchObject({ distinct: 3, restarts: 3 });
    expect(afterRefusal(walk)).toBeUndefined();
    const pages: readonly Page[] = [
      ['d', 9, '3'],
      ['abc', 9, '2'],
    ];
    expect(afterRefusal(over(pages, walk, 'abc').walk)).toBeDefined();
    expect(afterRefusal(walkAgain(walk))).toBeUndefined();
  });
});
