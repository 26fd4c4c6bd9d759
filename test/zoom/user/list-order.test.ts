import { describe, expect, it } from '@jest/globals';
import { type ListWalk, newWalk } from '../../../src/zoom/kit/list-walk.js';
import {
  afterListPage,
  listingOrder,
  type ListsWalk,
  SeenUsers,
  startLists,
} from '../../../src/zoom/user/list-order.js';
import type { UserStatus } from '../../../src/zoom/user/user-view.js';

const all = new Set<string>(['active', 'inactive', 'pending']);

interface Page {
  /** How many users no list had shown before. */
  readonly fresh: number;
  readonly total?: number | undefined;
  /** More pages follow. */
  readonly more?: true;
}

/** Walks over pages of the lists, whichever is due. */
function over(lists: ListsWalk, pages: readonly Page[], verifyTotals = true): ListsWalk {
  return pages.reduce((walked, { fresh, more, total }) => {
    const walk: ListWalk = { ...newWalk, done: more !== true, total };
    return afterListPage(walked, walk, fresh, verifyTotals);
  }, lists);
}

const stagesOf = ({ stages }: ListsWalk) => stages.map(({ purpose, status }) => `${purpose} ${status}`);
const complete = [
  { fresh: 1, total: 1 },
  { fresh: 2, total: 2 },
  { fresh: 3, total: 3 },
];
const walkedOnce = over(startLists(all), complete);

describe('the lists of users', () => {
  it('are read in the order in which nobody slips through', () => {
    expect(listingOrder).toEqual(['pending', 'inactive', 'active']);
    expect(stagesOf(startLists(all))).toEqual(['first pending', 'first inactive', 'first active']);
    expect(startLists(all)).toMatchObject({ given: 0, repeated: [], inactiveTotal: undefined });
  });

  it('are only those that can match', () => {
    const lists = startLists(new Set(['active', 'pending']));
    expect(stagesOf(lists)).toEqual(['first pending', 'first active']);
    expect(Object.keys(lists.walks)).toEqual(['pending', 'active']);
  });

  it('are walked each to its end', () => {
    const within = over(startLists(all), [{ fresh: 1, total: 3, more: true }]);
    expect(stagesOf(within)).toEqual(['first pending', 'first inactive', 'first active']);
    expect(within).toMatchObject({ given: 1, walks: { pending: { total: 3 } } });
    expect(stagesOf(over(within, [{ fresh: 2, total: 3 }]))).toEqual(['first inactive', 'first active']);
  });

  it('are done when nothing is asked for, and stay so', () => {
    const done = startLists(new Set());
    expect(over(done, complete)).toBe(done);
  });
});

describe('the check of the inactive list', () => {
  it('comes after the last list, from the first page', () => {
    expect(stagesOf(walkedOnce)).toEqual(['check inactive']);
    expect(walkedOnce).toMatchObject({
      given: 6,
      inactiveTotal: 2,
      repeated: ['inactive'],
      walks: { inactive: { done: false, lastPass: true, total: 2 } },
    });
  });

  it('ends with one page when nothing has changed', () => {
    expect(stagesOf(over(walkedOnce, [{ fresh: 0, total: 2, more: true }]))).toEqual([]);
  });

  it.each([
    ['a row is new', { fresh: 1, total: 2, more: true }],
    ['the total is another', { fresh: 0, total: 3, more: true }],
    ['the total is smaller', { fresh: 0, total: 1, more: true }],
  ] as const)('becomes a walk of the whole list when %s', (_, page) => {
    const again = over(walkedOnce, [page]);
    expect(stagesOf(again)).toEqual(['again inactive']);
    expect(stagesOf(over(again, [{ fresh: 0, total: page.total, more: true }]))).toEqual(['again inactive']);
  });

  it('becomes a walk of the whole list when users are missing in another list', () => {
    const short = over(startLists(all), [...complete.slice(0, 2), { fresh: 2, total: 3 }]);
    expect(stagesOf(over(short, [{ fresh: 0, total: 2, more: true }]))).toEqual(['again inactive']);
  });

  it('compares with the total of the first walk, not of a later one', () => {
    const again = over(walkedOnce, [{ fresh: 1, total: 3, more: true }]);
    expect(again.inactiveTotal).toBe(2);
  });

  it.each([[['active']], [['inactive']], [['pending']], [['active', 'pending']], [['inactive', 'pending']]])(
    'is left out where nobody can move from active to inactive (%j)',
    (statuses) => {
      const pages = statuses.map(() => ({ fresh: 1, total: 1 }));
      expect(stagesOf(over(startLists(new Set(statuses)), pages))).toEqual([]);
    },
  );

  it('is left out where totals are not to be relied on', () => {
    expect(stagesOf(over(startLists(all), complete, false))).toEqual([]);
  });
});

