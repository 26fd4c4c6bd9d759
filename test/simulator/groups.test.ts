import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group, User } from '../../src/simulator/state/records.js';
import { type Harness, rows, startHarness } from './harness.js';

describe('Groups', () => {
  let harness: Harness;
  let group: Group;
  let loner: User;
  beforeEach(async () => {
    harness = await startHarness();
    [group] = harness.sim.state.groups.all() as [Group];
    [loner] = harness.sim.state.users.list('active').filter((user) => user.groups.length === 0) as [User];
  });
  afterEach(() => harness.stop());

  it('are listed in pages and read', async () => {
    const { body } = await harness.call('GET /groups?page_size=2');
    expect(body).toMatchObject({ total_records: 5, groups: [{ id: group.id, name: 'Engineering' }, {}] });
    const { body: last } = await harness.call(`GET /groups?page_size=4`);
    expect(last['next_page_token']).not.toBe('');
    expect((await harness.call('GET /groups/unknown')).body).toEqual({
      code: 4130,
      message: 'A group with this unknown does not exist.',
    });
  });

  it('are created, renamed and deleted, with unique names', async () => {
    const { status, body } = await harness.call('POST /groups', { name: 'New' });
    expect([status, body['total_members']]).toEqual([201, 0]);
    const duplicate = await harness.call('POST /groups', { name: 'new' });
    expect([duplicate.status, duplicate.body]).toEqual([
      412,
      { code: 4132, message: 'The group name "new" is already in use.' },
    ]);
    const path = `/groups/${String(body['id'])}`;
    expect((await harness.call(`PATCH ${path}`, { name: 'Engineering' })).body['code']).toBe(4132);
    expect((await harness.call(`PATCH ${path}`, { name: 'Newer' })).status).toBe(204);
    expect((await harness.call(`DELETE ${path}`)).status).toBe(204);
    expect((await harness.call('POST /groups', { name: '' })).body['code']).toBe(300);
  });

  it('take members by id or address and answer ids as one string', async () => {
    const path = `/groups/${group.id}/members`;
    const members = [{ id: loner.id, email: 'owner@example.com' }, { email: 'nobody@example.com' }];
    const { status, body } = await harness.call(`POST ${path}`, { members });
    expect([status, body['ids']]).toEqual([201, loner.id]);
    expect(loner.groups).toEqual([group]);
    const list = await harness.call(`GET ${path}?page_size=2000`);
    expect(rows(list, 'members').map((member) => member['id'])).toContain(loner.id);
    expect((await harness.call(`DELETE ${path}/${loner.id}`)).status).toBe(204);
    expect((await harness.call(`DELETE ${path}/${loner.id}`)).body['code']).toBe(4131);
    const many = Array.from({ length: 31 }, () => ({ id: loner.id }));
    expect((await harness.call(`POST ${path}`, { members: many })).body['code']).toBe(300);
  });

  it('silently leave pending users out, or refuse them', async () => {
    const [pending] = harness.sim.state.users.list('pending') as [User];
    const add = { members: [{ id: pending.id }] };
    expect((await harness.call(`POST /groups/${group.id}/members`, add)).status).toBe(201);
    expect(pending.groups).toEqual([]);
    harness.sim.setOptions({ pendingWrites: 'refuse' });
    expect((await harness.call(`POST /groups/${group.id}/members`, add)).status).toBe(404);
  });

  it('can be made primary and left for another one', async () => {
    const [, second, third] = harness.sim.state.groups.all() as [Group, Group, Group];
    for (const each of [group, second]) harness.sim.state.groups.join(each, loner);
    const member = (from: Group): string => `PATCH /groups/${from.id}/members/${loner.id}`;
    await harness.call(member(group), { action: 'set_primary', target_group_id: second.id });
    expect(loner.groups).toEqual([second, group]);
    await harness.call(member(group), { action: 'move', target_group_id: third.id });
    expect(loner.groups).toEqual([second, third]);
    expect((await harness.call(member(second), { action: 'move' })).body['message']).toBe(
      'The target_group_id can not be empty.',
    );
  });

  it('have administrators without ids', async () => {
    const path = `/groups/${group.id}/admins`;
    expect((await harness.call(`GET ${path}`)).body['admins']).toHaveLength(2);
    expect((await harness.call(`POST ${path}`, { admins: [{ email: loner.email }] })).body['ids']).toBe(
      loner.id,
    );
    expect((await harness.call(`DELETE ${path}/${loner.id}`)).status).toBe(204);
    expect((await harness.call(`DELETE ${path}/${loner.id}`)).body['code']).toBe(4138);
  });

  it('need a paid account', async () => {
    harness.sim.setOptions({ plan: 'free' });
    expect((await harness.call('GET /groups')).body).toEqual({
      code: 200,
      message: 'Only available for Paid account.',
    });
  });
});
