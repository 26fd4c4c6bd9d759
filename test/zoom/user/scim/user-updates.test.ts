import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group } from '../../../../src/simulator/state/records.js';
import { FaultFixture } from '../../../faults/fault-fixture.js';
import { startService, type TestService } from '../../../support/service.js';
import { replace } from '../../../support/deltas.js';

const objectClass = 'ZoomUser';
const userPath = '/scim2/Users/{userId}';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const extension = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';

let service: TestService;
let fixture: FaultFixture;
afterEach(() => service.close());

async function start(settings: object, simulator: object = {}): Promise<void> {
  service = await startService({ service: { api: 'scim', ...settings }, simulator });
  fixture = new FaultFixture(service.simulator);
}

const update = (uid: string, ...deltas: object[]) =>
  service.post('update-delta', { objectClass, uid, deltas });

/** Bodies of the PUTs that were sent. */
const sent = () =>
  service.simulator.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body as object);

/** The next single read over SCIM answers this, as a read does that is out of date. */
function readOnce(path: string, body: object): void {
  const action = { kind: 'status', status: 200, body } as const;
  service.simulator.faults.add({ match: { method: 'GET', path, times: 1 }, action });
}

describe.each([true, false])('licences over SCIM, with fallback: %s', (scimFallback) => {
  beforeEach(() => start({ scimFallback }));

  it('can be switched off although Zoom shows them under a former name, too', async () => {
    const user = fixture.user();
    await update(user.id, replace('ZOOM_REVENUE_ACCELERATOR', true)).expect(200);
    await update(user.id, replace('ZOOM_REVENUE_ACCELERATOR', false)).expect(200);
    expect(user.features).toMatchObject({ zoom_revenue_accelerator: false });
  });

  it('of Zoom Workplace take the place of each other, which is reported', async () => {
    const user = fixture.user();
    await update(user.id, replace('ZOOM_ONE_BIZ_PLUS', '16')).expect(200);
    const given = await update(user.id, replace('ZOOM_ONE_EDU', '576460752303423488')).expect(200);
    expect(user.zoom_one_type).toBe(576460752303423488n);
    expect(given.body).toMatchObject({ sideEffects: [{ name: 'ZOOM_ONE_BIZ_PLUS', valuesToReplace: [] }] });
    // What was written lately does not come back with the next replacement.
    await update(user.id, replace('DEPT', 'Sales')).expect(200);
    expect(user.zoom_one_type).toBe(576460752303423488n);
    await update(user.id, replace('ZOOM_ONE_EDU'), replace('ZOOM_ONE_BIZ_PLUS', '32')).expect(200);
    expect(user.zoom_one_type).toBe(32);
  });

  it('are not given two at a time where a user has one', async () => {
    const user = fixture.user();
    const both = [replace('ZOOM_ONE_BIZ_PLUS', '16'), replace('ZOOM_ONE_EDU', '576460752303423488')];
    const answer = await update(user.id, ...both).expect(400);
    expect(answer.body).toMatchObject({ exception: 'InvalidAttributeValueException' });
    expect(user.zoom_one_type).toBe(0);
  });

  it('are not taken away by another one of the same request, because the user has them already', async () => {
    const user = fixture.user();
    await update(user.id, replace('ZOOM_ONE_BIZ_PLUS', '16')).expect(200);
    const both = [replace('ZOOM_ONE_BIZ_PLUS', '16'), replace('ZOOM_ONE_EDU', '576460752303423488')];
    await update(user.id, ...both).expect(400);
    expect(user.zoom_one_type).toBe(16);
    await update(user.id, replace('ZOOM_ONE_BIZ_PLUS', '16'), replace('DEPT', 'Sales')).expect(200);
  });

  it('are not assigned to a user who is deactivated, with a warning that names them', async () => {
    const warned = { code: 'LOST_BY_DEACTIVATION', attributes: ['ZOOM_WHITEBOARD', 'ZOOM_AUTO_DIALER'] };
    const licences = { ZOOM_WHITEBOARD: true, ZOOM_AUTO_DIALER: '1073741824' };
    const user = fixture.user();
    const deltas = Object.entries(licences).map(([name, value]) => replace(name, value));
    const disabled = await update(user.id, ...deltas, replace('__ENABLE__', false)).expect(200);
    expect(disabled.body).toMatchObject({ warnings: [warned] });
    const again = await update(user.id, ...deltas, replace('__ENABLE__', false)).expect(200);
    expect(again.body).toEqual(disabled.body);
    const attributes = { __NAME__: fixture.address(), __ENABLE__: false, ...licences };
    const created = await service.post('create', { objectClass, attributes }).expect(201);
    expect(created.body).toMatchObject({ warnings: [warned] });
  });

  it.each(['ZOOM_PHONE_NUMBER', 'ZOOM_CONTACT_CENTER_ROLE', 'TRANSFEREE', 'ZOOM_DOCS'])(
    'and other members that Zoom does not clear cannot be cleared (%s)',
    async (name) => {
      service.calls();
      const answer = await update(fixture.user().id, replace(name)).expect(400);
      expect(answer.body).toMatchObject({ exception: 'InvalidAttributeValueException' });
      expect(service.calls()).toEqual([]);
    },
  );

  it('name the subscription and the heir, which can be read', async () => {
    const user = fixture.user();
    const given = {
      ZOOM_AUTO_DIALER: '1073741824',
      ZOOM_DOCS_SUBSCRIPTION: 'Docs 2',
      TRANSFEREE: 'x@example.com',
    };
    await update(user.id, ...Object.entries(given).map(([name, value]) => replace(name, value))).expect(200);
    const options = { attributesToGet: Object.keys(given) };
    const answer = await service.post('get', { objectClass, uid: user.id, options });
    expect(answer.body).toMatchObject({ attributes: given });
  });

  it('name the heir of a user who is deactivated in the same update, and do not lose it', async () => {
    const user = fixture.user();
    const deltas = [replace('__ENABLE__', false), replace('TRANSFEREE', 'x@example.com')];
    const answer = await update(user.id, ...deltas).expect(200);
    expect(answer.body).toEqual({ sideEffects: [], warnings: [] });
    const options = { attributesToGet: ['TRANSFEREE', '__ENABLE__'] };
    const read = await service.post('get', { objectClass, uid: user.id, options });
    expect(read.body).toMatchObject({ attributes: { TRANSFEREE: 'x@example.com', __ENABLE__: false } });
  });

  it('take plans away without switching a phone on', async () => {
    const { phone, users } = service.simulator.state;
    const user = fixture.user();
    phone.removeUser(user);
    users.change(user, { features: {} });
    await update(user.id, replace('ZOOM_PHONE_CALLING_PLAN', '-1')).expect(200);
    expect([user.features['zoom_phone'], phone.userOf(user)]).toEqual([undefined, undefined]);
  });
});

