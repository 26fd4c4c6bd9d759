import { describe, expect, it } from '@jest/globals';
import type { User } from '../../src/simulator/state/records.js';
import { startVerifying, type Verifying } from './verifying.js';
import { replace } from '../support/deltas.js';

const userPath = '/users/{userId}';

function read(user: User): string {
  return `GET /v2/users/${user.id} 200`;
}

async function changes(verifying: Verifying, user: User): Promise<unknown> {
  return verifying.update('ZoomUser', user.id, replace('DEPT', 'New'), replace('LAST_NAME', 'Roe'));
}

function dept(verifying: Verifying): User {
  const user = verifying.fixture.user();
  verifying.service.simulator.state.users.change(user, { dept: 'Old' });
  verifying.service.calls();
  return user;
}

describe('a change of a user that Zoom ignores', () => {
  it('goes unnoticed, and costs no call, with verifyWrites off', async () => {
    const off = await startVerifying('off');
    const user = dept(off);
    off.ignore('PATCH', userPath);
    expect(await changes(off, user)).toEqual({ status: 200, body: { sideEffects: [], warnings: [] } });
    expect(off.service.calls()).toEqual([read(user), `PATCH /v2/users/${user.id} 204`]);
  });

  it('is a warning with warn, after three reads', async () => {
    const warn = await startVerifying('warn');
    const user = dept(warn);
    warn.ignore('PATCH', userPath, '/dept');
    expect(await changes(warn, user)).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['DEPT'] }] },
    });
    expect(user).toMatchObject({ dept: 'Old', last_name: 'Roe' });
    const [get, patch] = [read(user), `PATCH /v2/users/${user.id} 204`];
    expect(warn.service.calls()).toEqual([get, patch, get, get, get]);
    expect(warn.waits).toEqual([1000, 2000]);
  });

  it('is an error with fail, which says what was applied', async () => {
    const fail = await startVerifying('fail');
    const user = dept(fail);
    fail.ignore('PATCH', userPath, '/dept');
    expect(await changes(fail, user)).toMatchObject({
      status: 412,
      body: { exception: 'PreconditionFailedException', applied: ['LAST_NAME'], notApplied: ['DEPT'] },
    });
  });

  it.each(['warn', 'fail'] as const)('is not remembered as written with %s', async (mode) => {
    const verifying = await startVerifying(mode);
    const user = dept(verifying);
    verifying.ignore('PATCH', userPath);
    await changes(verifying, user);
    const target = { objectClass: 'ZoomUser', uid: user.id, options: { attributesToGet: ['DEPT'] } };
    const got = await verifying.service.post('get', target);
    expect(got.body).toMatchObject({ attributes: { DEPT: 'Old' } });
    verifying.service.simulator.faults.clear();
    expect(await changes(verifying, user)).toMatchObject({ status: 200, body: { warnings: [] } });
    expect(user).toMatchObject({ dept: 'New', last_name: 'Roe' });
  });

  it('is named as callers name it', async () => {
    const renamed = await startVerifying('warn', { custom: { attributeNames: { DEPT: 'DEPARTMENT' } } });
    const user = dept(renamed);
    renamed.ignore('PATCH', userPath);
    expect(await renamed.update('ZoomUser', user.id, replace('DEPARTMENT', 'New'))).toMatchObject({
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['DEPARTMENT'] }] },
    });
  });

  it('is not applied beside a failure', async () => {
    const warn = await startVerifying('warn');
    const user = dept(warn);
    warn.ignore('PATCH', userPath);
    const body = { code: 300, message: 'Invalid field.' };
    warn.fault({ method: 'PUT', path: '/users/{userId}/email' }, { kind: 'status', status: 400, body });
    const deltas = [replace('DEPT', 'New'), replace('__NAME__', 'new@example.com')];
    expect(await warn.update('ZoomUser', user.id, ...deltas)).toMatchObject({
      status: 400,
      body: { applied: [], notApplied: ['__NAME__', 'DEPT'] },
    });
  });

  it('may be the address, the status or a licence', async () => {
    const warn = await startVerifying('warn');
    const user = dept(warn);
    for (const path of [`${userPath}/email`, `${userPath}/status`]) warn.ignore('PUT', path);
    warn.ignore('PATCH', userPath, '/zoom_one_type');
    const deltas = [
      replace('__NAME__', 'new@example.com'),
      replace('ZOOM_ONE_TYPE', '576460752303423488'),
      replace('__ENABLE__', false),
    ];
    const withoutStatus = deltas.slice(0, 2);
    expect(await warn.update('ZoomUser', user.id, ...withoutStatus)).toMatchObject({
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['__NAME__', 'ZOOM_ONE_TYPE'] }] },
    });
    expect(await warn.update('ZoomUser', user.id, ...deltas.slice(2))).toMatchObject({
      body: { warnings: [{ code: 'WRITE_IGNORED', attributes: ['__ENABLE__'] }] },
    });
  });
});

