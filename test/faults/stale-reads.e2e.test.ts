import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Group, User } from '../../src/simulator/state/records.js';
import { systemClock } from '../../src/zoom/kit/clock.js';
import { startService, type TestService } from '../support/service.js';
import { FaultFixture } from './fault-fixture.js';
import { replace } from '../support/deltas.js';

const userRead = { method: 'GET', path: '/users/{userId}' };

let service: TestService;
let user: User;
let group: Group;
let later = 0;

beforeEach(async () => {
  later = 0;
  service = await startService(
    { custom: { deactivateOnDelete: false }, simulator: { phoneUsers: 0 } },
    { client: { clock: { ...systemClock, monotonic: () => later } } },
  );
  const fixture = new FaultFixture(service.simulator);
  user = fixture.user();
  group = fixture.group();
  service.simulator.state.users.change(user, { dept: 'Before', first_name: 'Old' });
});

const attributesToGet = ['DEPT', 'STATUS', '__ENABLE__', 'GROUP_IDS'];

async function update(...deltas: readonly object[]): Promise<number> {
  const body = { objectClass: 'ZoomUser', uid: user.id, deltas };
  return (await service.post('update-delta', body)).status;
}

async function get(): Promise<unknown> {
  const options = { attributesToGet };
  return (await service.post('get', { objectClass: 'ZoomUser', uid: user.id, options })).body as unknown;
}

/** From now on Zoom answers the user as it is now. */
function freezeReads(): void {
  const body = {
    ...{ id: user.id, email: user.email, status: user.status, type: 1, role_id: '2' },
    ...{ first_name: user.first_name, dept: user.dept, group_ids: user.groups.map(({ id }) => id) },
  };
  service.simulator.faults.add({ match: userRead, action: { kind: 'status', status: 200, body } });
}

describe('a read that does not know of a write yet', () => {
  it('is put right in a get and in a search for the object', async () => {
    const before = user.email;
    freezeReads();
    const [dept, name] = [replace('DEPT', 'After'), replace('__NAME__', 'after@example.com')];
    expect(await update(dept, name, replace('GROUP_IDS', group.id))).toBe(200);
    expect(await get()).toMatchObject({
      name: 'after@example.com',
      attributes: { DEPT: 'After', STATUS: 'active', GROUP_IDS: [group.id] },
    });
    const search = async (address: string) => {
      const filter = { equals: { EMAIL: address } };
      const answer = await service.post('search', { objectClass: 'ZoomUser', filter });
      return (answer.body as { results: { uid: string }[] }).results.map(({ uid }) => uid);
    };
    expect(await search('after@example.com')).toEqual([user.id]);
    expect(await search(before)).toEqual([]);
  });

  it('does not make the way back a change of nothing', async () => {
    freezeReads();
    await update(replace('DEPT', 'After'), replace('GROUP_IDS', group.id));
    expect(await update(replace('DEPT', 'Before'), replace('GROUP_IDS'))).toBe(200);
    expect(user.dept).toBe('Before');
    expect(user.groups).toEqual([]);
  });

  it('does not hide that the user is active again, or inactive', async () => {
    freezeReads();
    expect(await update(replace('__ENABLE__', false))).toBe(200);
    expect(await update(replace('DEPT', 'Never'))).toBe(412);
    expect(await get()).toMatchObject({ attributes: { STATUS: 'inactive', __ENABLE__: false } });
    expect(await update(replace('__ENABLE__', true), replace('DEPT', 'After'))).toBe(200);
    expect(user).toMatchObject({ status: 'active', dept: 'After' });
  });

  it('does not bring a deleted user back', async () => {
    freezeReads();
    const target = { objectClass: 'ZoomUser', uid: user.id };
    expect((await service.post('delete', target)).status).toBe(204);
    for (const operation of ['get', 'delete']) {
      expect((await service.post(operation, target)).body).toMatchObject({
        exception: 'UnknownUidException',
      });
    }
  });
});

describe('what was written', () => {
  it('counts for ten seconds, and never in listings', async () => {
    await update(replace('DEPT', 'Ours'));
    service.simulator.state.users.change(user, { dept: 'Theirs' });
    expect(await get()).toMatchObject({ attributes: { DEPT: 'Ours' } });
    const filter = { equals: { DEPT: 'Theirs' } };
    const listing = await service.post('search', { objectClass: 'ZoomUser', filter });
    expect(listing.body).toMatchObject({ results: [{ uid: user.id, attributes: { DEPT: 'Theirs' } }] });
    later = 10_000;
    expect(await get()).toMatchObject({ attributes: { DEPT: 'Theirs' } });
  });

  it('does not count when nobody knows whether it was', async () => {
    await update(replace('DEPT', 'First'));
    const match = { method: 'PATCH', path: '/users/{userId}' };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 400, body: { code: 300 } } });
    expect(await update(replace('DEPT', 'Second'))).toBe(400);
    service.simulator.state.users.change(user, { dept: 'Theirs' });
    expect(await get()).toMatchObject({ attributes: { DEPT: 'Theirs' } });
  });

  it('is not what a dry run would write', async () => {
    const deltas = [replace('DEPT', 'Planned')];
    const body = { objectClass: 'ZoomUser', uid: user.id, deltas };
    expect((await service.post('update-delta?dryRun=true', body)).status).toBe(200);
    expect(await get()).toMatchObject({ attributes: { DEPT: 'Before' } });
  });

  it('shows on both sides of a membership', async () => {
    await update(replace('GROUP_IDS', group.id));
    const target = { objectClass: 'ZoomGroup', uid: group.id };
    await service.post('update-delta', {
      ...target,
      deltas: [{ name: 'MEMBER_IDS', valuesToRemove: [user.id] }],
    });
    expect(await get()).toMatchObject({ attributes: { GROUP_IDS: [] } });
    const options = { attributesToGet: ['MEMBER_IDS'] };
    const read = await service.post('get', { ...target, options });
    expect(read.body).toMatchObject({ attributes: { MEMBER_IDS: [] } });
  });
});
