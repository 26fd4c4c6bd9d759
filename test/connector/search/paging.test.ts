import { describe, expect, it } from '@jest/globals';
import { maxHeldRows } from '../../../src/connector/search/paged-search.js';
import { FakeAccount, fakeUser, idOf } from '../../support/fake-account.js';
import { forgetful, searchingConnector, searchUsers, walkPages } from '../../support/searching.js';

const account = (active = 20, inactive = 3, pending = 2) =>
  new FakeAccount([
    ...Array.from({ length: active }, (_, i) => fakeUser(i, 'active')),
    ...Array.from({ length: inactive }, (_, i) => fakeUser(1000 + i, 'inactive')),
    ...Array.from({ length: pending }, (_, i) => fakeUser(2000 + i, 'pending')),
  ]);

const firstPage = (target: FakeAccount, filter?: unknown, pageSize = 4) => {
  const connector = searchingConnector(target);
  return searchUsers(connector, filter, { pageSize }).then((page) => ({ connector, page }));
};

describe('paging', () => {
  it('counts what follows, and ends with the last full page', async () => {
    const pages = await walkPages(() => searchingConnector(account()), undefined, 'cookie', { pageSize: 5 });
    expect(pages.map(({ remainingPagedResults }) => remainingPagedResults)).toEqual([20, 15, 10, 5, 0]);
  });

  it('counts under a filter on the status or the role, and says -1 otherwise', async () => {
    const { page: byStatus } = await firstPage(account(), 'STATUS eq "active"');
    expect(byStatus.remainingPagedResults).toBe(16);
    const { page: byRole } = await firstPage(account(), { equals: { ROLE_ID: '2' } });
    expect(byRole.remainingPagedResults).toBe(21);
    const { page: byType } = await firstPage(account(), { equals: { TYPE: 1 } });
    expect(byType.remainingPagedResults).toBe(-1);
  });

  it.each(['cookie', 'offset'] as const)('by %s costs what the unpaged search does', async (style) => {
    const target = account(200, 30, 20);
    const connector = searchingConnector(target, {
      zoomPage: 30,
      settings: { deepGet: true, deepImport: true },
    });
    const all = await searchUsers(connector, undefined);
    const unpaged = target.calls.length;
    await walkPages(() => connector, undefined, style, { pageSize: 10 });
    const paged = target.calls.length - unpaged;
    // Two totals, and a phone profile for each row of the first page, of which the pending ones have none.
    expect(paged).toBeLessThanOrEqual(unpaged + 2 + 10);
    expect(all.objects).toHaveLength(250);
  });

  it('reads a first page without listing all phone users', async () => {
    const target = account(20, 0, 0);
    const connector = searchingConnector(target, { settings: { deepGet: true } });
    const page = await searchUsers(connector, undefined, { pageSize: 4 });
    expect([target.count('getPhoneUser'), target.count('listPhoneUsers')]).toEqual([4, 0]);
    await searchUsers(connector, undefined, { pageSize: 4, pagedResultsCookie: page.pagedResultsCookie });
    expect([target.count('getPhoneUser'), target.count('listPhoneUsers')]).toEqual([4, 1]);
  });

  it('gives the same page again without a call', async () => {
    const target = account();
    const { connector, page } = await firstPage(target);
    const next = { pageSize: 4, pagedResultsCookie: page.pagedResultsCookie };
    const second = await searchUsers(connector, undefined, next);
    const calls = target.calls.length;
    expect((await searchUsers(connector, undefined, next)).objects).toEqual(second.objects);
    expect(target.calls).toHaveLength(calls);
  });

  it('counts what follows a part of a page that is asked for again', async () => {
    const { connector, page } = await firstPage(account(), undefined, 10);
    const from = { pagedResultsCookie: page.pagedResultsCookie };
    await searchUsers(connector, undefined, { ...from, pageSize: 10 });
    const part = await searchUsers(connector, undefined, { ...from, pageSize: 3 });
    expect([part.objects.length, part.remainingPagedResults]).toEqual([3, 25 - 10 - 3]);
  });

  it('gives a page larger than what is held in memory, in any way', async () => {
    const target = account(2 * maxHeldRows + 1000, 0, 0);
    const connector = searchingConnector(target, { zoomPage: 2000 });
    const pageSize = 2 * maxHeldRows + 10;
    const [first, last, ...others] = await walkPages(() => connector, undefined, 'cookie', { pageSize });
    expect(others).toEqual([]);
    expect([first?.objects.length, first?.remainingPagedResults]).toEqual([pageSize, 990]);
    const uids = [...(first?.objects ?? []), ...(last?.objects ?? [])].map(({ uid }) => uid);
    expect(uids).toEqual(target.users.map(({ id }) => id));
    const again = await searchUsers(connector, undefined, { pageSize, pagedResultsOffset: 2 });
    expect(again.objects.map(({ uid }) => uid)).toEqual(uids.slice(1, pageSize + 1));
    expect(again.remainingPagedResults).toBe(989);
  });

  it('lists all phone users for a first page that is no glance', async () => {
    const target = account(150, 0, 0);
    const connector = searchingConnector(target, { zoomPage: 30, settings: { deepGet: true } });
    await searchUsers(connector, undefined, { pageSize: 101 });
    expect([target.count('getPhoneUser'), target.count('listPhoneUsers')]).toEqual([0, 1]);
  });

  it('goes on where a page failed', async () => {
    const target = account(40, 0, 0);
    const { connector, page } = await firstPage(target, undefined, 10);
    const failAt = target.calls.length + 2;
    target.events.set(failAt, [
      () => {
        throw new Error('outage');
      },
    ]);
    const next = { pageSize: 10, pagedResultsCookie: page.pagedResultsCookie };
    await expect(searchUsers(connector, undefined, next)).rejects.toThrow('outage');
    const { objects } = await searchUsers(connector, undefined, next);
    expect(objects.map(({ uid }) => uid)).toEqual(Array.from({ length: 10 }, (_, i) => idOf(10 + i)));
    expect(target.calls.length - failAt).toBeLessThanOrEqual(5);
  });

  it('gives all rows again when the account changed and the context is lost', async () => {
    const target = account(6, 0, 0);
    const connector = searchingConnector(target, { contexts: forgetful });
    const page = await searchUsers(connector, undefined, { pageSize: 3 });
    target.users = target.users.filter(({ seq }) => seq !== 1);
    const next = { pageSize: 3, pagedResultsCookie: page.pagedResultsCookie };
    const { objects } = await searchUsers(connector, undefined, next);
    expect(objects.map(({ uid }) => uid)).toEqual([idOf(0), idOf(2), idOf(3)]);
  });

  it('gives the rest from an offset or a cookie without a size, and nothing beyond the end', async () => {
    const { connector, page } = await firstPage(account(6, 0, 0));
    const byOffset = await searchUsers(connector, undefined, { pagedResultsOffset: 5 });
    const byCookie = await searchUsers(connector, undefined, {
      pagedResultsCookie: page.pagedResultsCookie,
      pageSize: 0,
    });
    expect(byOffset.objects.map(({ uid }) => uid)).toEqual([idOf(4), idOf(5)]);
    expect(byCookie.objects).toEqual(byOffset.objects);
    const beyond = await searchUsers(connector, undefined, { pagedResultsOffset: 50, pageSize: 4 });
    expect(beyond).toMatchObject({ objects: [], pagedResultsCookie: null, remainingPagedResults: 0 });
  });

  it('keeps the walks of different callers apart', async () => {
    const target = account(30, 0, 0);
    const connector = searchingConnector(target);
    const page = (offset: number, caller: string) =>
      searchUsers(connector, undefined, { pageSize: 6, pagedResultsOffset: offset }, caller);
    await page(1, 'midpoint');
    const calls = target.calls.length;
    await page(7, 'somebody else');
    const fromTheStart = target.calls.length - calls;
    await page(7, 'midpoint');
    expect(target.calls.length - calls - fromTheStart).toBeLessThan(fromTheStart);
  });

  describe('refuses a cookie', () => {
    const filter = { equals: { TYPE: 1 } };

    it('that was changed, or is none', async () => {
      const { connector, page } = await firstPage(account(), filter);
      const cookie = page.pagedResultsCookie ?? '';
      const flipped = `${cookie.startsWith('A') ? 'B' : 'A'}${cookie.slice(1)}`;
      for (const broken of [flipped, `${cookie}.x`, cookie.slice(0, -1), 'x', '.', 'ü.ü']) {
        const search = searchUsers(connector, filter, { pageSize: 4, pagedResultsCookie: broken });
        await expect(search).rejects.toMatchObject({ kind: 'illegalArgument' });
      }
    });

    it.each<[string, unknown, object]>([
      ['filter', { equals: { TYPE: 2 } }, {}],
      ['set of attributes', filter, { attributesToGet: ['EMAIL'] }],
      ['order', filter, { sortKeys: [{ field: 'EMAIL', ascending: true }] }],
    ])('of a search with another %s', async (_, other, options) => {
      const { connector, page } = await firstPage(account(), filter);
      const search = searchUsers(connector, other, {
        ...options,
        pageSize: 4,
        pagedResultsCookie: page.pagedResultsCookie,
      });
      await expect(search).rejects.toMatchObject({ kind: 'illegalArgument' });
    });

    it('of another account', async () => {
      const { page } = await firstPage(account());
      const other = searchingConnector(account(), { cookieKey: new Uint8Array(32).fill(1) });
      const search = searchUsers(other, undefined, {
        pageSize: 4,
        pagedResultsCookie: page.pagedResultsCookie,
      });
      await expect(search).rejects.toMatchObject({ kind: 'illegalArgument' });
    });
  });

  it('accepts a cookie when the same attributes are named in another way', async () => {
    const connector = searchingConnector(account());
    const named = (attributesToGet: readonly string[], more = {}) =>
      searchUsers(connector, undefined, { attributesToGet, pageSize: 4, ...more });
    const { pagedResultsCookie } = await named(['DEPT', 'TYPE']);
    const next = await named(['type', 'dept', 'TYPE'], { pagedResultsCookie });
    expect(next.objects).toHaveLength(4);
  });

  it('accepts a cookie with another page size, and after a restart', async () => {
    const { page } = await firstPage(account());
    const next = { pageSize: 100, pagedResultsCookie: page.pagedResultsCookie };
    const rest = await searchUsers(searchingConnector(account()), undefined, next);
    const all = await searchUsers(searchingConnector(account()), undefined);
    expect([...page.objects, ...rest.objects]).toEqual(all.objects);
  });
});
