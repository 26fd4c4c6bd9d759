import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertProperty } from '../../support/assert-property.js';
import { FakeAccount, fakeUser } from '../../support/fake-account.js';
import { anyStyle, anyUsers } from '../../support/search-arbitraries.js';
import { forgetful, searchingConnector, searchUsers, walkPages } from '../../support/searching.js';

const account = () =>
  new FakeAccount([
    fakeUser(1, 'active', { dept: 'Sales', type: 2, last_login_time: '2026-05-01T00:00:00Z' }),
    fakeUser(2, 'active', { dept: 'IT', type: 1 }),
    fakeUser(3, 'inactive', { dept: '', type: 2, last_login_time: '2026-05-01T01:00:00+02:00' }),
    fakeUser(4, 'active', { dept: 'Sales', type: 1, last_login_time: '2025-01-01T00:00:00Z' }),
  ]);

async function sorted(...keys: readonly (readonly [string, boolean?])[]): Promise<string> {
  const sortKeys = keys.map(([field, ascending = true]) => ({ field, ascending }));
  const { objects } = await searchUsers(searchingConnector(account()), undefined, { sortKeys });
  return objects.map(({ name }) => name.slice(4, 5)).join('');
}

describe('sorting', () => {
  it('puts objects without a value last, and first in descending order', async () => {
    expect(await sorted(['DEPT'], ['EMAIL'])).toBe('2143');
    expect(await sorted(['DEPT', false], ['EMAIL'])).toBe('3142');
  });

  it('keeps the order of the listing where keys are equal', async () => {
    expect(await sorted(['TYPE'])).toBe('2431');
  });

  it('sorts points in time as such, and attributes that are not returned', async () => {
    const options = { sortKeys: [{ field: 'LAST_LOGIN_TIME' }], attributesToGet: ['TYPE'] };
    const { objects } = await searchUsers(searchingConnector(account()), undefined, options);
    expect(objects.map(({ name }) => name.slice(4, 5)).join('')).toBe('4312');
    expect(Object.keys(objects[0]?.attributes ?? {})).toEqual(['TYPE']);
  });

  it('sorts what is found by look-ups', async () => {
    const filter = 'EMAIL eq "user1@example.com" or EMAIL eq "user4@example.com"';
    const options = { sortKeys: [{ field: 'TYPE' }] };
    const { objects } = await searchUsers(searchingConnector(account()), filter, options);
    expect(objects.map(({ name }) => name)).toEqual(['User4@example.com', 'User1@example.com']);
  });

  it('refuses more rows than the configuration allows, naming the setting', async () => {
    const connector = searchingConnector(account(), { settings: { maxSortedResults: 3 } });
    const search = searchUsers(connector, undefined, { sortKeys: [{ field: 'EMAIL' }] });
    await expect(search).rejects.toMatchObject({
      kind: 'unsupported',
      details: { hint: expect.stringContaining('results.maxSortedResults') as unknown },
    });
    const few = await searchUsers(connector, 'STATUS eq "active"', { sortKeys: [{ field: 'EMAIL' }] });
    expect(few.objects).toHaveLength(3);
  });

  it('refuses them before it reads their details, where Zoom counts them', async () => {
    const target = account();
    const connector = searchingConnector(target, { settings: { maxSortedResults: 3 } });
    const options = { sortKeys: [{ field: 'EMAIL' }], attributesToGet: ['LANGUAGE'] };
    const search = searchUsers(connector, undefined, options);
    await expect(search).rejects.toMatchObject({ kind: 'unsupported' });
    expect([target.count('listUsers'), target.count('getUser')]).toEqual([3, 0]);
  });

  it.each(['GROUP_IDS', 'PASSWORD'])('refuses %s, by which objects have no order', async (field) => {
    const search = searchUsers(searchingConnector(account()), undefined, { sortKeys: [{ field }] });
    await expect(search).rejects.toMatchObject({ kind: 'illegalArgument' });
  });

  it('is the same in pages, with and without contexts, and counts them', async () => {
    const keys = fc.uniqueArray(
      fc.record({
        field: fc.constantFrom('DEPT', 'TYPE', 'EMAIL', 'LAST_LOGIN_TIME'),
        ascending: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3, selector: ({ field }) => field },
    );
    const size = fc.integer({ min: 1, max: 6 });
    await assertProperty(
      fc.asyncProperty(
        anyUsers(),
        keys,
        size,
        anyStyle,
        fc.boolean(),
        async (users, sortKeys, pageSize, style, forgets) => {
          const connector = searchingConnector(
            new FakeAccount(users),
            forgets ? { contexts: forgetful } : {},
          );
          const { objects } = await searchUsers(connector, undefined, { sortKeys });
          const pages = await walkPages(() => connector, undefined, style, { pageSize, sortKeys });
          expect(pages.flatMap((page) => page.objects)).toEqual(objects);
          expect(pages[0]?.remainingPagedResults).toBe(Math.max(0, objects.length - pageSize));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads everything once for all pages', async () => {
    const target = account();
    const connector = searchingConnector(target);
    await walkPages(() => connector, undefined, 'offset', { pageSize: 1, sortKeys: [{ field: 'EMAIL' }] });
    expect(target.calls).toHaveLength(4);
  });
});
