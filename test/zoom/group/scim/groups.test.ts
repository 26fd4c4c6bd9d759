import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group } from '../../../../src/simulator/state/records.js';
import { expectDescribed } from '../../../support/judged-requests.js';
import { createJudge } from '../../../support/openapi-judge.js';
import { startGroups } from '../../../support/group-apis.js';
import { captureLog } from '../../../support/log-capture.js';
import type { TestService } from '../../../support/service.js';
import { describeWithShared } from '../../../support/shared.js';
import { replace } from '../../../support/deltas.js';

const objectClass = 'ZoomGroup';
const overScim = ['scim', 'scim alone'] as const;
const settings = { custom: { entitlementDeletionEnabled: true } };

interface Found {
  readonly uid: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function groupAt(service: TestService, index: number): Group {
  const group = service.simulator.state.groups.all()[index];
  if (group === undefined) throw new Error('the account is too small');
  return group;
}

describe.each(overScim)('a group over %s', (api) => {
  let service: TestService;
  let group: Group;
  let index = 0;

  beforeAll(async () => {
    service = await startGroups(api, { ...settings, simulator: { groups: 20 } });
  });
  beforeEach(() => {
    // What was written to a group lately is remembered, so each test has one of its own.
    group = groupAt(service, (index += 1));
    service.calls();
  });
  afterAll(() => service.close());

  const update = (...deltas: object[]) =>
    service.post('update-delta', { objectClass, uid: group.id, deltas });
  const get = async (attributesToGet?: string[]) => {
    const options = attributesToGet === undefined ? {} : { attributesToGet };
    const answer = await service.post('get', { objectClass, uid: group.id, options });
    return (answer.body as Found).attributes;
  };

  it('has an alias, written together with its name', async () => {
    const deltas = [replace('EMAIL_ALIAS', 'Team@example.com'), replace('GROUP_NAME', `Team ${index}`)];
    expect((await update(...deltas)).status).toBe(200);
    expect(service.calls()).toEqual([`PATCH /scim2/Groups/${group.id} 204`]);
    expect(group).toMatchObject({ name: `Team ${index}`, email_alias: 'Team@example.com' });
    expect(await get()).toMatchObject({ EMAIL_ALIAS: 'Team@example.com' });
    const filter = { equals: { EMAIL_ALIAS: 'team@EXAMPLE.com' } };
    const found = await service.post('search', { objectClass, filter });
    expect(found.body).toMatchObject({ results: [{ uid: group.id }] });
  });

  it('can lose its alias', async () => {
    group.email_alias = 'team@example.com';
    expect((await update({ name: 'EMAIL_ALIAS', valuesToReplace: null })).status).toBe(200);
    expect([group.email_alias, await get()]).toEqual(['', { EMAIL_ALIAS: null }]);
  });

  it('takes no alias that is no address', async () => {
    const answer = await update(replace('EMAIL_ALIAS', 'team'));
    expect(answer.body).toMatchObject({ status: 400, exception: 'InvalidAttributeValueException' });
    expect(service.calls()).toEqual([]);
  });

  it('is made with its alias in one call', async () => {
    const attributes = { GROUP_NAME: `Made ${api}`, EMAIL_ALIAS: 'made@example.com' };
    expect((await service.post('create', { objectClass, attributes })).status).toBe(201);
    expect(service.calls()).toEqual(['GET /scim2/Groups 200', 'POST /scim2/Groups 201']);
    expect(service.simulator.state.groups.byName(`Made ${api}`)?.email_alias).toBe('made@example.com');
  });

  it('is not deleted when it is the default of the account', async () => {
    service.simulator.state.groups.default = group;
    const answer = await service.post('delete', { objectClass, uid: group.id });
    expect(answer.body).toMatchObject({
      status: 412,
      exception: 'PreconditionFailedException',
      hint: expect.stringContaining('default'),
    });
  });

  it('stays known when Zoom says that a user is not', async () => {
    const user = service.simulator.state.users.list('active')[0];
    const body = { detail: 'User does not exist.', status: 404 };
    const action = { kind: 'status', status: 404, body } as const;
    service.simulator.faults.add({ match: { method: 'PATCH' }, action });
    const answer = await update({ name: 'MEMBER_IDS', valuesToAdd: [user?.id] });
    service.simulator.faults.clear();
    expect(answer.body).toMatchObject({ status: 400, exception: 'InvalidAttributeValueException' });
  });

  it('is unknown whatever the type of the status in the refusal', async () => {
    service.simulator.setOptions({ scimErrorStatus: 'string' });
    const answer = await service.post('delete', { objectClass, uid: 'AAAAAAAAAAAAAAAAAAAAAA' });
    service.simulator.setOptions({ scimErrorStatus: 'number' });
    expect(answer.body).toMatchObject({ status: 404, exception: 'UnknownUidException' });
  });

  it('needs single sign-on, and the log says so to the administrator', async () => {
    const log = captureLog();
    const withoutSso = await startGroups(api, { simulator: { sso: false } }, { logger: log.logger });
    const answer = await withoutSso.post('search', { objectClass });
    await withoutSso.close();
    const failure = { hint: expect.stringContaining('single sign-on') as unknown };
    expect(answer.body).toMatchObject({ ...failure, exception: 'ConfigurationException' });
    const errors = log.entries().filter(({ level }) => level === 'error');
    expect(errors).toEqual([expect.objectContaining({ ...failure, outcome: 'ConfigurationException' })]);
  });
});

describe('a group over SCIM, complemented by REST', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startGroups('scim', { simulator: { groups: 20 } });
  });
  beforeEach(() => {
    service.calls();
  });
  afterAll(() => service.close());

  const search = (attributesToGet: string[]) =>
    service.post('search', { objectClass, options: { attributesToGet } });

  it('has its number of members from REST, for those who ask', async () => {
    const answer = await search(['TOTAL_MEMBERS']);
    const { results } = answer.body as { results: Found[] };
    const groups = service.simulator.state.groups.all();
    expect(results.map(({ attributes }) => attributes)).toEqual(
      groups.map(({ members }) => ({ TOTAL_MEMBERS: members.length })),
    );
    expect(service.calls()).toHaveLength(1 + groups.length);
  });

  it('has administrators as over REST', async () => {
    const [group, user] = [groupAt(service, 2), service.simulator.state.users.list('active')[5]];
    const deltas = [{ name: 'ADMIN_EMAILS', valuesToReplace: [user?.id] }];
    expect((await service.post('update-delta', { objectClass, uid: group.id, deltas })).status).toBe(200);
    expect(group.admins).toEqual([user]);
    const answer = await search(['ADMIN_EMAILS']);
    const { results } = answer.body as { results: Found[] };
    const told = results.find(({ uid }) => uid === group.id)?.attributes;
    expect(told).toEqual({ ADMIN_EMAILS: [user?.email] });
  });

  const unknown = {
    kind: 'status',
    status: 404,
    body: { code: 4130, message: 'A group with this id does not exist.' },
  } as const;

  it.each(['TOTAL_MEMBERS', 'MEMBER_IDS'])('is not lost when REST does not know it (%s)', async (name) => {
    const { id } = groupAt(service, 3);
    for (const path of [`/groups/${id}`, `/groups/${id}/members`]) {
      service.simulator.faults.add({ match: { path }, action: unknown });
    }
    const answer = await search([name]);
    service.simulator.faults.clear();
    expect(answer.body).toMatchObject({ status: 502, exception: 'ConnectorIOException' });
  });

  it('is left out when it goes while it is listed', async () => {
    const gone = groupAt(service, 3);
    const scimGone = { ...unknown, body: { detail: 'Group does not exist.', status: 404 } };
    service.simulator.faults.add({ match: { path: `/groups/${gone.id}/members` }, action: unknown });
    service.simulator.faults.add({ match: { path: `/scim2/Groups/${gone.id}` }, action: scimGone });
    const answer = await search(['MEMBER_IDS']);
    service.simulator.faults.clear();
    const others = service.simulator.state.groups.all().filter((group) => group !== gone);
    const { results } = answer.body as { results: Found[] };
    // Rows come in the order in which their calls end.
    expect(results.map(({ uid }) => uid).sort()).toEqual(others.map(({ id }) => id).sort());
  });
});

