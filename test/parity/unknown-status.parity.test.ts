import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { User, UserStatus } from '../../src/simulator/state/records.js';
import { FaultFixture } from '../faults/fault-fixture.js';
import { replace } from '../support/deltas.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

/** A way in which an API leaves the status of a user open. */
interface Api {
  readonly name: string;
  readonly settings: object;
  readonly single: string;
  readonly list: string;
  /** The members of a record with this word for the status; `undefined` leaves it out. */
  record(user: User, word: unknown): object;
  rows(records: readonly object[]): object;
  /** A word that the API does not document. */
  readonly foreign: unknown;
}

const rest: Api = {
  name: 'REST',
  settings: {},
  single: '/users/{userId}',
  list: '/users',
  record: ({ email, id, role_id, type }, status) => ({ id, email, role_id, type, status }),
  rows: (users) => ({ users, total_records: users.length, next_page_token: '' }),
  foreign: 'locked',
};

const scim: Api = {
  name: 'SCIM alone',
  settings: { api: 'scim', scimFallback: false },
  single: '/scim2/Users/{userId}',
  list: '/scim2/Users',
  record: ({ email: userName, id }, active) => ({ id, userName, active }),
  rows: (resources) => ({ Resources: resources, totalResults: resources.length }),
  foreign: '',
};

const apis = [rest, scim];

const update = (user: User, ...deltas: object[]) =>
  service.post('update-delta', { objectClass, uid: user.id, deltas });

async function attributesOf(user: User): Promise<object> {
  const answer = await service.post('get', { objectClass, uid: user.id }).expect(200);
  return (answer.body as { attributes: object }).attributes;
}

const writes = () =>
  service.simulator.requests.filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token');

describe.each(apis)('a user whose status $name does not show', (api) => {
  beforeEach(async () => {
    service = await startService({ service: api.settings, custom: { deactivateOnDelete: false } });
    fixture = new FaultFixture(service.simulator);
  });

  /** The next single reads show another word for the status. */
  function hide(user: User, word: unknown, times?: number): void {
    const action = { kind: 'status', status: 200, body: api.record(user, word) } as const;
    const match = { method: 'GET', path: api.single, ...(times !== undefined && { times }) };
    service.simulator.faults.add({ match, action });
  }

  function hideInLists(user: User, word: unknown): void {
    const action = { kind: 'status', status: 200, body: api.rows([api.record(user, word)]) } as const;
    service.simulator.faults.add({ match: { method: 'GET', path: api.list }, action });
  }

  it.each([undefined, null, api.foreign])('is not read as enabled: %j', async (word) => {
    const user = fixture.user('inactive');
    hide(user, word);
    const attributes = await attributesOf(user);
    expect(attributes).not.toHaveProperty('__ENABLE__');
    if (word === 'locked') expect(attributes).toHaveProperty('STATUS', 'locked');
    else expect(attributes).not.toHaveProperty('STATUS');
  });

  it.each<UserStatus>(['inactive', 'active'])('is enabled after a second read: %s', async (status) => {
    const user = fixture.user(status);
    hide(user, undefined, 1);
    await update(user, replace('__ENABLE__', true)).expect(200);
    expect(user.status).toBe('active');
    expect(writes()).toHaveLength(status === 'active' ? 0 : 1);
  });

  it('is changed as the list says', async () => {
    const [active, inactive] = [fixture.user(), fixture.user('inactive')];
    hide(active, undefined, 2);
    await update(active, replace('DEPT', 'Sales')).expect(200);
    expect(active.dept).toBe('Sales');
    hide(inactive, api.foreign, 2);
    const answer = await update(inactive, replace('DEPT', 'Sales')).expect(412);
    expect(answer.body).toMatchObject({ exception: 'PreconditionFailedException', notApplied: ['DEPT'] });
  });

  it.each([undefined, api.foreign])('is not changed while nothing shows the status: %j', async (word) => {
    const user = fixture.user('inactive');
    hide(user, word);
    hideInLists(user, api.foreign);
    for (const delta of [
      replace('__ENABLE__', true),
      replace('__ENABLE__', false),
      replace('DEPT', 'Sales'),
    ]) {
      const answer = await update(user, delta).expect(502);
      expect(answer.body).toMatchObject({ exception: 'ConnectorIOException' });
    }
    const answer = await service.post('delete', { objectClass, uid: user.id }).expect(502);
    expect(answer.body).toMatchObject({ exception: 'ConnectorIOException' });
    expect(writes()).toEqual([]);
  });
});

describe('a pending user whose status the single read does not show', () => {
  beforeEach(async () => {
    service = await startService();
    fixture = new FaultFixture(service.simulator);
  });

  it('is known by the list of pending users', async () => {
    const user = fixture.user('pending');
    const body = rest.record(user, undefined);
    const match = { method: 'GET', path: rest.single };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 200, body } });
    const refused = await update(user, replace('DEPT', 'Sales')).expect(412);
    expect(refused.body).toMatchObject({ notApplied: ['DEPT'] });
    await update(user, replace('__ENABLE__', true)).expect(200);
    expect(writes()).toEqual([]);
    await service.post('delete', { objectClass, uid: user.id }).expect(204);
    expect(writes()).toMatchObject([{ method: 'DELETE', query: {} }]);
  });

  it('is added to a group only after a second read', async () => {
    const [user, group] = [fixture.user('pending'), fixture.group()];
    const body = rest.record(user, undefined);
    const match = { method: 'GET', path: rest.single, times: 1 };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 200, body } });
    const delta = { name: 'MEMBER_IDS', valuesToAdd: [user.id] };
    const change = { objectClass: 'ZoomGroup', uid: group.id, deltas: [delta] };
    await service.post('update-delta', change).expect(200);
    expect(user.groups).toEqual([group]);
  });
});

it('a search shows the word of Zoom for a status, and nothing about enabling', async () => {
  service = await startService();
  fixture = new FaultFixture(service.simulator);
  const user = fixture.user();
  const body = rest.record(user, 'locked');
  service.simulator.faults.add({
    match: { method: 'GET', path: `/users/${user.id}` },
    action: { kind: 'status', status: 200, body },
  });
  const search = async (attributesToGet: readonly string[]) => {
    const filter = { startsWith: { EMAIL: user.email } };
    const answer = await service.post('search', { objectClass, filter, options: { attributesToGet } });
    return (answer.body as { results: { attributes: object }[] }).results.map(({ attributes }) => attributes);
  };
  expect(await search(['STATUS', '__ENABLE__', 'LANGUAGE'])).toEqual([{ STATUS: 'locked', LANGUAGE: null }]);
  expect(await search(['STATUS', '__ENABLE__'])).toEqual([{ STATUS: 'active', __ENABLE__: true }]);
});
