import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { controlRoutes } from '../../src/simulator/control/control-api.js';
import { createSimulator } from '../../src/simulator/simulator.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';

describe('The control API', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.stop());

  const control = (route: string, body?: unknown): Promise<Answer> => {
    const [method, path] = route.split(' ') as [string, string];
    return harness.call(`${method} /simulator${path}`, body);
  };

  it('needs no token and is not logged', async () => {
    const response = await fetch(`${harness.url}/simulator/state`);
    expect(await response.json()).toMatchObject({
      users: { active: 112, inactive: 4, pending: 4, total: 120 },
      groups: 5,
    });
    expect(harness.sim.requests).toEqual([]);
  });

  it('handles invitations', async () => {
    const [one, two, three] = harness.sim.state.users.list('pending').map((user) => user.email);
    const oldId = harness.sim.state.users.byEmail(one ?? '')?.id;
    const accepted = await control(`POST /users/${one ?? ''}/accept-invitation`, { keepId: false });
    expect(accepted.body['id']).not.toBe(oldId);
    await control(`POST /users/${two ?? ''}/expire-invitation`);
    expect((await harness.call(`GET /users/${two ?? ''}`)).body['code']).toBe(1120);
    await control(`POST /users/${three ?? ''}/delete-invitation`);
    expect((await harness.call(`GET /users/${three ?? ''}`)).body['code']).toBe(1001);
    expect((await control('POST /users/owner@example.com/accept-invitation')).status).toBe(409);
  });

  it('moves users, takes addresses and empties pools', async () => {
    const user = harness.sim.state.users.list('active').at(-1);
    await control(`PUT /users/${user?.id ?? ''}/status`, { status: 'pending' });
    expect(user?.status).toBe('pending');
    expect((await control(`GET /users/${user?.id ?? ''}`)).body['status']).toBe('pending');
    await control('PUT /foreign-addresses/a%40b.org');
    expect(harness.sim.state.foreignAddresses.has('a@b.org')).toBe(true);
    await control('DELETE /foreign-addresses/a%40b.org');
    expect((await control('PUT /licences/licensed', { free: 0 })).body['seats']).toBeGreaterThan(0);
    expect(harness.sim.state.licences.hasFree('licensed')).toBe(false);
    expect((await control('PUT /licences/licensed', {})).status).toBe(400);
    expect((await control('PUT /licences/licensed', { free: -1 })).status).toBe(400);
  });

  it('changes options, but not those of the seed', async () => {
    expect((await control('PATCH /options', { duplicateStatus: 409 })).body['duplicateStatus']).toBe(409);
    expect((await control('PATCH /options', { users: 5, nonsense: 1, plan: 'gold' })).body['message']).toBe(
      'Option users can only be set at the start. Unknown option: nonsense. Option plan cannot be "gold".',
    );
    expect((await control('GET /options')).body).toMatchObject({ duplicateStatus: 409, users: 120 });
  });

  it('keeps faults, clock, tokens and the log of calls', async () => {
    const { body } = await control('POST /faults', { action: { kind: 'status', status: 500 } });
    expect((await harness.call('GET /users')).status).toBe(500);
    expect(rows(await control('GET /faults'), 'faults')[0]).toMatchObject({ struck: 1 });
    await control(`DELETE /faults/${String(body['id'])}`);
    expect((await control('DELETE /faults')).body['removed']).toBe(0);
    expect((await control('DELETE /faults/fault-99')).status).toBe(404);
    expect((await control('POST /faults', { action: { kind: 'delay' } })).body['message']).toContain('ms');
    const before = harness.sim.clock.now();
    await control('POST /clock/advance', { ms: 5000 });
    expect(harness.sim.clock.now()).toBe(before + 5000);
    await control('POST /tokens/revoke');
    expect((await harness.call('GET /users?status=pending')).status).toBe(401);
    const log = await control('GET /requests');
    expect(rows(log, 'requests').at(-1)).toMatchObject({
      method: 'GET',
      path: '/v2/users',
      pattern: '/users',
      query: { status: 'pending' },
      status: 401,
      concurrent: 1,
    });
    expect(log.body['counts']).toMatchObject({ 'GET /users': 2, 'POST /oauth/token': 1 });
    await control('DELETE /requests');
    expect(harness.sim.requests).toEqual([]);
  });

  it('knows every pool that Zoom has licences for, and no other', async () => {
    const pools = ['basic', 'phone', 'zoomOne:576460752303423488', 'planUnited:16', 'plan:203'];
    for (const pool of [...pools, 'feature:zoom_whiteboard']) {
      expect((await control(`PUT /licences/${pool}`, { free: 0 })).body).toMatchObject({ name: pool });
    }
    const unknown = [
      'licenced',
      'zoomOne:5',
      'planUnited:3',
      'plan:1',
      'feature:phone',
      'feature:',
      'toString:',
    ];
    for (const pool of unknown) {
      expect((await control(`PUT /licences/${pool}`, { free: 0 })).status).toBe(404);
      expect(harness.sim.summary().licences.map(({ name }) => name)).not.toContain(pool);
    }
  });

  it('answers 404 for what it does not know', async () => {
    expect((await control('GET /nothing')).status).toBe(404);
    expect((await control('PUT /users/nobody@example.com/status', { status: 'active' })).status).toBe(404);
  });

  it('answers a command that there is not with those that there are', async () => {
    const { commands } = (await control('GET /help')).body as { commands: readonly object[] };
    expect(commands).toHaveLength(controlRoutes.length);
    expect(commands).toContainEqual({
      method: 'POST',
      path: '/simulator/clock/advance',
      description: 'Moves the clock forward.',
      body: '{ms}',
    });
  });

  it('refuses unknown options at the start', () => {
    expect(() => createSimulator({ user: 5 } as never)).toThrow('Unknown option: user.');
    expect(() => createSimulator({ latencyMs: { min: 5, max: 1 } })).toThrow('latencyMs');
  });
});
