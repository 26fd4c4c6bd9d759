import { describe, expect, it } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import type { User } from '../../src/simulator/state/records.js';
import { until } from '../support/raw-client.js';
import { pass, useVirtualTime } from '../support/virtual-time.js';
import { setUpFaults, type FaultSetup } from './run-case.js';

const refused: FaultAction = { kind: 'status', status: 400, body: { code: 300, message: 'Invalid field.' } };

const deltas = [
  { name: 'FIRST_NAME', valuesToReplace: ['CanaryChanged'] },
  { name: '__NAME__', valuesToReplace: ['changed.canary@example.com'] },
  { name: '__ENABLE__', valuesToReplace: [false] },
];

async function change(
  { service }: FaultSetup,
  user: User,
  given: readonly object[],
): Promise<{ status: number; body: unknown }> {
  const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas: given });
  return { status: answer.status, body: answer.body as unknown };
}

describe('an update that disables the user', () => {
  useVirtualTime();
  const custom = { immediateLogoutOnDeactivate: true };

  it('disables and logs out although everything else is refused', async () => {
    const setup = await setUpFaults({ custom });
    const user = setup.fixture.user();
    for (const path of ['/users/{userId}', '/users/{userId}/email']) {
      for (const method of ['PATCH', 'PUT']) {
        setup.service.simulator.faults.add({ match: { method, path }, action: refused });
      }
    }
    expect(await change(setup, user, deltas)).toMatchObject({
      status: 400,
      body: { applied: ['__ENABLE__'], notApplied: ['FIRST_NAME', '__NAME__'] },
    });
    expect({ status: user.status, logouts: user.secrets.logouts }).toEqual({
      status: 'inactive',
      logouts: 1,
    });
    await setup.service.close();
  });

  it('logs out when it is repeated because the logout has failed', async () => {
    const setup = await setUpFaults({ custom });
    const user = setup.fixture.user();
    const match = { method: 'DELETE', path: '/users/{userId}/token', nth: 1 };
    setup.service.simulator.faults.add({ match, action: refused });
    const disable = deltas.slice(2);
    expect((await change(setup, user, disable)).status).toBe(400);
    expect((await change(setup, user, disable)).status).toBe(200);
    expect({ status: user.status, logouts: user.secrets.logouts }).toEqual({
      status: 'inactive',
      logouts: 1,
    });
    await setup.service.close();
  });

  it('disables although its time is up', async () => {
    const setup = await setUpFaults({ custom }, { operationTimeoutMs: 20_000, requestTimeoutMs: 20_000 });
    const user = setup.fixture.user();
    const match = { method: 'PATCH', path: '/users/{userId}' };
    const { faults } = setup.service.simulator;
    faults.add({ match, action: { kind: 'delay', ms: 40_000 } });
    const answer = change(setup, user, deltas);
    await until(() => faults.list()[0]?.struck === 1);
    await pass(20_000);
    expect(await answer).toMatchObject({
      status: 504,
      body: { applied: ['__ENABLE__'], notApplied: ['__NAME__'], unknown: ['FIRST_NAME'] },
    });
    expect({ status: user.status, logouts: user.secrets.logouts }).toEqual({
      status: 'inactive',
      logouts: 1,
    });
    await setup.service.close();
  });
});

describe('an update of an inactive user', () => {
  const settings = { custom: { updateDisabledUsers: true } };

  it.each<[string, FaultAction]>([
    ['is refused', refused],
    ['meets an outage', { kind: 'html', status: 503 }],
    ['is lost', { kind: 'drop', when: 'after' }],
  ])('ends with an inactive user when the change %s', async (_, action) => {
    const setup = await setUpFaults(settings);
    const user = setup.fixture.user('inactive');
    setup.service.simulator.faults.add({ match: { method: 'PATCH', path: '/users/{userId}' }, action });
    const { status } = await change(setup, user, deltas.slice(0, 1));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(user.status).toBe('inactive');
    await setup.service.close();
  });

  it('ends with an inactive user when the answer to the activation is lost every time', async () => {
    const setup = await setUpFaults(settings);
    const user = setup.fixture.user('inactive');
    const match = { method: 'PUT', path: '/users/{userId}/status', times: 4 };
    setup.service.simulator.faults.add({ match, action: { kind: 'drop', when: 'after' } });
    expect(await change(setup, user, deltas.slice(0, 1))).toMatchObject({
      status: 502,
      body: { applied: [], notApplied: ['FIRST_NAME'] },
    });
    expect(user.status).toBe('inactive');
    await setup.service.close();
  });

  it('says that the user is left active when Zoom does not deactivate it again', async () => {
    const setup = await setUpFaults(settings);
    const user = setup.fixture.user('inactive');
    const match = { method: 'PUT', path: '/users/{userId}/status', nth: 2 };
    setup.service.simulator.faults.add({ match, action: refused });
    expect(await change(setup, user, deltas.slice(0, 1))).toMatchObject({
      status: 400,
      body: { applied: ['FIRST_NAME'], notApplied: ['__ENABLE__'] },
    });
    await setup.service.close();
  });
});