describe('the type None, for which SCIM has no word', () => {
  const userOfType = (type: number) => {
    const user = fixture.user();
    service.simulator.state.users.change(user, { type });
    return user;
  };

  it('is given back over REST after an update, and reported when that fails', async () => {
    await start({});
    const user = userOfType(99);
    const done = await update(user.id, replace('DEPT', 'Sales')).expect(200);
    expect([user.type, user.dept, done.body]).toEqual([99, 'Sales', { sideEffects: [], warnings: [] }]);
    const action = { kind: 'status', status: 400, body: { code: 1108, message: 'No.' } } as const;
    service.simulator.faults.add({ match: { method: 'PATCH', path: '/users/{userId}' }, action });
    const failed = await update(user.id, replace('DEPT', 'Sales 2')).expect(412);
    expect(failed.body).toMatchObject({ applied: ['DEPT'], notApplied: ['TYPE'] });
  });

  it('is written as the update says, and goes with a deactivation', async () => {
    await start({});
    const user = userOfType(99);
    await update(user.id, replace('DEPT', 'Sales'), replace('TYPE', 1)).expect(200);
    expect(user.type).toBe(1);
    const other = userOfType(99);
    await update(other.id, replace('DEPT', 'Sales'), replace('__ENABLE__', false)).expect(200);
    expect(other).toMatchObject({ type: 1, status: 'inactive' });
  });

  it('is named in a warning where REST cannot be asked', async () => {
    await start({ scimFallback: false });
    const user = userOfType(99);
    const code = 'TYPE_NOT_KEPT';
    const answer = await update(user.id, replace('DEPT', 'Sales')).expect(200);
    expect(answer.body).toMatchObject({ warnings: [{ code, attributes: ['TYPE'] }] });
    const basic = await update(userOfType(1).id, replace('DEPT', 'Sales')).expect(200);
    expect(basic.body).toMatchObject({ warnings: [] });
  });
});

