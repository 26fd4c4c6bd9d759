import { describe, expect, it } from '@jest/globals';
import { FakeAccount, type FakeUser, fakeUser, idOf } from '../../support/fake-account.js';
import { searchingConnector, searchUsers, type SearchSetting } from '../../support/searching.js';

const make = (count: number, status: FakeUser['status'], from: number, more: Partial<FakeUser> = {}) =>
  Array.from({ length: count }, (_, i) => fakeUser(from + i, status, more));

/** Four pending, five inactive and ten active users; Zoom answers three a page. */
const account = () =>
  new FakeAccount([...make(4, 'pending', 0), ...make(5, 'inactive', 10), ...make(10, 'active', 20)]);

async function listed(target: FakeAccount, filter?: unknown, setting: SearchSetting = {}) {
  const { context, objects } = await searchUsers(searchingConnector(target, setting), filter);
  return {
    names: objects.map(({ name }) => name),
    uids: objects.map(({ uid }) => uid),
    trace: context.trace,
  };
}

describe('listing users', () => {
  it('costs the pages of three lists, all but the last twice, one check, and a look-up per pending user', async () => {
    const quiet = account();
    const { names, trace } = await listed(quiet);
    expect(names).toHaveLength(19);
    expect(quiet.count('getUser')).toBe(4);
    expect(quiet.count('listUsers')).toBe(3 + 3 + 7 + 1);
    expect(trace).toMatchObject({
      calls: 18,
      scanned: 19,
      search: { by: 'listing', pushedDown: [], residual: [] },
    });
  });

  it('costs a page for an empty list', async () => {
    const small = new FakeAccount(make(3, 'active', 0));
    expect((await listed(small)).names).toHaveLength(3);
    expect(small.count('listUsers')).toBe(4);
  });

  it('reads details only of rows that can match', async () => {
    const some = account();
    const filter = { and: [{ equals: { TYPE: 2 } }, { equals: { LANGUAGE: 'en-US' } }] };
    some.users = some.users.map((user) => (user.seq === 21 ? { ...user, type: 2 } : user));
    expect((await listed(some, filter)).uids).toEqual([idOf(21)]);
    expect(some.count('getUser')).toBe(1);
  });

  it('asks for one role and the lists that can match', async () => {
    const admins = account();
    admins.users = admins.users.map((user) => (user.seq % 5 === 0 ? { ...user, role_id: '1' } : user));
    const filter = { and: [{ equals: { ROLE_ID: '1' } }, { equals: { __ENABLE__: false } }] };
    const { trace, uids } = await listed(admins, filter);
    expect(uids).toEqual([idOf(10)]);
    expect(admins.calls.map(({ query }) => [query?.['status'], query?.['role_id']])).toEqual([
      ['inactive', '1'],
    ]);
    expect(trace.search).toEqual({ by: 'listing', pushedDown: ['ROLE_ID', '__ENABLE__'], residual: [] });
  });

  it('makes no call when no list can match', async () => {
    const any = account();
    expect((await listed(any, 'STATUS eq "pending" and __ENABLE__ eq false')).names).toEqual([]);
    expect(any.calls).toEqual([]);
  });

  it('reads users by employee id, and lists where such an id cannot stand in a path', async () => {
    const staff = account();
    staff.users = staff.users.map((user) => ({
      ...user,
      employee_unique_id: user.seq === 22 ? 'E 7' : 'me',
    }));
    expect((await listed(staff, { equals: { EMPLOYEE_UNIQUE_ID: 'E 7' } })).uids).toEqual([idOf(22)]);
    expect(staff.calls[0]?.endpoint.id).toBe('getUserByEmployeeId');
    expect((await listed(staff, { equals: { EMPLOYEE_UNIQUE_ID: 'me' } })).names).toHaveLength(18);
    expect((await listed(staff, 'EMPLOYEE_UNIQUE_ID eq "e 7"')).uids).toEqual([idOf(22)]);
    expect(staff.count('getUserByEmployeeId')).toBe(1);
  });

  it('gives nobody when Zoom answers a look-up with somebody else', async () => {
    const odd = account();
    const send = odd.send.bind(odd);
    odd.send = async (call, context) =>
      ['getUser', 'getUserByEmployeeId'].includes(call.endpoint.id) ? odd.userOf(20) : send(call, context);
    expect((await listed(odd, { equals: { EMPLOYEE_UNIQUE_ID: 'E 7' } })).uids).toEqual([]);
    expect((await listed(odd, { equals: { EMAIL: 'jill@example.com' } })).uids).toEqual([]);
  });

  it('fails when there is no active user', async () => {
    const odd = new FakeAccount(make(2, 'inactive', 0));
    await expect(listed(odd)).rejects.toMatchObject({ kind: 'connectorIO' });
    await expect(listed(odd, undefined, { verifyTotals: false })).rejects.toMatchObject({
      kind: 'connectorIO',
    });
    expect((await listed(odd, { equals: { ROLE_ID: '1' } })).names).toEqual([]);
  });

  it('knows a pending user who accepts the invitation under a new id', async () => {
    const accepting = account();
    accepting.events.set(3, [
      (changed) => Object.assign(changed.userOf(0), { status: 'active', id: idOf(0, 'B') }),
    ]);
    const { names } = await listed(accepting);
    expect(names.filter((name) => name === 'User0@example.com')).toHaveLength(1);
    expect(names).toHaveLength(19);
  });

  it('gives pending users the id that a single read tells, or their address', async () => {
    const pending = new FakeAccount([
      fakeUser(0, 'active'),
      fakeUser(1, 'pending'),
      fakeUser(2, 'pending', { pendingId: false }),
    ]);
    expect((await listed(pending)).uids).toEqual([idOf(1), 'user2@example.com', idOf(0)]);
  });

  it('finds who slid past a page that is read again (found by a property test)', async () => {
    const changing = new FakeAccount([fakeUser(0, 'active'), ...make(3, 'pending', 1)]);
    changing.events.set(3, [
      (changed) => void (changed.users = changed.users.filter(({ seq }) => seq !== 2)),
    ]);
    changing.events.set(5, [
      (changed) => void (changed.users = changed.users.filter(({ seq }) => seq !== 1)),
    ]);
    expect((await listed(changing, undefined, { zoomPage: 1 })).names).toContain('User3@example.com');
  });

  it('finds who slid back over the edge of a page and forward again (found by a property test)', async () => {
    const users = [0, 3, 5, 6].map((seq) => fakeUser(seq, 'active'));
    const changing = new FakeAccount([...users, ...[1, 2, 4].map((seq) => fakeUser(seq, 'pending'))]);
    changing.events.set(7, [(changed) => void (changed.userOf(3).status = 'inactive')]);
    changing.events.set(8, [(changed) => void (changed.userOf(1).status = 'active')]);
    expect((await listed(changing)).names).toContain('User6@example.com');
  });
});
