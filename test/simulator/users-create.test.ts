import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/raw-client.js';
import { pass, pendingTimers, useVirtualTime } from '../support/virtual-time.js';
import { type Answer, type Harness, request, startHarness } from './harness.js';

useVirtualTime();

describe('POST /users', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const create = (action: string, info: Record<string, unknown> = {}): Promise<Answer> =>
    harness.call('POST /users', { action, user_info: { email: 'new@example.com', type: 1, ...info } });
  const statusOf = (email: string): string | undefined => harness.sim.state.users.byEmail(email)?.status;

  it('invites with create, and activates with the other actions', async () => {
    harness = await startHarness();
    const answer = await create('create', { email: 'New@Example.com', first_name: 'N' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      first_name: 'N',
      last_name: '',
      email: 'new@example.com',
      type: 1,
    });
    expect(statusOf('new@example.com')).toBe('pending');
    await create('autoCreate', { email: 'a@example.com', password: 'Str0ng!pass' });
    await create('custCreate', { email: 'c@example.com' });
    await create('ssoCreate', { email: 's@example.com', type: 2 });
    expect(['a', 'c', 's'].map((name) => statusOf(`${name}@example.com`))).toEqual(Array(3).fill('active'));
    expect(harness.sim.state.users.byEmail('s@example.com')).toMatchObject({
      login_type: 101,
      vanity_name: 's',
    });
  });

  it('lists the fields that are wrong', async () => {
    harness = await startHarness();
    const answer = await create('create', { email: 'nobody', first_name: 'x'.repeat(65) });
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        code: 300,
        message: 'Validation Failed.',
        errors: [{ field: 'user_info.email', message: 'Invalid field.' }],
      },
    ]);
    expect((await create('create', { first_name: '李'.repeat(6) })).body['code']).toBe(300);
    expect((await create('invite')).body['code']).toBe(300);
  });

  it.each([
    [{}, 412, { code: 1005, message: 'Email "owner@example.com" has already been used.' }],
    [
      { duplicateStatus: 409 },
      409,
      { code: 1005, message: 'Email "owner@example.com" has already been used.' },
    ],
    [
      { duplicateStatus: 400, duplicateBody: 'plain' },
      400,
      { message: 'Email "owner@example.com" has already been used.' },
    ],
  ] as const)('answers duplicates as the options %j say', async (options, status, body) => {
    harness = await startHarness(options);
    const answer = await create('create', { email: 'OWNER@example.com' });
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it('invites foreign addresses with a blank id and refuses to create them otherwise', async () => {
    harness = await startHarness();
    harness.sim.addForeignAddress('New@Example.com');
    expect((await create('ssoCreate')).body['code']).toBe(1009);
    expect((await create('create')).body).toMatchObject({ id: '', email: 'new@example.com' });
    expect((await harness.call('GET /users/new@example.com')).body).not.toHaveProperty('id');
    harness.sim.acceptInvitation('new@example.com');
    expect((await harness.call('GET /users/new@example.com')).body['id']).toMatch(/^[\w-]{22}$/);
  });

  it('refuses what the account is not set up for', async () => {
    harness = await startHarness({ preProvisionSso: false, apiOnlyUsers: false });
    expect((await create('ssoCreate')).body['code']).toBe(2032);
    expect((await create('custCreate')).body['code']).toBe(2016);
    expect((await create('autoCreate', { email: 'a@other.org', password: 'Str0ng!pass' })).body['code']).toBe(
      1116,
    );
    expect((await create('autoCreate', { password: 'weak' })).body['message']).toBe(
      'Invalid parameter: password',
    );
    expect((await create('create', { email: 'a@blocked.example' })).body['code']).toBe(1107);
    harness.sim.setOptions({ sso: false });
    expect((await create('ssoCreate')).body['code']).toBe(2002);
  });

  it('refuses when no licence is left', async () => {
    harness = await startHarness();
    for (const pool of ['licensed', 'basic', 'phone', 'zoomOne:16'])
      harness.sim.setLicences({ pool, free: 0 });
    expect((await create('create', { type: 2 })).body['code']).toBe(2034);
    expect((await create('create', { type: 1 })).body['code']).toBe(2033);
    expect((await create('create', { type: 4, feature: { zoom_one_type: 16 } })).body['code']).toBe(2038);
    const phone = await create('create', { type: 4, feature: { zoom_phone: true } });
    expect([phone.status, phone.body['code']]).toEqual([404, 1102]);
    harness.sim.setLicences({ pool: 'total', free: 0 });
    expect((await create('create', { type: 4 })).body['code']).toBe(3412);
    expect(statusOf('new@example.com')).toBeUndefined();
  });

  it('keeps every digit of large licence codes', async () => {
    harness = await startHarness();
    const body =
      '{"action":"ssoCreate","user_info":{"email":"new@example.com","type":2,"feature":{"zoom_one_type":576460752303423488}}}';
    expect((await harness.call('POST /users', body)).status).toBe(201);
    expect((await harness.call('GET /users/new@example.com')).text).toContain(
      '"zoom_one_type":576460752303423488',
    );
  });

  it('follows the toggles for pending users', async () => {
    harness = await startHarness({ pendingCreateId: 'blank', pendingGetId: 'absent' });
    expect((await create('create')).body['id']).toBe('');
    expect((await harness.call('GET /users/new@example.com')).body).not.toHaveProperty('id');
    harness.sim.setOptions({ createAction: 'active' });
    await create('create', { email: 'second@example.com' });
    expect(harness.sim.state.users.byEmail('second@example.com')).toMatchObject({
      status: 'active',
      verified: 0,
    });
  });

  it('locks the new user until it is made', async () => {
    harness = await startHarness();
    const bearer = await harness.token();
    harness.sim.setOptions({ latencyMs: 300 });
    const body = { action: 'ssoCreate', user_info: { email: 'new@example.com', type: 1 } };
    const creation = request(harness.url, 'POST /users', { bearer, body });
    await until(() => pendingTimers() === 1);
    const read = request(harness.url, 'GET /users/NEW@example.com', { bearer });
    await until(() => pendingTimers() === 2);
    await pass(300);
    expect([(await read).status, (await creation).status]).toEqual([429, 201]);
    harness.sim.setOptions({ latencyMs: 0 });
    expect((await request(harness.url, 'GET /users/new@example.com', { bearer })).status).toBe(200);
  });

  it('refuses a body that is not a JSON object', async () => {
    harness = await startHarness();
    expect((await harness.call('POST /users', '{"action":')).body).toEqual({
      code: 300,
      message: 'Request Body should be a valid JSON object.',
    });
  });
});
