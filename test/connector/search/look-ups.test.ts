import { describe, expect, it } from '@jest/globals';
import { FakeAccount, fakeUser, idOf } from '../../support/fake-account.js';
import { searchingConnector, searchUsers } from '../../support/searching.js';

const account = () =>
  new FakeAccount([
    ...Array.from({ length: 4 }, (_, i) => fakeUser(i, 'active')),
    ...Array.from({ length: 5 }, (_, i) => fakeUser(10 + i, 'pending')),
  ]);

const anyOf = (...emails: readonly string[]) => ({
  or: emails.map((value) => ({ equals: { EMAIL: value } })),
});

const found = async (target: FakeAccount, filter: unknown) => {
  const { objects } = await searchUsers(searchingConnector(target, { zoomPage: 2 }), filter);
  return objects.map(({ uid }) => uid);
};

describe('single reads that answer a filter', () => {
  it('give a user once who is looked up in several ways', async () => {
    const filter = {
      or: [...anyOf('user1@example.com', 'USER1@example.com').or, { equals: { USER_ID: idOf(1) } }],
    };
    expect(await found(account(), filter)).toEqual([idOf(1)]);
  });

  it('of addresses nobody has look through the pending list once for all of them', async () => {
    const target = account();
    const nobody = Array.from({ length: 20 }, (_, i) => `nobody${i}@example.com`);
    expect(await found(target, anyOf(...nobody, 'user2@example.com'))).toEqual([idOf(2)]);
    expect([target.count('getUser'), target.count('listUsers')]).toEqual([21, 5]);
  });

  it('look through it for each search anew', async () => {
    const target = account();
    const connector = searchingConnector(target, { zoomPage: 2 });
    const search = () => searchUsers(connector, anyOf('user20@example.com', 'user21@example.com'));
    expect((await search()).objects).toEqual([]);
    target.users = [...target.users, fakeUser(21, 'pending')];
    expect((await search()).objects.map(({ name }) => name)).toEqual(['User21@example.com']);
  });

  it('are those of the part of a conjunction that takes the fewest', async () => {
    const target = account();
    const many = anyOf(...Array.from({ length: 60 }, (_, i) => `user${i}@example.com`));
    expect(await found(target, { and: [many, { equals: { USER_ID: idOf(3) } }] })).toEqual([idOf(3)]);
    expect([target.count('getUser'), target.count('listUsers')]).toEqual([1, 0]);
  });
});
