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

type Page = readonly [fresh: number, total: number | undefined, next?: string];

/** Walks on over pages of three rows. */
function over(pages: readonly Page[], { verifyTotals = true, from = newWalk } = {}): ListWalk {
  return pages.reduce((walk, [fresh, total, next]) => {
    const page: PageCounts = { rows: 3, fresh, total, next };
    return afterPage(walk, page, verifyTotals);
  }, from);
}

describe('the walk of a list', () => {
  it('is done after the page without a token', () => {
    expect(over([[3, 5, 'a']])).toMatchObject({ done: false, token: 'a', distinct: 3 });
    expect(
      over([
        [3, 5, 'a'],
        [2, 5],
      ]),
    ).toMatchObject({ done: true, distinct: 5 });
  });

  it('reads the page before again when rows have left, and then goes on', () => {
    const slid = over([
      [3, 9, 'a'],
      [3, 9, 'b'],
      [2, 8, 'c'],
    ]);
    expect(nextToken(slid)).toBe('a');
    expect(nextToken(over([[1, 8, 'b']], { from: slid }))).toBe('c');
  });

  it('reads the first page again when that is the one before', () => {
    const slid = over([
      [3, 9, 'a'],
      [3, 8, 'b'],
    ]);
    expect(slid.reread).toBeDefined();
    expect(nextToken(slid)).toBeUndefined();
  });

  it('reads the page before again when a page does not begin with its last row', () => {
    const page = (begins: string, joint: string, next?: string): PageCounts => ({
      ...{ rows: 3, fresh: 2, total: 9 },
      ...{ begins, joint, next },
    });
    const first = afterPage(newWalk, page('u1', 'u3', '3'), true);
    const joined = afterPage(first, page('u3', 'u5', '5'), true);
    expect(nextToken(joined)).toBe('5');
    const apart = afterPage(joined, page('u6', 'u8', '7'), true);
    expect(nextToken(apart)).toBe('3');
    const back = afterPage(apart, page('u4', 'u6', '5'), true);
    expect([nextToken(back), back.suspect]).toEqual(['7', false]);
    const far = afterPage(apart, { ...page('u4', 'u6', '5'), fresh: 3 }, true);
    expect(far.suspect).toBe(true);
  });

  it('begins again once when fewer rows came than there are, and then says so', () => {
    const again = over([
      [3, 5, 'a'],
      [1, 5],
    ]);
    expect(again).toMatchObject({ done: false, lastPass: true, token: undefined, distinct: 4 });
    expect(() => checkComplete(again)).not.toThrow();
    const short = over(
      [
        [0, 5, 'a'],
        [0, 5],
      ],
      { from: again },
    );
    expect(short).toMatchObject({ done: false, shortOf: 5 });
    expect(() => checkComplete(short)).toThrow(expect.objectContaining({ kind: 'connectorIO' }));
    expect(
      over(
        [
          [1, 5, 'a'],
          [0, 5],
        ],
        { from: short },
      ),
    ).toMatchObject({ done: true, shortOf: undefined });
  });

  it('begins again when more rows left between two pages than a page holds', () => {
    const gone = over([
      [3, 9, 'a'],
      [3, 5, 'b'],
      [0, 5, 'x'],
      [1, 5],
    ]);
    expect(gone).toMatchObject({ done: false, lastPass: true });
  });

  it('begins again when more rows leave while a page is read again', () => {
    const slid = over([
      [3, 7, 'a'],
      [3, 6],
    ]);
    expect(over([[0, 6]], { from: slid })).toMatchObject({ done: true });
    expect(over([[0, 5]], { from: slid })).toMatchObject({ done: false, lastPass: true });
  });

  it('does not count where totals are missing or not to be relied on', () => {
    expect(
      over([
        [3, undefined, 'a'],
        [1, undefined],
      ]),
    ).toMatchObject({ done: true });
    expect(
      over(
        [
          [3, 50, 'a'],
          [1, 40],
        ],
        { verifyTotals: false },
      ),
    ).toMatchObject({ done: true });
  });

  it('begins anew when Zoom refuses the token, three times without a new row at most', () => {
    let walk = over([[3, 9, 'a']]);
    for (let i = 0; i < 3; i += 1) {
      walk = afterPage(afterRefusal(walk) ?? newWalk, { rows: 3, fresh: 0, total: 9, next: 'a' }, true);
    }
    expect(walk).toMatchObject({ distinct: 3, restarts: 3 });
    expect(afterRefusal(walk)).toBeUndefined();
    expect(afterRefusal(over([[1, 9, 'b']], { from: walk }))).toBeDefined();
    expect(afterRefusal(walkAgain(walk))).toBeUndefined();
  });
});
