import { describe, expect, it } from '@jest/globals';
import { newTrace, type OperationContext } from '../../../src/connector/context.js';
import type { Call, Target } from '../../../src/connector/object-class/call.js';
import { FakeAccount, fakeUser, idOf } from '../../support/fake-account.js';
import { type SearchSetting, searchingConnector, walkPages } from '../../support/searching.js';
import { flowUntil, pass, untilSteady, useVirtualTime, virtualClock } from '../../support/virtual-time.js';

useVirtualTime();

const userCount = 40;
const details = { attributesToGet: ['LANGUAGE'] };
const usualMs = 10;
const slowMs = 5_000;
/** The user whose single read takes long. */
const slowUid = idOf(2);

const account = (more: Parameters<typeof fakeUser>[2] = {}) =>
  new FakeAccount(Array.from({ length: userCount }, (_, i) => fakeUser(i, 'active', more)));

/** Answers lists at once, and single reads after a while. */
const delaying = (target: FakeAccount, msOf: (call: Call) => number): Target => ({
  send: async (call, within) => {
    const answer = target.send(call, within);
    if (call.endpoint.id === 'getUser') await virtualClock.sleep(msOf(call), within.signal);
    return answer;
  },
});

const oneSlow = (target: FakeAccount): Target =>
  delaying(target, ({ params }) => (params?.['userId'] === slowUid ? slowMs : usualMs));

const context = (): OperationContext => ({
  requestId: 'test',
  signal: new AbortController().signal,
  trace: newTrace(),
});

/** Begins a search and takes its rows as fast as they come. */
function begin(target: Target, options: object, setting: SearchSetting = {}) {
  const uids: string[] = [];
  const reading = (async () => {
    const connector = searchingConnector(target, { zoomPage: 10, ...setting });
    const rows = connector.search({ objectClass: 'ZoomUser', options: { ...options } }, context());
    for await (const { uid } of rows) uids.push(uid);
  })();
  reading.catch(() => undefined);
  return { uids, reading };
}

const inOrder = Array.from({ length: userCount }, (_, i) => idOf(i));

describe('a row that takes long', () => {
  it('is given last by a search without an order', async () => {
    const { reading, uids } = begin(oneSlow(account()), details);
    await pass(slowMs - 1);
    expect(uids).toHaveLength(userCount - 1);
    await pass(1);
    await reading;
    expect(uids.at(-1)).toBe(slowUid);
    expect(new Set(uids).size).toBe(userCount);
  });

  it.each([
    ['sorted', { ...details, sortKeys: [{ field: 'LANGUAGE', ascending: true }] }],
    ['a page', { ...details, pageSize: userCount }],
    ['the rest', { ...details, pagedResultsOffset: 1, pageSize: 0 }],
  ])('lets the others be read before its own answer, and keeps the order (%s)', async (_, options) => {
    const target = account();
    const { reading, uids } = begin(oneSlow(target), options);
    await pass(slowMs - 1);
    expect(target.count('getUser')).toBe(userCount);
    await pass(1);
    await reading;
    expect(uids).toEqual(inOrder);
  });

  it('holds up rows behind it once they take too much memory, if the order matters', async () => {
    // Two bytes a character: sixteen of the rows fill the window.
    const target = account({ language: 'x'.repeat(512 * 1024) });
    const sorted = { ...details, sortKeys: [{ field: 'LANGUAGE', ascending: true }] };
    const { reading } = begin(oneSlow(target), sorted);
    await pass(slowMs - 1);
    const begun = target.count('getUser');
    expect(begun).toBeGreaterThan(16);
    expect(begun).toBeLessThan(25);
    await flowUntil(reading);
    expect(target.count('getUser')).toBe(userCount);
  });

  it('lets pages in order be those of the search', async () => {
    const connector = searchingConnector(oneSlow(account()), { zoomPage: 10 });
    const pages = await flowUntil(
      walkPages(() => connector, undefined, 'cookie', { ...details, pageSize: 15 }),
    );
    expect(pages.flatMap(({ objects }) => objects.map(({ uid }) => uid))).toEqual(inOrder);
  });
});

