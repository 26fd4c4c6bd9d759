import { afterEach, describe, expect, it } from '@jest/globals';
import type { PhoneUser } from '../../src/simulator/state/phone.js';
import type { User } from '../../src/simulator/state/records.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';

describe('Zoom Phone', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const phoneUser = (index: number): PhoneUser => {
    const found = harness.sim.state.phone.users[index];
    if (!found) throw new Error('The seed has too few phone users');
    return found;
  };
  const plainUser = (): User => {
    const found = harness.sim.state.users.list('active').findLast((user) => user.zoom_one_type === 0);
    if (!found) throw new Error('The seed has too few users');
    return found;
  };
  const read = (user: User): Promise<Answer> => harness.call(`GET /phone/users/${user.id}`);
  const assigned = (plan: number): number => harness.sim.state.licences.pool(`plan:${plan}`).used;

  it('lists users with other members than the single read has', async () => {
    harness = await startHarness();
    const list = await harness.call('GET /phone/users?page_size=1');
    const [row] = rows(list, 'users');
    expect(list.body).toMatchObject({ total_records: 20, page_size: 1 });
    expect(row).toMatchObject({
      site: { name: 'Main Site' },
      calling_plans: [{ type: 200 }],
      name: expect.any(String),
    });
    const { body } = await harness.call(`GET /phone/users/${String(row?.['id'])}`);
    expect(body).toMatchObject({ site_id: expect.any(String), calling_plans: [{ type: 200 }] });
    expect(body).not.toHaveProperty('name');
    expect(body['phone_numbers']).toEqual([
      { id: expect.any(String), number: expect.stringMatching(/^1\d{10}$/) },
    ]);
  });

  it('filters the list and refuses bad tokens with code 400', async () => {
    harness = await startHarness();
    const count = async (query: string): Promise<unknown> =>
      (await harness.call(`GET /phone/users?${query}`)).body['total_records'];
    expect(await count(`site_id=${phoneUser(2).site.id}`)).toBe(6);
    expect(await count('calling_type=200')).toBe(8);
    expect(await count('status=deactivate')).toBe(1);
    expect(await count(`keyword=${phoneUser(3).extension_number}`)).toBe(1);
    expect((await harness.call('GET /phone/users?next_page_token=x')).body['code']).toBe(400);
  });

  it('comes with the feature flag and leaves with it, numbers and plans included', async () => {
    harness = await startHarness();
    const user = plainUser();
    expect((await read(user)).body['code']).toBe(1001);
    await harness.call(`PATCH /users/${user.id}`, { feature: { zoom_phone: true } });
    expect((await read(user)).body).toMatchObject({
      status: 'activate',
      calling_plans: [],
      phone_numbers: [],
    });
    const free = harness.sim.state.phone.numbers.find((number) => !number.owner);
    const before = assigned(100);
    await harness.call(`POST /phone/users/${user.id}/calling_plans`, { calling_plans: [{ type: 100 }] });
    await harness.call(`POST /phone/users/${user.id}/phone_numbers`, { phone_numbers: [{ id: free?.id }] });
    expect([assigned(100), free?.owner?.user]).toEqual([before + 1, user]);
    await harness.call(`PATCH /users/${user.id}/settings`, { feature: { zoom_phone: false } });
    expect([assigned(100), free?.owner]).toEqual([before, undefined]);
    expect((await read(user)).status).toBe(404);
  });

  it('can take a while to appear', async () => {
    harness = await startHarness({ phoneDelayMs: 2000, phoneMissingStatus: 400 });
    const user = plainUser();
    await harness.call(`PATCH /users/${user.id}`, { feature: { zoom_phone: true } });
    expect([(await read(user)).status, (await read(user)).body['code']]).toEqual([400, 300]);
    harness.sim.clock.advance(2000);
    expect((await read(user)).status).toBe(200);
  });

  it('changes extension and site', async () => {
    harness = await startHarness();
    const { user } = phoneUser(0);
    const patch = (body: unknown): Promise<Answer> => harness.call(`PATCH /phone/users/${user.id}`, body);
    expect((await patch({ extension_number: 777 })).body['code']).toBe(300);
    expect((await patch({ extension_number: String(phoneUser(1).extension_number) })).body['code']).toBe(300);
    expect((await patch({ extension_number: '2777', site_id: phoneUser(2).site.id })).status).toBe(204);
    expect((await read(user)).body).toMatchObject({ extension_number: 2777, site_id: phoneUser(2).site.id });
    expect((await patch({ site_id: 'nowhere' })).body).toEqual({
      code: 404,
      message: 'Site does not exist.',
    });
  });

  it('swaps, adds and removes plans within the pools', async () => {
    harness = await startHarness();
    const path = `/phone/users/${phoneUser(0).user.id}/calling_plans`;
    expect((await harness.call(`POST ${path}`, { calling_plans: [{ type: 203 }] })).body['code']).toBe(400);
    expect((await harness.call(`POST ${path}`, { calling_plans: [{ type: 12 }] })).body['code']).toBe(300);
    expect((await harness.call(`PUT ${path}`, { source_type: 100, target_type: 1000 })).body['code']).toBe(
      404,
    );
    expect((await harness.call(`PUT ${path}`, { source_type: 200, target_type: 1000 })).status).toBe(204);
    expect((await harness.call(`DELETE ${path}/200`)).body['code']).toBe(400);
    expect((await harness.call(`DELETE ${path}/1000`)).status).toBe(204);
    expect(phoneUser(0).plans).toEqual([]);
    const [pool] = rows(await harness.call('GET /phone/calling_plans'), 'calling_plans');
    expect(pool).toMatchObject({ type: 100, available: 1000 });
  });

  it('refuses numbers that are taken or unknown, and removes by number', async () => {
    harness = await startHarness();
    const path = `/phone/users/${phoneUser(0).user.id}/phone_numbers`;
    const add = (number: string): Promise<Answer> =>
      harness.call(`POST ${path}/`, { phone_numbers: [{ number }] });
    expect((await add(phoneUser(1).numbers[0]?.number ?? '')).body['code']).toBe(300);
    expect((await add('+10000000000')).body['code']).toBe(300);
    const own = phoneUser(0).numbers[0]?.number ?? '';
    expect((await harness.call(`DELETE ${path}/${encodeURIComponent(own)}`)).status).toBe(204);
    const again = await harness.call(`DELETE ${path}/${encodeURIComponent(own)}`);
    expect([again.status, again.body['code']]).toEqual([404, 400]);
  });

  it('takes a batch as a whole or not at all', async () => {
    harness = await startHarness();
    const user = plainUser();
    const entry = (email: string, extension: string): Record<string, unknown> => ({
      email,
      calling_plans: ['US/CA Unlimited'],
      extension_number: extension,
      site_name: 'Main Site',
    });
    const batch = (users: unknown[]): Promise<Answer> => harness.call('POST /phone/users/batch', { users });
    expect((await batch([entry(user.email, '555'), entry('nobody@example.com', '556')])).status).toBe(400);
    expect(harness.sim.state.phone.userOf(user)).toBeUndefined();
    const { status, text } = await batch([entry(user.email, '555')]);
    expect([status, JSON.parse(text)]).toEqual([201, [{ email: user.email, id: user.id }]]);
    expect((await read(user)).body).toMatchObject({ extension_number: 1555, calling_plans: [{ type: 200 }] });
  });

  it('gives phone to bundle holders on demand', async () => {
    harness = await startHarness({ phoneUsers: 0, users: 200 });
    const pending = rows(await harness.call('GET /phone/users?status=pending'), 'users');
    expect(pending.length).toBeGreaterThan(0);
    const ids = pending.map((user) => user['id']);
    const body = { batch_type: 'assign_pending_user', user_ids: ids };
    expect((await harness.call('PUT /phone/users/batch', body)).status).toBe(204);
    expect(harness.sim.state.phone.users).toHaveLength(ids.length);
    const deactivate = { batch_type: 'activate', activation_status: 'deactivate', user_ids: ids };
    await harness.call('PUT /phone/users/batch', deactivate);
    expect(phoneUser(0).status).toBe('deactivate');
  });

  it('is refused where the account has none', async () => {
    harness = await startHarness({ phoneEnabled: false });
    const { status, body } = await harness.call('GET /phone/users');
    expect([status, body['code']]).toEqual([403, 2031]);
  });
});
