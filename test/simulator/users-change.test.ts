import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { type Answer, type Harness, startHarness } from './harness.js';

describe('Changes of users', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  const patch = (user: User, body: unknown): Promise<Answer> => harness.call(`PATCH /users/${user.id}`, body);
  const read = async (user: User): Promise<Answer['body']> =>
    (await harness.call(`GET /users/${user.id}`)).body;

  it('stores every profile field', async () => {
    const user = harness.first('active', ({ type }) => type === 2);
    const [attribute] = harness.sim.state.customAttributes;
    const fields = {
      first_name: 'Élise',
      last_name: 'Roux',
      dept: 'Law',
      job_title: 'Counsel',
      company: 'Roux',
      location: 'Paris',
      manager: 'owner@example.com',
      cost_center: '77',
      language: 'fr-FR',
      timezone: 'Europe/Paris',
      pmi: 1234567890,
      use_pmi: true,
      pronouns: 'she/her',
      pronouns_option: 2,
      custom_attributes: [{ key: attribute?.key, name: 'Badge', value: '4711' }],
      plan_united_type: '4',
    };
    expect((await patch(user, { ...fields, vanity_name: 'elise.roux' })).status).toBe(204);
    expect(await read(user)).toMatchObject({
      ...fields,
      display_name: 'Élise Roux',
      vanity_url: 'https://example.zoom.us/my/elise.roux',
    });
    expect(
      (
        await patch(
          harness.first('active', (other) => other !== user),
          { vanity_name: 'Elise.Roux' },
        )
      ).body['code'],
    ).toBe(4100);
  });

  it.each([
    [{ type: '2' }, 300],
    [{ host_key: '12' }, 300],
    [{ pmi: 12 }, 300],
    [{ linkedin_url: 'https://example.com' }, 300],
    [{ custom_attributes: [{ key: 'unknown', value: 'x' }] }, 300],
    [{ phone_numbers: [1, 2, 3, 4].map(() => ({ code: '+1', number: '1' })) }, 300],
    [{ type: 1, zoom_one_type: 16 }, 300],
  ])('refuses %j', async (body, code) => {
    expect((await patch(harness.first('active'), body)).body['code']).toBe(code);
  });

  it('ignores unknown fields and nulls', async () => {
    const user = harness.first('active');
    expect((await patch(user, { no_such_field: 1, dept: null })).status).toBe(204);
  });

  it('moves licences between pools', async () => {
    const user = harness.first('active', ({ type }) => type === 1);
    harness.sim.setLicences({ pool: 'licensed', free: 1 });
    expect((await patch(user, { type: 2 })).status).toBe(204);
    expect(
      (
        await patch(
          harness.first('active', ({ type }) => type === 1),
          { type: 2 },
        )
      ).body['code'],
    ).toBe(2034);
    expect((await patch(user, { zoom_one_type: 16 })).status).toBe(204);
    expect((await read(user))['zoom_one_type']).toBe(16);
    expect((await patch(user, { zoom_one_type: 0 })).status).toBe(204);
    expect(await read(user)).not.toHaveProperty('zoom_one_type');
  });

  it('refuses updates of inactive users, or stores them', async () => {
    const user = harness.first('inactive');
    expect((await patch(user, { dept: 'X' })).body['code']).toBe(1053);
    harness.sim.setOptions({ inactivePatch: 'store' });
    expect((await patch(user, { dept: 'X' })).status).toBe(204);
    expect((await read(user))['dept']).toBe('X');
  });

  it('drops updates of pending users silently, except for a group', async () => {
    const user = harness.first('pending', ({ invitation }) => invitation?.expired === false);
    const [group] = harness.sim.state.groups.all();
    expect((await patch(user, { dept: 'X' })).status).toBe(204);
    expect((await read(user))['dept']).not.toBe('X');
    expect((await patch(user, { group_id: group?.id })).status).toBe(204);
    expect((await read(user))['group_ids']).toEqual([group?.id]);
    expect(group?.members).not.toContain(user);
    harness.sim.acceptInvitation(user.email, { keepId: false });
    expect(group?.members).toContain(user);
  });

  it('takes all licences at deactivation and returns the login only', async () => {
    const user = harness.first('active', ({ type }) => type === 2);
    await patch(user, { feature: { zoom_phone: true } });
    expect((await harness.call(`PUT /users/${user.id}/status`, { action: 'deactivate' })).status).toBe(204);
    expect(user).toMatchObject({ status: 'inactive', type: 1, features: {} });
    await harness.call(`PUT /users/${user.id}/status`, { action: 'activate' });
    expect(user).toMatchObject({ status: 'active', type: 1 });
    const owner = await harness.call('PUT /users/me/status', { action: 'deactivate' });
    expect(owner.body['code']).toBe(200);
    const pending = harness.first('pending');
    expect((await harness.call(`PUT /users/${pending.id}/status`, { action: 'activate' })).body['code']).toBe(
      1001,
    );
  });

  it('changes an e-mail address three times a day at most', async () => {
    const user = harness.first('active');
    const change = (email: string): Promise<Answer> => harness.call(`PUT /users/${user.id}/email`, { email });
    const old = user.email;
    expect((await change('x@elsewhere.org')).body['code']).toBe(1116);
    expect((await change('owner@example.com')).status).toBe(412);
    for (const name of ['one', 'two', 'three'])
      expect((await change(`${name}@example.com`)).status).toBe(204);
    expect((await change('four@example.com')).status).toBe(429);
    expect((await harness.call(`GET /users/${old}`)).status).toBe(404);
    expect((await harness.call('GET /users/THREE@example.com')).body['id']).toBe(user.id);
    harness.sim.clock.advance(86_400_000 + 1);
  });

  it('enforces the password rules', async () => {
    const user = harness.first('active', ({ login_type: type }) => type === 100);
    const change = async (password: string): Promise<unknown> =>
      (await harness.call(`PUT /users/${user.id}/password`, { password })).body['code'];
    expect(await change('Ab1!')).toBe(1124);
    expect(await change('12345678!')).toBe(1125);
    expect(await change('Abcdefgh!')).toBe(1126);
    expect(await change('Abqdxfgh1')).toBe(1127);
    expect(await change('abqdxfgh1!')).toBe(1128);
    expect(await change('Aaaaaaq1!')).toBe(1130);
    expect(await change('Qx!45678A')).toBe(1131);
    expect(await change('G00d!Word')).toBeUndefined();
    expect(await change('G00d!Word')).toBe(300);
    const sso = harness.first('active', ({ login_type: type }) => type === 101);
    expect((await harness.call(`PUT /users/${sso.id}/password`, { password: 'x' })).body['code']).toBe(1123);
  });

  it('reads by employee id, address in any case, and me', async () => {
    const user = harness.first('active', ({ employee_unique_id: id }) => id !== '');
    const byNumber = await harness.call(`GET /users/${user.employee_unique_id}?search_by_unique_id=true`);
    expect(byNumber.body['id']).toBe(user.id);
    expect((await harness.call(`GET /users/${user.email.toUpperCase()}`)).body['id']).toBe(user.id);
    expect((await harness.call('GET /users/me')).body['email']).toBe('owner@example.com');
  });

  it('records the end of sessions', async () => {
    const user = harness.first('active');
    expect((await harness.call(`DELETE /users/${user.id}/token`)).status).toBe(204);
    expect(user.secrets.logouts).toBe(1);
  });
});
