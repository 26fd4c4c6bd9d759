import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultAction, FaultMatch } from '../../src/simulator/faults/fault.js';
import type { User } from '../../src/simulator/state/records.js';
import { replace } from '../support/deltas.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';
import { FaultFixture } from './fault-fixture.js';

const unknown: FaultAction = {
  kind: 'status',
  status: 404,
  body: { code: 1001, message: 'User does not exist.' },
};
const userPath = '/users/{userId}';

let service: TestService;
let fixture: FaultFixture;

afterEach(() => service.close());

async function start(settings: TestSettings = {}): Promise<void> {
  service = await startService(settings);
  fixture = new FaultFixture(service.simulator);
}

/** Lets Zoom answer calls with 404. */
function deny(match: FaultMatch): void {
  service.simulator.faults.add({ match, action: unknown });
}

const update = (uid: string, ...deltas: readonly object[]) =>
  service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas });

const remove = (objectClass: 'ZoomUser' | 'ZoomGroup', uid: string) =>
  service.post('delete', { objectClass, uid });

function calls(): readonly string[] {
  return service.calls().map((call) => call.replace(/ \/\S+/, ''));
}

const settings = { custom: { deactivateOnDelete: false, entitlementDeletionEnabled: true } };

describe('a write that Zoom does not find the object of', () => {
  it('is unknown when a second read by id and by address finds nothing either', async () => {
    await start(settings);
    const user = fixture.user();
    deny({ method: 'DELETE', path: userPath });
    deny({ method: 'GET', path: userPath, nth: 2, times: 9 });
    expect(await remove('ZoomUser', user.id)).toMatchObject({
      status: 404,
      body: { exception: 'UnknownUidException' },
    });
    expect(calls().slice(0, 4)).toEqual(['GET 200', 'DELETE 404', 'GET 404', 'GET 404']);
  });

  it('is made again when a second read shows the object', async () => {
    await start(settings);
    const [changed, removed] = [fixture.user(), fixture.user()];
    deny({ method: 'PATCH', path: userPath, nth: 1 });
    deny({ method: 'DELETE', path: userPath, nth: 1 });
    expect((await update(changed.id, replace('DEPT', 'New'))).status).toBe(200);
    expect(changed.dept).toBe('New');
    expect((await remove('ZoomUser', removed.id)).status).toBe(204);
    expect(fixture.usersNamed(removed.email)).toEqual([]);
  });

  it('is never taken for an unknown uid while reads show the object', async () => {
    await start(settings);
    const user = fixture.user();
    deny({ method: 'PATCH', path: userPath });
    deny({ method: 'DELETE', path: userPath });
    const broken = { status: 502, body: { exception: 'ConnectorIOException', upstream: { code: 1001 } } };
    const updated = await update(user.id, replace('DEPT', 'New'));
    expect(updated).toMatchObject(broken);
    expect(updated.body).toMatchObject({
      applied: [],
      notApplied: ['DEPT'],
      detail: expect.stringContaining('Reads show the ZoomUser nevertheless.') as unknown,
    });
    expect(await remove('ZoomUser', user.id)).toMatchObject(broken);
    expect(calls()).toHaveLength(10);
  });

  it('goes by the present id when the id has changed since the read', async () => {
    await start();
    const user = fixture.user();
    const former = 'A-former-id-of-this-1A';
    const body = { id: former, email: user.email, status: 'active', type: 1, dept: 'Old' };
    const match = { method: 'GET', path: userPath, nth: 1 };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 200, body } });
    expect(await update(former, replace('DEPT', 'New'))).toMatchObject({
      status: 200,
      body: { sideEffects: [{ name: '__UID__', valuesToReplace: [user.id] }] },
    });
    expect(user.dept).toBe('New');
  });

  it('is not repeated after a part of it was written; the error says which', async () => {
    await start();
    const user = fixture.user();
    deny({ method: 'PUT', path: '/users/{userId}/email' });
    const answer = await update(
      user.id,
      replace('DEPT', 'New'),
      replace('__NAME__', 'canary.new@example.com'),
    );
    expect(answer).toMatchObject({
      status: 502,
      body: { exception: 'ConnectorIOException', applied: ['DEPT'], notApplied: ['__NAME__'] },
    });
    expect(calls().filter((call) => !call.startsWith('GET'))).toEqual(['PATCH 204', 'PUT 404']);
  });

  it('is in doubt when the second read fails', async () => {
    await start({ rest: { ioErrorRetries: 0 } });
    const user = fixture.user();
    deny({ method: 'PATCH', path: userPath });
    const match = { method: 'GET', path: userPath, nth: 2 };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 503 } });
    expect(await update(user.id, replace('DEPT', 'New'))).toMatchObject({
      status: 502,
      body: {
        exception: 'ConnectorIOException',
        detail: expect.stringContaining('a read to find out has failed') as unknown,
      },
    });
  });

  it('of a group is looked at in the same way, although no read precedes it', async () => {
    await start(settings);
    const [once, always] = [fixture.group(), fixture.group()];
    deny({ method: 'DELETE', path: '/groups/{groupId}', nth: 1 });
    expect((await remove('ZoomGroup', once.id)).status).toBe(204);
    deny({ method: 'DELETE', path: '/groups/{groupId}' });
    expect(await remove('ZoomGroup', always.id)).toMatchObject({
      status: 502,
      body: { exception: 'ConnectorIOException' },
    });
    expect(fixture.groups()).toContain(always);
    service.simulator.faults.clear();
    expect(await remove('ZoomGroup', 'Never-was-a-group-x1AA')).toMatchObject({
      status: 404,
      body: { exception: 'UnknownUidException' },
    });
  });

  it('over SCIM is looked at in the same way', async () => {
    await start({ ...settings, service: { api: 'scim' } });
    const user: User = fixture.user();
    deny({ method: 'PUT', path: '/scim2/Users/{userId}', nth: 1 });
    expect((await update(user.id, replace('DEPT', 'New'))).status).toBe(200);
    expect(user.dept).toBe('New');
    deny({ method: 'DELETE', path: '/scim2/Users/{userId}' });
    expect(await remove('ZoomUser', user.id)).toMatchObject({
      status: 502,
      body: { exception: 'ConnectorIOException' },
    });
  });
});

describe('an adoption', () => {
  it('of a user who is deleted meanwhile asks for a repetition', async () => {
    await start({ service: { duplicateErrorReturnsId: true } });
    const user = fixture.user();
    deny({ method: 'PATCH', path: userPath });
    deny({ method: 'GET', path: userPath, nth: 3, times: 9 });
    const attributes = { __NAME__: user.email, DEPT: 'New' };
    expect(await service.post('create', { objectClass: 'ZoomUser', attributes })).toMatchObject({
      status: 503,
      body: {
        exception: 'RetryableException',
        detail: 'The ZoomUser to adopt has just been deleted.',
      },
    });
  });
});
