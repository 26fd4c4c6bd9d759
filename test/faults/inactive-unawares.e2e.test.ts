import { afterEach, describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { startService, type TestService } from '../support/service.js';
import { FaultFixture } from './fault-fixture.js';
import { replace } from '../support/deltas.js';

let service: TestService;
let user: User;

afterEach(() => service.close());

/** A user whom somebody deactivates after a read has said, or while reads go on saying, that it is active. */
async function deactivatedUnawares(custom: object, reads: 'once' | 'always' = 'once'): Promise<void> {
  service = await startService({ custom, simulator: { phoneUsers: 0 } });
  user = new FaultFixture(service.simulator).user();
  const { email, id, role_id } = user;
  const body = { id, email, status: 'active', type: 2, role_id, dept: 'Before' };
  service.simulator.state.users.change(user, { status: 'inactive', dept: 'Before', type: 1 });
  const match = { method: 'GET', path: '/users/{userId}', ...(reads === 'once' && { nth: 1 }) };
  service.simulator.faults.add({ match, action: { kind: 'status', status: 200, body } });
}

async function update(...deltas: readonly object[]): Promise<{ status: number; body: unknown }> {
  const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid: user.id, deltas });
  return { status: answer.status, body: answer.body as unknown };
}

/** Methods and last segments of the calls, with their status. */
function calls(): readonly string[] {
  return service.calls().map((call) => call.replace(/ \/v2\/users\/[^/ ]+/, ''));
}

const dept = replace('DEPT', 'After');

describe.each(['once', 'always'] as const)(
  'a user said %s to be active, but refused as inactive',
  (reads) => {
    it('is not updated by default, and the error says why', async () => {
      await deactivatedUnawares({}, reads);
      expect(await update(dept)).toMatchObject({
        status: 412,
        body: {
          exception: 'PreconditionFailedException',
          detail: 'The user is inactive, and Zoom takes no changes of inactive users.',
          applied: [],
          notApplied: ['DEPT'],
        },
      });
      expect(calls()).toEqual(['GET 200', 'PATCH 400', 'GET 200']);
    });

    it('is left alone with a warning where the configuration says so', async () => {
      await deactivatedUnawares({ ignoreUpdateErrorOnDisabledUser: true }, reads);
      expect(await update(dept)).toEqual({
        status: 200,
        body: {
          sideEffects: [],
          warnings: [
            { code: 'NOT_APPLIED_INACTIVE', message: expect.any(String) as unknown, attributes: ['DEPT'] },
          ],
        },
      });
      expect(user).toMatchObject({ status: 'inactive', dept: 'Before' });
    });

    it('is activated for the moment where the configuration says so', async () => {
      await deactivatedUnawares({ updateDisabledUsers: true }, reads);
      expect((await update(dept)).status).toBe(200);
      expect(user).toMatchObject({ status: 'inactive', dept: 'After' });
      const bracket = ['PUT/status 204', 'PATCH 204', 'PUT/status 204'];
      expect(calls()).toEqual(['GET 200', 'PATCH 400', 'GET 200', ...bracket]);
    });

    it('is enabled first when the delta wants it enabled', async () => {
      await deactivatedUnawares({}, reads);
      expect((await update(dept, replace('__ENABLE__', true))).status).toBe(200);
      expect(user).toMatchObject({ status: 'active', dept: 'After' });
    });

    it('stays inactive, and once only, when the delta disables it', async () => {
      await deactivatedUnawares({ immediateLogoutOnDeactivate: true }, reads);
      expect(await update(dept, replace('__ENABLE__', false))).toMatchObject({
        status: 412,
        body: { applied: ['__ENABLE__'], notApplied: ['DEPT'] },
      });
      expect(user).toMatchObject({ status: 'inactive', secrets: { logouts: 1 } });
    });
  },
);

it('what deactivation took away is seen before the second plan is made', async () => {
  await deactivatedUnawares({});
  expect((await update(dept, replace('TYPE', 2), replace('__ENABLE__', true))).status).toBe(200);
  expect(user).toMatchObject({ status: 'active', dept: 'After', type: 2 });
});

it('what was applied before the refusal is not applied again', async () => {
  service = await startService({ custom: { updateDisabledUsers: true }, simulator: { phoneUsers: 0 } });
  user = new FaultFixture(service.simulator).user();
  const match = { method: 'PUT', path: '/users/{userId}/email', nth: 1 };
  const body = { code: 1053, message: 'The user has been disabled.' };
  service.simulator.faults.add({ match, action: { kind: 'status', status: 400, body } });
  expect((await update(dept, replace('__NAME__', 'moved.canary@example.com'))).status).toBe(200);
  expect(calls()).toEqual([
    ...['GET 200', 'PATCH 204', 'PUT/email 400', 'GET 200'],
    ...['PUT/status 204', 'PUT/email 204', 'PUT/status 204'],
  ]);
  expect(user).toMatchObject({ status: 'inactive', dept: 'After', email: 'moved.canary@example.com' });
});
