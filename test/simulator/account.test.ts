import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';

describe('Roles, features and the account', () => {
  let harness: Harness;
  let user: User;
  beforeEach(async () => {
    harness = await startHarness();
    [user] = harness.sim.state.users.list('active', '2').filter((each) => each.type === 2) as [User];
  });
  afterEach(() => harness.stop());

  it('lists roles with their members', async () => {
    const { body } = await harness.call('GET /roles');
    expect(body).toMatchObject({
      total_records: 4,
      roles: [{ id: '0', total_members: 1 }, { id: '1' }, {}, {}],
    });
    expect(rows(await harness.call('GET /roles/1/members'), 'members')).toHaveLength(2);
  });

  it('gives a user one role at a time', async () => {
    const { body: role } = await harness.call('POST /roles', { name: 'Auditor' });
    const path = `/roles/${String(role['id'])}/members`;
    const { status, body } = await harness.call(`POST ${path}`, { members: [{ id: user.id }] });
    expect([status, body['ids'], user.role_id]).toEqual([201, user.id, role['id']]);
    expect(body).toHaveProperty('add_at');
    expect((await harness.call(`GET /users/${user.id}`)).body['role_name']).toBe('Auditor');
    expect((await harness.call(`DELETE ${path}/${user.id}`)).status).toBe(204);
    expect(user.role_id).toBe('2');
    expect((await harness.call('POST /roles/2/members', { members: [{ id: user.id }] })).body['code']).toBe(
      300,
    );
  });

  it('refuses names in use and unknown roles', async () => {
    expect((await harness.call('POST /roles', { name: 'admin' })).body['code']).toBe(1224);
    expect((await harness.call('PATCH /roles/nothing', { name: 'x' })).body['code']).toBe(1034);
    harness.sim.setOptions({ roleWrites: 'error' });
    const { status, body } = await harness.call('POST /roles', { name: 'New' });
    expect([status, body['code']]).toEqual([200, 200]);
  });

  it('checks features against the user type and each other', async () => {
    const patch = (key: string, feature: unknown): Promise<Answer> =>
      harness.call(`PATCH /users/${key}/settings`, { feature });
    const [basic] = harness.sim.state.users.list('active', '2').filter((each) => each.type === 1) as [User];
    expect((await patch(basic.id, { large_meeting: true })).body['code']).toBe(1108);
    expect((await patch(basic.id, { webinar: true })).body['code']).toBe(1122);
    expect((await patch(basic.id, { concurrent_meeting: 'Plus' })).body['code']).toBe(1207);
    expect((await patch(user.id, { webinar: true, zoom_events: true })).body['code']).toBe(1204);
    expect((await patch(user.id, { zoom_whiteboard: true })).status).toBe(204);
    expect((await patch(user.id, { zoom_whiteboard_plus: true })).body['code']).toBe(1242);
    harness.sim.setLicences({ pool: 'feature:zoom_docs', free: 0 });
    expect((await patch(user.id, { zoom_docs: true })).body['code']).toBe(1228);
    expect((await harness.call(`GET /users/${user.id}/settings`)).body['feature']).toMatchObject({
      zoom_whiteboard: true,
      zoom_docs: false,
    });
  });

  it('changes licences of many users and tells who failed', async () => {
    const change = (users: unknown[]): Promise<Answer> =>
      harness.call('POST /users/features', { feature_type: 'user_type', feature_value: '1', users });
    const { status, body } = await change([{ id: user.id }, { id: 'unknown' }]);
    expect([status, body]).toEqual([
      201,
      {
        success_user_ids: [user.id],
        fail_details: [{ user_ids: ['unknown'], reason: 'Users not found' }],
      },
    ]);
    expect((await change([{ id: user.id }])).body['fail_details']).toEqual([
      { user_ids: [user.id], reason: 'No need to update' },
    ]);
  });

  it('answers bulk changes once in ten seconds', async () => {
    harness.sim.setOptions({ plan: 'business' });
    const body = { feature_type: 'webinar', feature_value: '500', users: [{ id: user.id }] };
    expect((await harness.call('POST /users/features', body)).status).toBe(201);
    expect((await harness.call('POST /users/features', body)).status).toBe(429);
    harness.sim.clock.advance(10_000);
    expect((await harness.call('POST /users/features', body)).status).toBe(201);
  });

  it('looks addresses and links up', async () => {
    const existed = async (email: string): Promise<unknown> =>
      (await harness.call(`GET /users/email?email=${email}`)).body['existed_email'];
    expect(await existed('owner@example.com')).toBe(true);
    expect(await existed('nobody@example.com')).toBe(false);
    expect((await harness.call('GET /users/email')).body['message']).toBe('Email is required.');
    await harness.call(`PATCH /users/${user.id}`, { vanity_name: 'Mine' });
    expect((await harness.call('GET /users/vanity_name?vanity_name=mine')).body['existed']).toBe(true);
  });

  it('shows plan usage and domains of the own account only', async () => {
    const usage = await harness.call('GET /accounts/me/plans/usage');
    const base = usage.body['plan_base'] as { hosts: number; usage: number; pending: number };
    expect(base.hosts).toBe(base.usage + base.pending + 1000);
    const { accountId } = harness.sim.credentials;
    const domains = await harness.call(`GET /accounts/${accountId}/managed_domains`);
    expect(domains.body['domains']).toEqual([{ domain: 'example.com', status: 'verified' }]);
    expect((await harness.call('GET /accounts/other/plans/usage')).body['code']).toBe(2001);
    harness.sim.setOptions({ plan: 'free' });
    expect((await harness.call('GET /accounts/me/plans/usage')).body['code']).toBe(200);
  });
});
