import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group, User } from '../../src/simulator/state/records.js';
import { FaultFixture } from '../faults/fault-fixture.js';
import { startService, type TestService } from '../support/service.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const extension = 'urn:ietf:params:scim:schemas:extension:zoom:1.0:User';
const login = 'urn:us:zoom:scim:schemas:extension:1.0:ZoomUser';
const zoomGroup = 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group';

/** Members of a record, the attribute that they are read as, and its value; `unreadable` if the read fails. */
type Case = readonly [members: object, attribute: string, expected: unknown];

const unreadable = Symbol('unreadable');

const wrong = { a: 1 };

const restCases: readonly Case[] = [
  [{ verified: true }, 'VERIFIED', '1'],
  [{ verified: '0' }, 'VERIFIED', '0'],
  [{ use_pmi: 'false' }, 'USE_PMI', false],
  [{ use_pmi: 1 }, 'USE_PMI', true],
  [{ use_pmi: wrong }, 'USE_PMI', unreadable],
  [{ type: '2' }, 'TYPE', 2],
  [{ type: true }, 'TYPE', unreadable],
  [{ dept: 7 }, 'DEPT', '7'],
  [{ dept: false }, 'DEPT', unreadable],
  [{ dept: [] }, 'DEPT', unreadable],
  [{ group_ids: 'abc' }, 'GROUP_IDS', unreadable],
  [{ group_ids: null }, 'GROUP_IDS', []],
  [{ division_ids: [{}] }, 'DIVISION_IDS', unreadable],
  [{ login_types: ['101'] }, 'LOGIN_TYPES', [101]],
  [{ last_login_time: {} }, '__LAST_LOGIN_DATE__', unreadable],
  [{ phone_numbers: 'x' }, 'PROFILE_PHONE_NUMBERS', unreadable],
  [{ phone_numbers: [{ number: {} }] }, 'PROFILE_PHONE_NUMBERS', unreadable],
  [{ phone_numbers: ['x'] }, 'PROFILE_PHONE_NUMBERS', unreadable],
  [{ license_info_list: ['x'] }, 'LICENSE_INFO', unreadable],
  [{ custom_attributes: 'x' }, 'CUSTOM_FLOOR', unreadable],
  [{ custom_attributes: [{ name: 'Floor', value: {} }] }, 'CUSTOM_FLOOR', unreadable],
  [{ custom_attributes: [{ name: 'Floor', value: 3 }] }, 'CUSTOM_FLOOR', '3'],
];

const scimCases: readonly Case[] = [
  [{ active: 'false' }, '__ENABLE__', false],
  [{ active: 1 }, 'STATUS', 'active'],
  [{ active: 'perhaps' }, '__ENABLE__', unreadable],
  [{ name: 'x' }, 'FIRST_NAME', unreadable],
  [{ displayName: {} }, 'DISPLAY_NAME', unreadable],
  [{ roles: 'Admin' }, 'ROLE_NAME', unreadable],
  [{ roles: [{ value: {} }] }, 'ROLE_NAME', unreadable],
  [{ roles: {} }, 'ROLE_NAME', null],
  [{ groups: ['x'] }, 'GROUP_IDS', unreadable],
  [{ [enterprise]: 'x' }, 'COST_CENTER', unreadable],
  [{ [enterprise]: { costCenter: 7 } }, 'COST_CENTER', '7'],
  [{ [extension]: ['x'] }, 'PRONOUNS', unreadable],
  [{ [extension]: { zoomScheduler: 'true' } }, 'ZOOM_SCHEDULER', true],
  [{ [extension]: { zoomScheduler: {} } }, 'ZOOM_SCHEDULER', unreadable],
  [{ [extension]: { zoomOneEdu: 8 } }, 'ZOOM_ONE_EDU', '8'],
  [{ [extension]: { Floor: true } }, 'CUSTOM_FLOOR', unreadable],
  [{ [login]: { loginType: { sso: 'true' } } }, 'LOGIN_TYPES', [101]],
  [{ [login]: { loginType: [] } }, 'LOGIN_TYPES', unreadable],
  [{ phoneNumbers: [7] }, 'PROFILE_PHONE_NUMBERS', unreadable],
  [{ userType: {} }, 'TYPE', unreadable],
];

const phoneCases: readonly Case[] = [
  [{ extension_number: '1001' }, 'EXTENSION_NUMBER', '1001'],
  [{ extension_number: {} }, 'EXTENSION_NUMBER', unreadable],
  [{ status: true }, 'ZOOM_PHONE_STATUS', unreadable],
  [{ calling_plans: {} }, 'ZOOM_PHONE_CALLING_PLANS', unreadable],
  [{ calling_plans: [200] }, 'ZOOM_PHONE_CALLING_PLANS', unreadable],
  [{ calling_plans: [{ type: 'x' }] }, 'ZOOM_PHONE_CALLING_PLANS', unreadable],
  [{ calling_plans: [{ type: '200' }] }, 'ZOOM_PHONE_CALLING_PLANS', [200]],
  [{ phone_numbers: [{ number: [] }] }, 'ZOOM_PHONE_NUMBERS', unreadable],
  [{ phone_numbers: 'x' }, 'ZOOM_PHONE_NUMBERS', unreadable],
  [{ site_id: {}, site: 'x' }, 'SITE_ID', unreadable],
];