it('a list over SCIM misses no group when another one goes between its pages', async () => {
  const service = await startGroups('scim alone', { simulator: { groups: 250, users: 5 } });
  const { groups, users } = service.simulator.state;
  const found = new Set<string>();
  for (let pagedResultsCookie: string | null = null; ;) {
    const options = { pageSize: 100, pagedResultsCookie };
    const answer = await service.post('search', { objectClass, options });
    const page = answer.body as { results: Found[]; pagedResultsCookie: string | null };
    for (const { uid } of page.results) found.add(uid);
    pagedResultsCookie = page.pagedResultsCookie;
    if (pagedResultsCookie === null) break;
    groups.remove(groupAt(service, 0), users.list('pending'));
  }
  expect(groups.all().filter(({ id }) => !found.has(id))).toEqual([]);
  await service.close();
});

it('attributes that SCIM alone does not have are refused', async () => {
  const service = await startGroups('scim alone');
  for (const attribute of ['TOTAL_MEMBERS', 'ADMIN_EMAILS']) {
    const options = { attributesToGet: [attribute] };
    const answer = await service.post('search', { objectClass, options });
    expect(answer.body).toMatchObject({ status: 400, exception: 'InvalidAttributeValueException' });
  }
  await service.close();
});

describeWithShared("requests about groups over SCIM, judged by Zoom's description", () => {
  it.each(overScim)('has no request that Zoom does not describe (%s)', async (api) => {
    const judges = [
      createJudge('scim2-2025-12.json'),
      createJudge('users-2025-12.json'),
      createJudge('phone-2025-12.json'),
    ];
    const service = await startGroups(api, settings);
    const [one, other] = service.simulator.state.users.list('active').slice(2);
    const attributes = { GROUP_NAME: 'New', EMAIL_ALIAS: 'new@example.com', MEMBER_IDS: [one?.id] };
    const created = await service.post('create', { objectClass, attributes }).expect(201);
    const { uid } = created.body as { uid: string };
    const update = (...deltas: object[]) =>
      service.post('update-delta', { objectClass, uid, deltas }).expect(200);
    await update(
      { name: 'GROUP_NAME', valuesToReplace: 'Old' },
      { name: 'EMAIL_ALIAS', valuesToReplace: null },
    );
    await update({ name: 'MEMBER_IDS', valuesToAdd: [other?.id], valuesToRemove: [one?.id] });
    await update({ name: 'MEMBER_IDS', valuesToReplace: [one?.id, other?.id] });
    await service.post('test').expect(200);
    await service.post('get', { objectClass, uid }).expect(200);
    await service.post('search', { objectClass }).expect(200);
    await service.post('search', { objectClass, filter: { equals: { GROUP_NAME: 'Old' } } }).expect(200);
    await service.post('delete', { objectClass, uid }).expect(204);
    expect(expectDescribed(service.simulator, judges).length).toBeGreaterThan(5);
    await service.close();
  });
});
