import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import { startGroups } from '../support/group-apis.js';
import type { TestService } from '../support/service.js';

const objectClass = 'ZoomGroup';
const lost: FaultAction = { kind: 'drop', when: 'after' };

/** An answer to a look-up that knows nothing of what was made a moment ago. */
const nothing: FaultAction = {
  kind: 'status',
  status: 200,
  body: { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
};

describe.each(['scim', 'scim alone'] as const)('making groups over %s', (api) => {
  let service: TestService;
  let adopting: TestService;
  let name: string;
  let made = 0;

  const instant = { client: { random: () => 0 } };
  beforeAll(async () => {
    service = await startGroups(api, { simulator: { groups: 120 } }, instant);
    adopting = await startGroups(api, { service: { duplicateErrorReturnsId: true } }, instant);
  });
  beforeEach(() => {
    name = `New ${(made += 1)}`;
    for (const each of [service, adopting]) {
      each.simulator.faults.clear();
      each.calls();
    }
  });
  afterAll(() => Promise.all([service.close(), adopting.close()]));

  const strike = (method: string, nth: number, action: FaultAction) =>
    service.simulator.faults.add({ match: { method, path: '/scim2/Groups', nth }, action });
  const create = (attributes: object = {}, by = service) =>
    by.post('create', { objectClass, attributes: { __NAME__: name, ...attributes } });
  const groupsNamed = () => service.simulator.state.groups.all().filter((group) => group.name === name);

  it('makes one group when the answer is lost, and tells its id', async () => {
    strike('POST', 1, lost);
    const answer = await create();
    expect([answer.status, answer.body]).toEqual([201, { uid: groupsNamed()[0]?.id, name, warnings: [] }]);
    expect(groupsNamed()).toHaveLength(1);
    expect(service.calls()).toEqual([
      'GET /scim2/Groups 200',
      'POST /scim2/Groups 0',
      'GET /scim2/Groups 200',
    ]);
  });

  it('makes one group when the look after it sees nothing yet', async () => {
    strike('POST', 1, lost);
    strike('GET', 2, nothing);
    const answer = await create();
    expect([answer.status, answer.body]).toEqual([201, { uid: groupsNamed()[0]?.id, name, warnings: [] }]);
    expect(groupsNamed()).toHaveLength(1);
  });

  it('takes no group for empty that it finds after a lost answer', async () => {
    const { groups, users } = service.simulator.state;
    const [one, stranger] = users.list('active').slice(3);
    if (one === undefined || stranger === undefined) throw new Error('the account is too small');
    // Somebody else was faster: our look-up is blind, and our call gets lost on its way.
    const group = groups.add(`made-elsewhere-${made}-0000000`, name, '2026-01-01T00:00:00Z');
    groups.join(group, stranger);
    strike('GET', 1, nothing);
    strike('POST', 1, { kind: 'drop', when: 'before' });
    const answer = await create({ MEMBER_IDS: [one.id] });
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ uid: group.id })]);
    expect(group.members).toEqual([one]);
  });

  it.each(['Site Licences', 'Domain admins', 'Inactive users'])(
    'knows a collision by any name, such as %s',
    async (words) => {
      name = words;
      const first = await create();
      const { uid } = first.body as { uid: string };
      // Twice: what the look-up before the create sees, and the one after the refusal.
      strike('GET', 1, nothing);
      strike('GET', 2, nothing);
      name = words.toUpperCase();
      const answer = await create();
      expect(answer.body).toMatchObject({ status: 409, exception: 'AlreadyExistsException', uid });
    },
  );

  it('says what the matter may be when Zoom gives no reason', async () => {
    strike('POST', 1, {
      kind: 'status',
      status: 400,
      body: { detail: 'Create group failed.', status: 400 },
    });
    const answer = await create();
    expect(answer.body).toMatchObject({ status: 412, exception: 'PreconditionFailedException' });
  });

  it('adopts a group and sets its members', async () => {
    const { groups, users } = adopting.simulator.state;
    const [group] = groups.all();
    const [one, other] = users.list('active').slice(3);
    if (group === undefined || one === undefined || other === undefined) throw new Error('too small');
    name = group.name.toUpperCase();
    const attributes = { MEMBER_IDS: [one.id, other.id], EMAIL_ALIAS: 'adopted@example.com' };
    const answer = await create(attributes, adopting);
    expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ uid: group.id })]);
    expect(new Set(group.members)).toEqual(new Set([one, other]));
    expect(group.email_alias).toBe('adopted@example.com');
    adopting.calls();
    expect((await create(attributes, adopting)).status).toBe(200);
    const writes = adopting.calls().filter((call) => !call.startsWith('GET'));
    // Over SCIM alone nobody knows who is in a group, so the members are set again.
    expect(writes).toEqual(api === 'scim' ? [] : [`PATCH /scim2/Groups/${group.id} 204`]);
  });

  it('rehearses the calls that it makes, and makes none of the writes', async () => {
    const user = service.simulator.state.users.list('active')[3]?.id ?? '';
    const attributes = { __NAME__: name, EMAIL_ALIAS: 'dry@example.com', MEMBER_IDS: [user] };
    const answer = await service.post('create?dryRun=true', { objectClass, attributes });
    const { plan } = answer.body as { plan: { method: string; path: string; body?: unknown }[] };
    expect(plan.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /Groups',
      'POST /Groups',
      api === 'scim' ? `GET /users/${user}` : `GET /Users/${user}`,
      'PATCH /Groups/{uid}',
    ]);
    expect(plan[3]?.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: api === 'scim' ? 'add' : 'replace', path: 'members', value: [{ value: user }] }],
    });
    expect(groupsNamed()).toEqual([]);
  });
});