describe('contact numbers, of which SCIM carries no country', () => {
  const number = 'tel:+442071838750;label=Home;country=GB';
  const numbersOf = async (uid: string): Promise<unknown> => {
    const options = { attributesToGet: ['PROFILE_PHONE_NUMBERS'] };
    const answer = await service.post('get', { objectClass, uid, options }).expect(200);
    return (answer.body as { attributes: Record<string, unknown> }).attributes['PROFILE_PHONE_NUMBERS'];
  };
  const holder = async (): Promise<string> => {
    await start({});
    const { id } = fixture.user();
    await update(id, replace('PROFILE_PHONE_NUMBERS', number)).expect(200);
    return id;
  };

  it('keep it when other attributes are changed', async () => {
    const uid = await holder();
    await update(uid, replace('DEPT', 'Sales')).expect(200);
    expect(await numbersOf(uid)).toEqual([number]);
    service.calls();
    await update(uid, replace('LAST_NAME', 'Tern'), replace('LANGUAGE', 'de-DE')).expect(200);
    expect(service.calls().filter((call) => call.startsWith('PATCH'))).toHaveLength(1);
    expect(await numbersOf(uid)).toEqual([number]);
  });

  it('are named when they cannot be written again', async () => {
    const uid = await holder();
    const match = { method: 'PATCH', path: '/users/{userId}' };
    service.simulator.faults.add({ match, action: { kind: 'status', status: 400 } });
    const answer = await update(uid, replace('DEPT', 'Sales'));
    expect(answer.body).toMatchObject({ applied: ['DEPT'], notApplied: ['PROFILE_PHONE_NUMBERS'] });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

describe.each([true, false])(
  'a user whom SCIM shows with one group of several, with fallback: %s',
  (scimFallback) => {
    it('is in all of them after an update', async () => {
      await start({ scimFallback }, { scimNesting: 'object' });
      const [user, groups] = [fixture.user(), fixture.groups().slice(0, 2)];
      for (const group of groups) fixture.join(group, user);
      await update(user.id, replace('DEPT', 'Sales')).expect(200);
      expect(user.groups).toEqual(groups);
    });
  },
);

it('a user whom SCIM shows with one group of several is read with all of them', async () => {
  await start({}, { scimNesting: 'object' });
  const [user, groups] = [fixture.user(), fixture.groups().slice(0, 2)];
  for (const group of groups) fixture.join(group, user);
  const options = { attributesToGet: ['GROUP_IDS'] };
  const answer = await service.post('get', { objectClass, uid: user.id, options });
  expect(answer.body).toMatchObject({ attributes: { GROUP_IDS: groups.map(({ id }) => id) } });
});

describe('what a replacement carries', () => {
  it('asks for a phone once, also when the address changes', async () => {
    await start({});
    const user = fixture.user();
    const deltas = [replace('ZOOM_PHONE_EXT_NUMBER', '0'), replace('DEPT', 'Sales')];
    await update(user.id, ...deltas, replace('__NAME__', fixture.address())).expect(200);
    const [first, second] = sent();
    expect(first).toMatchObject({ [extension]: { zoomPhoneExtNumber: '0' } });
    expect(second).not.toHaveProperty([extension, 'zoomPhoneExtNumber']);
    expect(second).toMatchObject({ [enterprise]: { department: 'Sales' } });
  });

  it('names every extension it carries among the schemas', async () => {
    await start({ scimFallback: false });
    const { email, id } = fixture.user();
    const next = 'urn:us:zoom:scim:schemas:extension:3.0:ZoomUser';
    readOnce(userPath, { id, userName: email, active: true, [next]: { future: 1 } });
    await update(id, replace('FIRST_NAME', 'Ada')).expect(200);
    expect(sent()).toMatchObject([
      { schemas: expect.arrayContaining([next]) as unknown, [next]: { future: 1 } },
    ]);
  });

  it('is the title written a moment ago, whatever a stale read of REST says', async () => {
    await start({}, { scimPut: 'replace' });
    const user = fixture.user();
    await update(user.id, replace('JOB_TITLE', 'Dr.'), replace('LOCATION')).expect(200);
    const stale = { id: user.id, email: user.email, status: 'active', job_title: 'Old', location: 'Old' };
    readOnce('/users/{userId}', stale);
    await update(user.id, replace('DEPT', 'Sales')).expect(200);
    expect(user).toMatchObject({ dept: 'Sales', profile: { job_title: 'Dr.' } });
    expect(user.profile.location ?? '').toBe('');
  });

  it('is the membership written a moment ago, whatever a stale read says', async () => {
    await start({}, { scimPut: 'replace' });
    const [user, [left, joined]] = [fixture.user(), fixture.groups() as [Group, Group]];
    fixture.join(left, user);
    const groups = { name: 'GROUP_IDS', valuesToAdd: [joined.id], valuesToRemove: [left.id] };
    await update(user.id, groups).expect(200);
    const { email, id } = user;
    readOnce(userPath, {
      id,
      userName: email,
      active: true,
      groups: [{ value: left.name, display: left.name }],
    });
    await update(user.id, replace('DEPT', 'Sales')).expect(200);
    expect(user.groups).toEqual([joined]);
  });

  it('is the role written by its id a moment ago, whatever a stale read says', async () => {
    await start({});
    const user = fixture.user();
    const { email, id } = user;
    await update(id, replace('ROLE_NAME', 'Admin')).expect(200);
    await update(id, replace('ROLE_ID', '2')).expect(200);
    readOnce(userPath, { id, userName: email, active: true, roles: [{ value: 'Admin', display: 'Admin' }] });
    await update(id, replace('DEPT', 'Sales')).expect(200);
    expect(user).toMatchObject({ dept: 'Sales', role_id: '2' });
  });
});

it('a user whom REST does not know although SCIM shows it is not told or changed in part', async () => {
  await start({});
  const user = fixture.user();
  const body = { code: 1001, message: 'User does not exist.' };
  const action = { kind: 'status', status: 404, body } as const;
  service.simulator.faults.add({ match: { method: 'GET', path: '/users/{userId}' }, action });
  const options = { attributesToGet: ['LANGUAGE'] };
  const outOfStep = { exception: 'ConnectorIOException' };
  const filter = { startsWith: { EMAIL: user.email } };
  const searched = await service.post('search', { objectClass, filter, options });
  const got = await service.post('get', { objectClass, uid: user.id, options });
  const updated = await update(user.id, replace('DEPT', 'Sales'));
  expect([searched.body, got.body, updated.body]).toMatchObject([outOfStep, outOfStep, outOfStep]);
  expect(user.dept).not.toBe('Sales');
});

it('a failure counts what deactivation takes away as not applied', async () => {
  await start({});
  const user = fixture.user();
  const body = { detail: 'User is inactive or locked.', status: 400 };
  service.simulator.faults.add({
    match: { method: 'PUT', path: userPath },
    action: { kind: 'status', status: 400, body },
  });
  const deltas = [replace('DEPT', 'Sales'), replace('ZOOM_WHITEBOARD', true), replace('__ENABLE__', false)];
  const answer = await update(user.id, ...deltas).expect(412);
  expect(answer.body).toMatchObject({ applied: ['__ENABLE__'], notApplied: ['DEPT', 'ZOOM_WHITEBOARD'] });
});

it('a role is not given by name and by id', async () => {
  await start({});
  const attributes = { __NAME__: fixture.address(), ROLE_ID: '2', ROLE_NAME: 'Admin' };
  const answer = await service.post('create', { objectClass, attributes }).expect(400);
  expect(answer.body).toMatchObject({ exception: 'InvalidAttributeValueException' });
  expect(service.calls()).toEqual([]);
});

it('a contact number without a label is one of the office, and stays what it is', async () => {
  await start({ scimFallback: false, verifyWrites: 'fail' });
  const user = fixture.user();
  const numbers = replace('PROFILE_PHONE_NUMBERS', 'tel:+15550100', 'tel:+15550101;label=Work');
  await update(user.id, numbers).expect(200);
  service.calls();
  await update(user.id, numbers).expect(200);
  expect(service.calls()).toEqual([`GET ${userPath.replace('{userId}', user.id)} 200`]);
});

it('SCIM alone does not claim to know whose an address is that is taken', async () => {
  await start({ scimFallback: false }, { scimPendingFilter: 'empty' });
  const attributes = { __NAME__: fixture.user('pending').email };
  const answer = await service.post('create', { objectClass, attributes }).expect(409);
  expect(answer.body).toMatchObject({
    exception: 'AlreadyExistsException',
    detail: expect.stringContaining('pending here, or') as unknown,
    hint: expect.stringContaining('Zoom portal') as unknown,
  });
});

it('Test says that REST cannot be used for lack of scopes', async () => {
  await start({}, { grantedScopes: ['scim2:admin'] });
  const answer = await service.post('test').expect(200);
  const { checks } = answer.body as { checks: { name: string; hint?: string }[] };
  expect(checks.find(({ name }) => name === 'REST')?.hint).toMatch(
    /user:read:list_users:admin.*service\.scimFallback/,
  );
});

it.each(['renamed', 'deleted'])(
  'a user is in the group that has a name now, not in one that was %s',
  async (fate) => {
    const custom = { entitlementDeletionEnabled: true };
    service = await startService({ service: { api: 'scim', scimFallback: false }, custom });
    fixture = new FaultFixture(service.simulator);
    const [user, [former]] = [fixture.user(), fixture.groups() as [Group]];
    const ids = async () => {
      const options = { attributesToGet: ['GROUP_IDS'] };
      const answer = await service.post('get', { objectClass, uid: user.id, options }).expect(200);
      return (answer.body as { attributes: { GROUP_IDS: string[] } }).attributes.GROUP_IDS;
    };
    fixture.join(former, user);
    expect(await ids()).toEqual([former.id]);
    service.simulator.state.groups.leave(former, user);
    const group = { objectClass: 'ZoomGroup', uid: former.id };
    const { name } = former;
    if (fate === 'deleted') await service.post('delete', group).expect(204);
    else await service.post('update-delta', { ...group, deltas: [replace('__NAME__', 'Other')] }).expect(200);
    const attributes = { __NAME__: name };
    const made = await service.post('create', { objectClass: 'ZoomGroup', attributes }).expect(201);
    const { uid } = made.body as { uid: string };
    for (const group of fixture.groups().filter(({ id }) => id === uid)) fixture.join(group, user);
    expect(await ids()).toEqual([uid]);
  },
);
