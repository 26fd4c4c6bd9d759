import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../support/service.js';
import { canary } from '../support/canary.js';

/** The story the README tells, over HTTP against the simulator. */
describe('the life of a user', () => {
  let service: TestService;
  let uid: string;
  const name = canary.address;

  beforeAll(async () => {
    service = await startService({ service: { duplicateErrorReturnsId: false } });
  });
  afterAll(() => service.close());

  const attributesOf = async (...attributesToGet: string[]): Promise<unknown> => {
    const answer = await service.post('get', { objectClass: 'ZoomUser', uid, options: { attributesToGet } });
    return (answer.body as { attributes: unknown }).attributes;
  };

  it('is created as a pending user, looked up first', async () => {
    service.calls();
    const answer = await service.post('create', {
      objectClass: 'ZoomUser',
      attributes: { __NAME__: name, FIRST_NAME: canary.firstName, LAST_NAME: canary.lastName },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ uid: expect.any(String), name, warnings: [] });
    ({ uid } = answer.body as { uid: string });
    expect(service.calls()).toEqual(['GET /v2/users/jane.canary%40example.com 404', 'POST /v2/users 201']);
    expect(await attributesOf('STATUS', '__ENABLE__')).toEqual({ STATUS: 'pending', __ENABLE__: true });
  });

  it('cannot be created twice', async () => {
    const answer = await service.post('create', {
      objectClass: 'ZoomUser',
      attributes: { __NAME__: name.toUpperCase() },
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid });
  });

  it('is found by its address whatever the case', async () => {
    const answer = await service.post('search', {
      objectClass: 'zoomuser',
      filter: { equals: { EMAIL: 'Jane.Canary@Example.COM' } },
      options: { attributesToGet: ['FIRST_NAME'] },
    });
    expect(answer.body).toEqual({
      results: [{ objectClass: 'ZoomUser', uid, name, attributes: { FIRST_NAME: canary.firstName } }],
      pagedResultsCookie: null,
      remainingPagedResults: 0,
      allResultsReturned: true,
    });
  });

  it('refuses changes while the invitation is pending, because Zoom would drop them', async () => {
    const deltas = [{ name: 'LAST_NAME', valuesToReplace: ['Doe'] }];
    const answer = await service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas });
    expect(answer.status).toBe(412);
    expect(answer.body).toMatchObject({
      exception: 'PreconditionFailedException',
      applied: [],
      notApplied: ['LAST_NAME'],
    });
  });

  it('is renamed with two calls, and with one when nothing is to be changed', async () => {
    service.simulator.acceptInvitation(name);
    const change = {
      objectClass: 'ZoomUser',
      uid,
      deltas: [{ name: 'LAST_NAME', valuesToReplace: ['Doe'] }],
    };
    service.calls();
    expect((await service.post('update-delta', change)).body).toEqual({ sideEffects: [], warnings: [] });
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`, `PATCH /v2/users/${uid} 204`]);
    await service.post('update-delta', change);
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`]);
  });

  it('changes names and groups in one update, groups with three calls in all', async () => {
    const [first, second] = [...service.simulator.state.groups.all()].map(({ id }) => id);
    const groups = (delta: object) =>
      service.post('update-delta', {
        objectClass: 'ZoomUser',
        uid,
        deltas: [{ name: 'GROUP_IDS', ...delta }],
      });
    await groups({ valuesToReplace: [first] });
    service.calls();
    expect((await groups({ valuesToAdd: [second], valuesToRemove: [first] })).status).toBe(200);
    expect(service.calls()).toEqual([
      `GET /v2/users/${uid} 200`,
      `POST /v2/groups/${second ?? ''}/members 201`,
      `DELETE /v2/groups/${first ?? ''}/members/${uid} 204`,
    ]);
    expect(await attributesOf('GROUP_IDS')).toEqual({ GROUP_IDS: [second] });
  });

  it('is disabled together with a change of its name', async () => {
    const deltas = [
      { name: '__ENABLE__', valuesToReplace: [false] },
      { name: 'FIRST_NAME', valuesToReplace: ['CanaryJanet'] },
      { name: 'JOB_TITLE', valuesToReplace: [] },
    ];
    expect((await service.post('update-delta', { objectClass: 'ZoomUser', uid, deltas })).status).toBe(200);
    expect(await attributesOf('__ENABLE__', 'FIRST_NAME', 'JOB_TITLE')).toEqual({
      __ENABLE__: false,
      FIRST_NAME: 'CanaryJanet',
      JOB_TITLE: null,
    });
  });

  it('is deactivated by a delete, which for an inactive user changes nothing', async () => {
    service.calls();
    expect((await service.post('delete', { objectClass: 'ZoomUser', uid })).status).toBe(204);
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`]);
  });
});

describe('a user that exists already', () => {
  it('is adopted: the same uid, active again, with the attributes of the request', async () => {
    const service = await startService({
      service: { duplicateErrorReturnsId: true },
      custom: { deactivateOnDelete: true },
    });
    const attributes = { EMAIL: 'john.roe@example.com', FIRST_NAME: 'John', CREATE_ACTION: 'ssoCreate' };
    const first = await service.post('create', { objectClass: 'ZoomUser', attributes });
    const { uid } = first.body as { uid: string };
    expect(first.status).toBe(201);
    expect((await service.post('delete', { objectClass: 'ZoomUser', uid })).status).toBe(204);

    const again = { objectClass: 'ZoomUser', attributes: { ...attributes, FIRST_NAME: 'Johnny' } };
    const second = await service.post('create', again);
    expect(second.status).toBe(200);
    expect(second.body).toMatchObject({ uid, warnings: [] });
    const found = await service.post('get', { objectClass: 'ZoomUser', uid });
    expect(found.body).toMatchObject({ attributes: { STATUS: 'active', FIRST_NAME: 'Johnny' } });

    service.calls();
    expect((await service.post('create', again)).status).toBe(200);
    expect(service.calls()).toEqual(['GET /v2/users/john.roe%40example.com 200']);
    await service.close();
  });

  it('is never adopted when it is the owner or an administrator', async () => {
    const service = await startService({ service: { duplicateErrorReturnsId: true } });
    const owner = [...service.simulator.state.users.all()].find(({ role_id }) => role_id === '0');
    const attributes = { EMAIL: owner?.email, FIRST_NAME: 'Mallory' };
    service.calls();
    const answer = await service.post('create', { objectClass: 'ZoomUser', attributes });
    expect(answer.status).toBe(409);
    expect(service.calls()).toHaveLength(1);
    await service.close();
  });

  it.each([
    [412, 'code'],
    [409, 'code'],
    [400, 'code'],
    [412, 'plain'],
    [409, 'plain'],
    [400, 'plain'],
  ])(
    'is a collision when somebody else was faster and Zoom says so with %i (%s)',
    async (duplicateStatus, duplicateBody) => {
      const service = await startService({ simulator: { duplicateStatus, duplicateBody } });
      const { simulator } = service;
      const taken = [...simulator.state.users.all()].find(({ status }) => status === 'active');
      simulator.faults.add({
        match: { method: 'GET', path: '/users/{userId}', times: 1 },
        action: { kind: 'status', status: 404, body: { code: 1001, message: 'User does not exist.' } },
      });
      const answer = await service.post('create', {
        objectClass: 'ZoomUser',
        attributes: { EMAIL: taken?.email },
      });
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ exception: 'AlreadyExistsException', uid: taken?.id });
      await service.close();
    },
  );
});

describe('a user that is deleted for good', () => {
  it('is unknown afterwards', async () => {
    const service = await startService({ custom: { deactivateOnDelete: false } });
    const user = [...service.simulator.state.users.all()].find(
      (user) => user.role_id === '2' && user.status === 'active',
    );
    const target = { objectClass: 'ZoomUser', uid: user?.id };
    expect((await service.post('delete', target)).status).toBe(204);
    for (const operation of ['get', 'delete']) {
      const answer = await service.post(operation, target);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ exception: 'UnknownUidException' });
    }
    await service.close();
  });

  const transferOnDelete = { email: 'boss@example.com', meetings: true };
  it.each([
    ['rest', { deactivateOnDelete: true }],
    ['rest', { deactivateOnDelete: false, disassociateOnDelete: true }],
    ['rest', { deactivateOnDelete: false, transferOnDelete }],
    ['scim', { deactivateOnDelete: false }],
    ['scim', { deactivateOnDelete: false, transferOnDelete }],
  ])('over %s with %j loses a pending invitation by its address, without parameters', async (api, custom) => {
    const service = await startService({ service: { api }, custom });
    const pending = [...service.simulator.state.users.all()].find(({ status }) => status === 'pending');
    const target = { objectClass: 'ZoomUser', uid: pending?.id };
    expect((await service.post('delete', target)).status).toBe(204);
    const last = service.simulator.requests.at(-1);
    expect(last?.method).toBe('DELETE');
    expect(last?.path).toMatch(/%40[^/]+$/);
    expect(last?.query).toEqual({});
    expect(service.simulator.state.users.byEmail(pending?.email ?? '')).toBeUndefined();
    await service.close();
  });
});
