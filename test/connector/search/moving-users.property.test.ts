import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConnectorObject } from '../../../src/connector/connector.js';
import type { UserStatus } from '../../../src/zoom/user/user-view.js';
import type { Target } from '../../../src/connector/object-class/call.js';
import { assertProperty } from '../../support/assert-property.js';
import { FakeAccount, type FakeUser, fakeUser, idOf } from '../../support/fake-account.js';
import { anyTurns, overtaking } from '../../support/overtaking.js';
import { anyStyle } from '../../support/search-arbitraries.js';
import { forgetful, searchingConnector, searchUsers, walkPages } from '../../support/searching.js';

/** A user who moves once, before a call of some number. */
interface Move {
  readonly seq: number;
  readonly call: number;
  /** An accepted invitation may give the user a new id. */
  readonly newId: boolean;
}

const statuses = fc.array(fc.constantFrom<UserStatus>('pending', 'inactive', 'active'), { maxLength: 20 });
const moves = fc.uniqueArray(
  fc.record({
    seq: fc.integer({ min: 1, max: 20 }),
    call: fc.integer({ min: 1, max: 25 }),
    newId: fc.boolean(),
  }),
  { maxLength: 6, selector: ({ seq }) => seq },
);

const zoomPages = fc.integer({ min: 1, max: 5 });

const accountOf = (list: readonly UserStatus[]): FakeAccount =>
  new FakeAccount(
    ['active' as const, ...list].map((status, seq) => fakeUser(seq, status, { pendingId: seq % 2 === 0 })),
  );

function move(user: FakeUser | undefined, newId: boolean): void {
  if (user === undefined) return;
  if (user.status === 'pending' && newId) user.id = idOf(user.seq, 'B');
  user.status = user.status === 'active' ? 'inactive' : 'active';
}

/** Lets users move while the next calls are made. */
function script(
  account: FakeAccount,
  list: readonly Move[],
  only: (user: FakeUser) => boolean = () => true,
): void {
  const made = account.calls.length;
  for (const { call, newId, seq } of list) {
    const user = account.users.find((candidate) => candidate.seq === seq);
    if (user === undefined || !only(user)) continue;
    const events = account.events.get(made + call) ?? [];
    account.events.set(made + call, [...events, () => move(user, newId)]);
  }
}

/** The addresses that a search gives; `undefined` when it fails because the lists changed too fast for their pages. */
async function namesUnlessTooFast(target: Target, zoomPage: number): Promise<string[] | undefined> {
  try {
    return names((await searchUsers(searchingConnector(target, { zoomPage }), undefined)).objects);
  } catch (thrown) {
    const message: unknown = expect.stringMatching(/faster|without a new row/);
    expect(thrown).toMatchObject({ kind: 'connectorIO', message });
    return undefined;
  }
}

const names = (objects: readonly ConnectorObject[]) => objects.map(({ name }) => name).sort();
const everybody = (account: FakeAccount) => account.users.map(({ email }) => email).sort();

describe('users who move between the lists while they are read', () => {
  it('are given once each when the inactive list fits a page, whoever moves when', async () => {
    await assertProperty(
      fc.asyncProperty(statuses, moves, anyTurns, async (list, moving, turns) => {
        const account = accountOf(list);
        script(account, moving);
        const connector = searchingConnector(overtaking(account, turns), { zoomPage: 30 });
        const { objects } = await searchUsers(connector, undefined);
        expect(names(objects)).toEqual(everybody(account));
      }),
      { numRuns: 250 },
    );
  });

  it.each([
    ['who leave the active list', (user: FakeUser) => user.status !== 'inactive'],
    ['who join the active list', (user: FakeUser) => user.status !== 'active'],
  ])('are given once each with pages of any size, or the search fails: users %s', async (_, only) => {
    await assertProperty(
      fc.asyncProperty(statuses, moves, zoomPages, anyTurns, async (list, moving, zoomPage, turns) => {
        const account = accountOf(list);
        script(account, moving, only);
        const given = await namesUnlessTooFast(overtaking(account, turns), zoomPage);
        // Only pages as small as what slides between two calls prove nothing.
        if (given === undefined) expect(zoomPage).toBeLessThan(3);
        else expect(given).toEqual(everybody(account));
      }),
      { numRuns: 250 },
    );
  });

  it('are given in pages, too', async () => {
    const paging = fc.record({
      pageSize: fc.integer({ min: 1, max: 6 }),
      zoomPage: fc.constantFrom(4, 30),
      style: anyStyle,
    });
    await assertProperty(
      fc.asyncProperty(statuses, moves, paging, async (list, moving, { pageSize, style, zoomPage }) => {
        const account = accountOf(list);
        const connector = searchingConnector(account, { zoomPage });
        script(account, moving, (user) => zoomPage === 30 || user.status !== 'inactive');
        const pages = await walkPages(() => connector, undefined, style, { pageSize });
        expect(names(pages.flatMap(({ objects }) => objects))).toEqual(everybody(account));
      }),
      { numRuns: 250 },
    );
  });

  it('are never missing from pages by cookie when contexts are lost', async () => {
    await assertProperty(
      fc.asyncProperty(statuses, moves, fc.infiniteStream(fc.boolean()), async (list, moving, losses) => {
        const account = accountOf(list);
        const keeping = searchingConnector(account, { zoomPage: 30 });
        const losing = searchingConnector(account, { zoomPage: 30, contexts: forgetful });
        script(account, moving);
        const walk = await walkPages(
          () => (losses.next().value === true ? losing : keeping),
          undefined,
          'cookie',
          {
            pageSize: 3,
          },
        );
        const given = new Set(walk.flatMap(({ objects }) => objects.map(({ name }) => name)));
        expect([...given].sort()).toEqual(everybody(account));
      }),
      { numRuns: 250 },
    );
  });

  it('do not matter to the others when some are deleted', async () => {
    await assertProperty(
      fc.asyncProperty(statuses, moves, fc.integer({ min: 1, max: 5 }), async (list, gone, zoomPage) => {
        const account = accountOf(list);
        for (const { call, seq } of gone) {
          const remove = (changed: FakeAccount) => {
            changed.users = changed.users.filter((user) => user.seq !== seq);
          };
          account.events.set(call, [...(account.events.get(call) ?? []), remove]);
        }
        const given = await namesUnlessTooFast(account, zoomPage);
        if (given === undefined) return;
        expect(new Set(given).size).toBe(given.length);
        expect(given).toEqual(expect.arrayContaining(everybody(account)));
      }),
      { numRuns: 250 },
    );
  });

  it('and page tokens that are refused at any time lose nobody', async () => {
    const refused = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 6 });
    await assertProperty(
      fc.asyncProperty(statuses, refused, fc.integer({ min: 1, max: 5 }), async (list, calls, zoomPage) => {
        const account = accountOf(list);
        for (const call of calls) account.refusedTokens.add(call);
        const search = searchUsers(searchingConnector(account, { zoomPage }), undefined);
        // Refused four times in a row the listing fails; it never becomes a short one.
        const given = await search.then(
          ({ objects }) => names(objects),
          (error: unknown) => (error as { kind: string }).kind,
        );
        expect([everybody(account), 'invalidAttributeValue']).toContainEqual(given);
      }),
      { numRuns: 250 },
    );
  });
});