describe('look-ups of pending users', () => {
  it('run beside the walk of the other lists, and hold nobody up', async () => {
    const target = account();
    target.users = [...target.users, ...Array.from({ length: 12 }, (_, i) => fakeUser(100 + i, 'pending'))];
    const { reading, uids } = begin(
      delaying(target, () => slowMs),
      {},
    );
    await pass(slowMs - 1);
    expect(uids).toEqual(inOrder);
    expect(target.count('getUser')).toBe(4);
    // Two pages of pending users, an empty list, four pages, and the check of the inactive list.
    expect(target.count('listUsers')).toBe(3 + 1 + 7 + 1);
    await flowUntil(reading);
    expect(uids).toHaveLength(userCount + 12);
  });
});

describe('the lists', () => {
  it('are read one after the other, and the last proof of each runs beside the next one', async () => {
    const inactive = Array.from({ length: 12 }, (_, i) => fakeUser(100 + i, 'inactive'));
    const target = new FakeAccount([...account().users, ...inactive]);
    const rounds = new Map<number, string[]>();
    const listing: Target = {
      send: async (call, within) => {
        const round = performance.now() / usualMs;
        const { next_page_token: token = '', status } = call.query ?? {};
        rounds.set(round, [...(rounds.get(round) ?? []), `${String(status)} ${String(token)}`.trim()]);
        await virtualClock.sleep(usualMs, within.signal);
        return target.send(call, within);
      },
    };
    await flowUntil(begin(listing, {}).reading);
    expect([...rounds.values()]).toEqual([
      ['pending'],
      ['inactive'],
      ['inactive 10'],
      ['inactive', 'active'],
      ['active 10'],
      ['active', 'active 20'],
      ['active 10', 'active 30'],
      ['active 20', 'inactive'],
    ]);
  });

  it('are read again from an edge that is not proven, and nobody who moves on is lost', async () => {
    const target = new FakeAccount([
      ...account().users,
      ...Array.from({ length: 12 }, (_, i) => fakeUser(100 + i, 'inactive')),
    ]);
    // One leaves the inactive list while its last edge is proven, beside the first page of active users.
    target.events.set(4, [(changed) => void (changed.userOf(100).status = 'active')]);
    const { reading, uids } = begin(target, {});
    await flowUntil(reading);
    expect(uids.toSorted()).toEqual(target.users.map(({ id }) => id).toSorted());
    expect(target.calls.slice(3, 7).map(({ query }) => query?.['status'])).toEqual([
      'inactive',
      'active',
      'inactive',
      'inactive',
    ]);
  });
});

describe('the list', () => {
  it('is read to its end while the single reads of its first rows are under way', async () => {
    const target = account();
    begin(
      delaying(target, () => slowMs),
      details,
    );
    await untilSteady(() => target.calls.length);
    const { length } = target.calls.filter(({ endpoint }) => endpoint.id === 'listUsers');
    // Two empty lists, four pages, three of them twice, and the check of the inactive list.
    expect(length).toBe(2 + 7 + 1);
    expect(target.count('getUser')).toBe(4);
  });

  it('is not read further while the rows that wait take too much memory', async () => {
    const target = account({ dept: 'x'.repeat(1024 * 1024) });
    const { reading, uids } = begin(
      delaying(target, () => slowMs),
      details,
    );
    await untilSteady(() => target.calls.length);
    // Eight rows that wait are enough, and the first page has ten.
    expect(target.calls.filter(({ query }) => query?.['next_page_token'] !== undefined)).toHaveLength(1);
    await flowUntil(reading);
    expect(uids.toSorted()).toEqual(inOrder);
  });

  it('is read one page ahead of its reader where it suffices', async () => {
    const target = account();
    const rows = searchingConnector(target, { zoomPage: 10 }).search({ objectClass: 'ZoomUser' }, context());
    await rows.next();
    await untilSteady(() => target.calls.length);
    // Two empty lists, and two pages.
    expect(target.calls).toHaveLength(4);
    await rows.return({ pagedResultsCookie: null, remainingPagedResults: -1, allResultsReturned: true });
  });
});
