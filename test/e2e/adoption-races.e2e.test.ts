import { beforeEach, describe, expect, it } from '@jest/globals';
import { builtInRoles, type User } from '../../src/simulator/state/records.js';
import { FaultFixture } from '../faults/fault-fixture.js';
import { until } from '../support/raw-client.js';
import { startService, type TestService } from '../support/service.js';
import { pass, useVirtualTime } from '../support/virtual-time.js';

const delayMs = 100;

let service: TestService;
let user: User;

useVirtualTime();
beforeEach(async () => {
  service = await startService({ service: { duplicateErrorReturnsId: true } });
  user = new FaultFixture(service.simulator).user();
  await service.post('test');
  service.calls();
});

/** Creates what exists; something happens between the look-up and the read under the lock. */
async function adoptWhile(happens: () => void): Promise<{ status: number; body: unknown }> {
  const { simulator } = service;
  simulator.faults.add({
    match: { method: 'GET', path: '/users/{userId}', nth: 2 },
    action: { kind: 'delay', ms: delayMs },
  });
  const attributes = { __NAME__: user.email, DEPT: 'Adopted' };
  const creating = service
    .post('create', { objectClass: 'ZoomUser', attributes })
    .then(({ body, status }: { body: unknown; status: number }) => ({ body, status }));
  await until(() => simulator.faults.list()[0]?.struck === 1);
  happens();
  await pass(delayMs);
  return creating;
}

describe('adoption of a user that changes after it was looked up', () => {
  it('goes by what the user is now', async () => {
    const answer = await adoptWhile(() => (user.dept = 'Adopted'));
    expect(answer).toMatchObject({ status: 200, body: { uid: user.id } });
    expect(service.calls().filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('leaves alone who has become an administrator', async () => {
    const answer = await adoptWhile(() => (user.role_id = builtInRoles.admin));
    expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid: user.id });
    expect(user.dept).not.toBe('Adopted');
  });

  it('can be repeated when the user is gone', async () => {
    const answer = await adoptWhile(() => service.simulator.state.users.remove(user));
    expect(answer).toMatchObject({ status: 503, body: { exception: 'RetryableException' } });
  });
});