describe('a change of a user that Zoom makes', () => {
  it('costs one read more', async () => {
    const warn = await startVerifying('warn');
    const user = dept(warn);
    expect(await changes(warn, user)).toMatchObject({ status: 200, body: { warnings: [] } });
    expect(warn.service.calls()).toEqual([read(user), `PATCH /v2/users/${user.id} 204`, read(user)]);
    expect(await changes(warn, user)).toMatchObject({ status: 200, body: { warnings: [] } });
    expect(warn.service.calls()).toEqual([read(user)]);
  });

  it('may take a moment to show', async () => {
    const fail = await startVerifying('fail');
    const user = dept(fail);
    const { email, id } = user;
    const stale = { id, email, status: 'active', dept: 'Old', last_name: 'Old' };
    fail.fault({ method: 'GET', path: userPath, nth: 2 }, { kind: 'status', status: 200, body: stale });
    expect(await changes(fail, user)).toMatchObject({ status: 200, body: { warnings: [] } });
    const [get, patch] = [read(user), `PATCH /v2/users/${user.id} 204`];
    expect(fail.service.calls()).toEqual([get, patch, get, get]);
    expect(fail.waits).toEqual([1000]);
  });

  it('is not looked for where no read tells it', async () => {
    const fail = await startVerifying('fail');
    const user = dept(fail);
    fail.ignore('PATCH', userPath);
    const untold = [replace('__PASSWORD__', 'Zx9!kq7Lmp'), replace('HOST_KEY', '123456')];
    expect(await fail.update('ZoomUser', user.id, ...untold)).toMatchObject({ status: 200 });
    expect(fail.service.calls().filter((call) => call.startsWith('GET'))).toHaveLength(1);
  });

  it('is no difference where Zoom makes something else of it', async () => {
    const fail = await startVerifying('fail');
    const user = dept(fail);
    fail.service.simulator.state.users.change(user, { display_name: 'Jane R.' });
    expect(await fail.update('ZoomUser', user.id, replace('DISPLAY_NAME'))).toMatchObject({ status: 200 });
    const mixed = replace('__NAME__', user.email.toUpperCase());
    expect(await fail.update('ZoomUser', user.id, mixed)).toMatchObject({ status: 200 });
  });

  it('is not reported twice when deactivation takes it', async () => {
    const warn = await startVerifying('warn');
    const user = dept(warn);
    const deltas = [
      replace('__ENABLE__', false),
      replace('ZOOM_ONE_TYPE', '33554432'),
      replace('DEPT', 'New'),
    ];
    expect(await warn.update('ZoomUser', user.id, ...deltas)).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'LOST_BY_DEACTIVATION', attributes: ['ZOOM_ONE_TYPE'] }] },
    });
    expect(warn.waits).toEqual([]);
  });
});

describe('a phone that is switched on', () => {
  const missing = { kind: 'status', status: 404, body: { code: 404, message: 'No phone.' } } as const;

  it('may be there only after a while', async () => {
    const fail = await startVerifying('fail', { simulator: { phoneUsers: 0 } });
    const user = dept(fail);
    fail.fault({ method: 'GET', path: '/phone/users/{userId}', nth: 2, times: 4 }, missing);
    expect(await fail.update('ZoomUser', user.id, replace('ZOOM_PHONE_FEATURE', true))).toMatchObject({
      status: 200,
      body: { warnings: [] },
    });
    expect(fail.waits).toEqual([250, 500, 1000, 2000]);
  });

  it('is in doubt when it never comes', async () => {
    const warn = await startVerifying('warn', { simulator: { phoneUsers: 0 } });
    const user = dept(warn);
    warn.ignore('PATCH', userPath, '/feature');
    const deltas = [replace('ZOOM_PHONE_FEATURE', true), replace('DEPT', 'New')];
    expect(await warn.update('ZoomUser', user.id, ...deltas)).toMatchObject({
      status: 200,
      body: { warnings: [{ code: 'WRITE_NOT_VERIFIED', attributes: ['ZOOM_PHONE_FEATURE'] }] },
    });
  });
});

describe('what cannot be read back', () => {
  it.each([
    [500, 'ConnectorIOException', 502],
    [404, 'ConnectorIOException', 502],
  ])('because of %i is in doubt', async (status, exception, answered) => {
    const broken = { kind: 'status', status, body: { code: status === 404 ? 1001 : 500 } } as const;
    const expected = {
      warn: { status: 200, body: { warnings: [{ code: 'WRITE_NOT_VERIFIED', attributes: ['DEPT'] }] } },
      fail: { status: answered, body: { exception, applied: [], notApplied: [], unknown: ['DEPT'] } },
    };
    for (const mode of ['warn', 'fail'] as const) {
      const verifying = await startVerifying(mode, { rest: { ioErrorRetries: 0 } });
      const user = dept(verifying);
      verifying.fault({ method: 'GET', path: userPath, nth: 2, times: 9 }, broken);
      expect(await verifying.update('ZoomUser', user.id, replace('DEPT', 'New'))).toMatchObject(
        expected[mode],
      );
      expect(user.dept).toBe('New');
    }
  });
});

it('a dry run reads nothing back', async () => {
  const fail = await startVerifying('fail');
  const user = dept(fail);
  const body = { objectClass: 'ZoomUser', uid: user.id, deltas: [replace('DEPT', 'New')] };
  const answer = await fail.service.post('update-delta?dryRun=true', body);
  expect((answer.body as { plan: { method: string }[] }).plan.map(({ method }) => method)).toEqual([
    'GET',
    'PATCH',
  ]);
  expect(fail.service.calls()).toEqual([read(user)]);
});
