import { describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { startVerifying, type Verifying } from './verifying.js';
import { replace } from '../support/deltas.js';

const userPath = '/users/{userId}';

/** Zoom makes active users at once. */
const owned = { simulator: { createAction: 'active' } };

/** Attributes of which Zoom's create call takes the names, and an update after it the department. */
const jane = { __NAME__: 'jane.roe@example.com', FIRST_NAME: 'Jane', LAST_NAME: 'Roe', DEPT: 'Sales' };

function calls({ service }: Verifying): readonly string[] {
  return service.calls().map((call) => call.replace(/\/users\/[^ ]+/, '/users/…'));
}

describe('a field of a create that Zoom ignores', () => {
  it('goes unnoticed, and costs no call, with verifyWrites off', async () => {
    const off = await startVerifying('off', owned);
    off.service.calls();
    off.ignore('POST', '/users', '/user_info/first_name');
    expect(await off.create('ZoomUser', { ...jane, DEPT: null })).toMatchObject({
      status: 201,
      body: { warnings: [] },
    });
    expect(calls(off)).toEqual(['GET /v2/users/… 404', 'POST /v2/users 201']);
  });

  it.each([
    ['active', owned],
    ['pending', {}],
  ])('is a warning with warn, %s', async (status, settings) => {
    const warn = await startVerifying('warn', settings);
    warn.service.calls();
    warn.ignore('POST', '/users', '/user_info/first_name');
    const answer = await warn.create('ZoomUser', { ...jane, DEPT: null });
    const user = warn.service.simulator.state.users.byEmail(jane.__NAME__);
    expect(user).toMatchObject({ status, first_name: '', last_name: 'Roe' });
    expect(answer).toMatchObject({
      status: 201,
      body: { uid: user?.id, warnings: [{ code: 'WRITE_IGNORED', attributes: ['FIRST_NAME'] }] },
    });
    const read = 'GET /v2/users/… 200';
    expect(calls(warn)).toEqual(['GET /v2/users/… 404', 'POST /v2/users 201', read, read, read]);
  });

  it('is an error with fail, which says what was applied and gives the uid', async () => {
    const fail = await startVerifying('fail', owned);
    fail.ignore('POST', '/users', '/user_info/first_name');
    const { body, status } = await fail.create('ZoomUser', jane);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      exception: 'RetryableException',
      uid: fail.service.simulator.state.users.byEmail(jane.__NAME__)?.id,
      notApplied: ['FIRST_NAME'],
      cause: { exception: 'PreconditionFailedException' },
    });
    expect(body['applied']).toEqual(expect.arrayContaining(['__NAME__', 'LAST_NAME', 'DEPT']));
  });
});

describe('a create', () => {
  it('costs one read more, and one for all its parts', async () => {
    const fail = await startVerifying('fail', owned);
    fail.service.calls();
    expect(await fail.create('ZoomUser', jane)).toMatchObject({ status: 201, body: { warnings: [] } });
    const read = 'GET /v2/users/… 200';
    expect(calls(fail)).toEqual([
      'GET /v2/users/… 404',
      'POST /v2/users 201',
      read,
      'PATCH /v2/users/… 204',
      read,
    ]);
  });

  it('reports an update after it that Zoom ignores', async () => {
    const warn = await startVerifying('warn', owned);
    warn.ignore('PATCH', userPath);
    expect(await warn.create('ZoomUser', jane)).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['DEPT'] }] },
    });
  });

  it('of a pending user is not looked at twice for what it does not take', async () => {
    const warn = await startVerifying('warn');
    const group = warn.fixture.group();
    warn.service.calls();
    expect(await warn.create('ZoomUser', { ...jane, GROUP_IDS: [group.id] })).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'NOT_APPLIED_PENDING', attributes: ['DEPT'] }] },
    });
    const read = 'GET /v2/users/… 200';
    expect(calls(warn).slice(2)).toEqual([read, 'PATCH /v2/users/… 204', read]);
  });

  it('of a pending user does not wait for the phone', async () => {
    const fail = await startVerifying('fail');
    expect(await fail.create('ZoomUser', { ...jane, DEPT: null, ZOOM_PHONE_FEATURE: true })).toMatchObject({
      status: 201,
      body: { warnings: [] },
    });
    expect(fail.waits).toEqual([]);
  });

  it('finds a pending user again whose id Zoom does not answer', async () => {
    const simulator = { pendingById: 'notFound', pendingCreateId: 'blank' };
    const fail = await startVerifying('fail', { simulator });
    expect(await fail.create('ZoomUser', { ...jane, DEPT: null })).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'NO_ID_IN_ANSWER' }] },
    });
  });

  it('of a group is read back, not taken from the answer to the create call', async () => {
    const warn = await startVerifying('warn');
    const body = { id: 'group-that-is-not-there-00', name: 'New', total_members: 0 };
    warn.fault({ method: 'POST', path: '/groups' }, { kind: 'status', status: 201, body });
    expect(await warn.create('ZoomGroup', { __NAME__: 'New' })).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'WRITE_NOT_VERIFIED', attributes: ['__NAME__'] }] },
    });
  });
});

describe('an adoption that Zoom ignores', () => {
  const adopting = { service: { duplicateErrorReturnsId: true } };

  async function adopt(verifying: Verifying): Promise<{ answer: unknown; user: User }> {
    const user = verifying.fixture.user();
    verifying.ignore('PATCH', userPath, '/dept');
    const answer = await verifying.create('ZoomUser', { ...jane, __NAME__: user.email });
    return { answer, user };
  }

  it('is a warning with warn', async () => {
    const { answer, user } = await adopt(await startVerifying('warn', adopting));
    expect(answer).toMatchObject({
      status: 200,
      body: { uid: user.id, warnings: [{ code: 'WRITE_IGNORED', attributes: ['DEPT'] }] },
    });
  });

  it('is an error with fail', async () => {
    const { answer, user } = await adopt(await startVerifying('fail', adopting));
    expect(answer).toMatchObject({
      status: 412,
      body: {
        exception: 'PreconditionFailedException',
        uid: user.id,
        applied: ['FIRST_NAME', 'LAST_NAME'],
        notApplied: ['DEPT'],
      },
    });
  });

  it('is found out again by a repetition', async () => {
    const fail = await startVerifying('fail', adopting);
    const { user } = await adopt(fail);
    const again = await fail.create('ZoomUser', { ...jane, __NAME__: user.email });
    expect(again).toMatchObject({ status: 412, body: { applied: [], notApplied: ['DEPT'] } });
    expect(await fail.update('ZoomUser', user.id, replace('LAST_NAME', 'Roe'))).toMatchObject({
      status: 200,
    });
  });
});