describe('users who are missing by the totals', () => {
  const check = { fresh: 0, total: 2 };
  const short = [{ fresh: 0, total: 1 }, ...complete.slice(1)];

  it('have the other lists walked once more, each once, in their order', () => {
    const checked = over(startLists(all), [...short, check]);
    expect(stagesOf(checked)).toEqual(['again pending']);
    const pending = over(checked, [{ fresh: 0, total: 1 }]);
    expect(stagesOf(pending)).toEqual(['again active']);
    expect(pending.repeated).toEqual(['inactive', 'pending', 'active']);
    expect(stagesOf(over(pending, [{ fresh: 0, total: 3 }]))).toEqual([]);
  });

  it('are looked for no further once they are found', () => {
    const checked = over(startLists(all), [...short, check]);
    expect(stagesOf(over(checked, [{ fresh: 1, total: 1 }]))).toEqual([]);
  });

  it('are none where a list tells no total', () => {
    const untold = [{ fresh: 0, total: undefined }, ...complete.slice(1)];
    expect(stagesOf(over(startLists(all), [...untold, check]))).toEqual([]);
  });

  it('are not looked for in other lists where there is one list', () => {
    expect(stagesOf(over(startLists(new Set(['active'])), [{ fresh: 0, total: 1 }]))).toEqual([]);
  });

  it('are looked for in two lists as well', () => {
    const lists = startLists(new Set(['pending', 'active']));
    const pages = [
      { fresh: 0, total: 1 },
      { fresh: 1, total: 1 },
    ];
    expect(stagesOf(over(lists, pages))).toEqual(['again pending']);
  });
});

describe('users who were seen', () => {
  const add = (seen: SeenUsers, status: UserStatus, id: string | undefined, email = 'jill@example.com') =>
    seen.add(status, { ...(id !== undefined && { id }), email });
  const [isNew, known] = [
    { newToList: true, newToSearch: true },
    { newToList: false, newToSearch: false },
  ];
  const moved = { newToList: true, newToSearch: false };

  it('are known by their id in the lists that show one', () => {
    const seen = new SeenUsers();
    expect(add(seen, 'inactive', 'a')).toEqual(isNew);
    expect(add(seen, 'inactive', 'a', 'other@example.com')).toEqual(known);
    expect(add(seen, 'active', 'a')).toEqual(moved);
    expect(add(seen, 'active', 'b')).toEqual(isNew);
  });

  it('are known by their address while they are pending, in any spelling', () => {
    const seen = new SeenUsers();
    expect(add(seen, 'pending', undefined)).toEqual(isNew);
    expect(add(seen, 'pending', 'an id', 'JILL@example.com')).toEqual(known);
    expect(add(seen, 'pending', undefined, 'jack@example.com')).toEqual(isNew);
  });

  it('are known again after they have accepted the invitation', () => {
    const seen = new SeenUsers();
    add(seen, 'pending', undefined);
    expect(add(seen, 'active', 'a', 'Jill@example.com')).toEqual(moved);
    expect(add(seen, 'active', 'a')).toEqual(known);
    expect(add(seen, 'active', 'b', 'jack@example.com')).toEqual(isNew);
  });

  it('are known after the state was saved and taken up again', () => {
    const seen = new SeenUsers();
    add(seen, 'pending', undefined);
    const later = new SeenUsers(seen.state());
    expect(add(later, 'active', 'a')).toEqual(moved);
    expect(later.weight).toBeGreaterThan(0);
  });
});