const customAttributes = [{ name: 'Floor', attribute: 'CUSTOM_FLOOR' }];

let service: TestService;
let fixture: FaultFixture;
afterAll(() => service.close());

async function start(settings: object): Promise<void> {
  service = await startService({ service: settings, custom: { customAttributes } });
  fixture = new FaultFixture(service.simulator);
}

/** From now on the path answers this. */
function respond(path: string, body: unknown): void {
  service.simulator.faults.add({
    match: { method: 'GET', path },
    action: { kind: 'status', status: 200, body },
  });
}

interface Question {
  readonly objectClass: string;
  readonly uid: string;
  readonly attribute: string;
}

/** Reads the attribute by a get and by a search. */
async function expectRead({ attribute, objectClass, uid }: Question, expected: unknown): Promise<void> {
  const options = { attributesToGet: [attribute] };
  const filter = { equals: { __UID__: uid } };
  const got = await service.post('get', { objectClass, uid, options });
  const searched = await service.post('search', { objectClass, filter, options });
  if (expected === unreadable) {
    for (const { body, status } of [got, searched]) {
      expect(status).toBe(502);
      const { detail, exception } = body as { detail: string; exception: string };
      expect(exception).toBe('ConnectorIOException');
      expect(detail).toContain(`${attribute} of the ${objectClass} ${uid} cannot be read.`);
    }
    return;
  }
  expect(got.body).toMatchObject({ attributes: { [attribute]: expected } });
  expect(searched.body).toMatchObject({ results: [{ attributes: { [attribute]: expected } }] });
}

const objectClass = 'ZoomUser';

beforeEach(() => {
  service.simulator.faults.clear();
});

describe('a value of another JSON type over REST', () => {
  beforeAll(() => start({}));

  it.each(restCases)(
    'is converted or fails the read, never no value: %j',
    async (members, attribute, expected) => {
      const { email, id } = fixture.user();
      respond('/users/{userId}', { id, email, status: 'active', type: 1, ...members });
      await expectRead({ objectClass, uid: id, attribute }, expected);
    },
  );

  it.each(phoneCases)(
    'is so with Zoom Phone, in the profile and in the list: %j',
    async (members, attribute, expected) => {
      const { email, id } = fixture.user();
      respond('/phone/users/{userId}', { id, email, ...members });
      await expectRead({ objectClass, uid: id, attribute }, expected);
      respond('/phone/users', { users: [{ id, email, ...members }], total_records: 1, next_page_token: '' });
      const options = { attributesToGet: [attribute] };
      const filter = { startsWith: { EMAIL: email } };
      const answer = await service.post('search', { objectClass, filter, options });
      if (expected === unreadable) expect(answer.status).toBe(502);
      else expect(answer.body).toMatchObject({ results: [{ attributes: { [attribute]: expected } }] });
    },
  );

  it('fails where a phone profile should be', async () => {
    const { id } = fixture.user();
    respond('/phone/users/{userId}', 'x');
    const options = { attributesToGet: ['ZOOM_PHONE_FEATURE'] };
    const answer = await service.post('get', { objectClass, uid: id, options }).expect(502);
    expect(answer.body).toMatchObject({ exception: 'ConnectorIOException' });
  });

  it('fails for groups', async () => {
    const group: Group = fixture.group();
    respond('/groups/{groupId}', { id: group.id, name: group.name, total_members: {} });
    await expectRead({ objectClass: 'ZoomGroup', uid: group.id, attribute: 'TOTAL_MEMBERS' }, unreadable);
    service.simulator.faults.clear();
    respond('/groups/{groupId}', { id: group.id, name: group.name, total_members: '4' });
    await expectRead({ objectClass: 'ZoomGroup', uid: group.id, attribute: 'TOTAL_MEMBERS' }, 4);
  });

  it('fails a write that would rely on it, and nothing is sent', async () => {
    const user: User = fixture.user();
    respond('/users/{userId}', { id: user.id, email: user.email, status: 'active', group_ids: 'abc' });
    service.simulator.clearRequests();
    const deltas = [{ name: 'GROUP_IDS', valuesToRemove: [fixture.group().id] }];
    await service.post('update-delta', { objectClass, uid: user.id, deltas }).expect(502);
    expect(service.simulator.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('a value of another JSON type over SCIM', () => {
  beforeAll(async () => {
    await service.close();
    await start({ api: 'scim', scimFallback: false });
  });

  it.each(scimCases)(
    'is converted or fails the read, never no value: %j',
    async (members, attribute, expected) => {
      const { email, id } = fixture.user();
      respond('/scim2/Users/{userId}', { id, userName: email, active: true, ...members });
      await expectRead({ objectClass, uid: id, attribute }, expected);
    },
  );

  it('fails for groups', async () => {
    const { id, name } = fixture.group();
    respond('/scim2/Groups/{groupId}', { id, displayName: name, [zoomGroup]: { emailAlias: [] } });
    await expectRead({ objectClass: 'ZoomGroup', uid: id, attribute: 'EMAIL_ALIAS' }, unreadable);
    service.simulator.faults.clear();
    respond('/scim2/Groups/{groupId}', { id, displayName: name, [zoomGroup]: 'x' });
    await expectRead({ objectClass: 'ZoomGroup', uid: id, attribute: 'EMAIL_ALIAS' }, unreadable);
  });
});
