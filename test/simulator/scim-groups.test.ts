import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group } from '../../src/simulator/state/records.js';
import { createJudge, type OpenApiJudge } from '../support/openapi-judge.js';
import { describeWithShared } from '../support/shared.js';
import { type Answer, type Harness, rows, startHarness } from './harness.js';
import { judgedCall } from './judged.js';

const extension = 'urn:ietf:params:scim:schemas:extension:zoom:2.0:Group';

describe('SCIM groups', () => {
  let harness: Harness;
  let group: Group;
  beforeEach(async () => {
    harness = await startHarness();
    [group] = harness.sim.state.groups.all() as [Group];
  });
  afterEach(() => harness.stop());

  const patch = (...operations: unknown[]): Promise<Answer> =>
    harness.call(`PATCH /scim2/Groups/${group.id}`, { Operations: operations });

  it('are listed, filtered by name and read without members', async () => {
    expect((await harness.call('GET /scim2/Groups?count=100')).body['totalResults']).toBe(5);
    const found = await harness.call('GET /scim2/Groups?filter=displayName%20eq%20%22engineering%22');
    expect(rows(found, 'Resources')).toEqual([expect.objectContaining({ id: group.id })]);
    expect((await harness.call('GET /scim2/Groups?filter=id%20eq%201')).status).toBe(400);
    expect((await harness.call(`GET /scim2/Groups/${group.id}`)).body).not.toHaveProperty('members');
    expect((await harness.call('GET /scim2/Groups/unknown')).body['detail']).toBe('Group does not exist.');
  });

  it('are found by names with quotes and backslashes', async () => {
    const name = 'Say "hi" \\ more';
    harness.sim.state.groups.rename(group, name);
    const filter = encodeURIComponent(`displayName eq ${JSON.stringify(name)}`);
    expect((await harness.call(`GET /scim2/Groups?filter=${filter}`)).body['totalResults']).toBe(1);
  });

  it('are created once per name and deleted', async () => {
    const { status, body } = await harness.call('POST /scim2/Groups', {
      displayName: 'New',
      [extension]: { emailAlias: 'new@example.com' },
    });
    expect([status, body[extension]]).toEqual([201, { emailAlias: 'new@example.com' }]);
    const again = await harness.call('POST /scim2/Groups', { displayName: 'New' });
    expect([again.status, again.body['detail']]).toEqual([409, 'Group New exists.']);
    expect((await harness.call(`DELETE /scim2/Groups/${String(body['id'])}`)).status).toBe(204);
    expect((await harness.call('POST /scim2/Groups', { displayName: ' ' })).status).toBe(400);
  });

  it('take the documented operations', async () => {
    const [one, two] = harness.sim.state.users.list('active').filter((user) => user.groups.length === 0);
    const entry = (user = one): unknown => ({ value: user?.id });
    await patch({ op: 'add', path: 'members', value: [entry()] });
    expect(group.members).toContain(one);
    await patch({ op: 'remove', path: `members[value eq "${one?.id ?? ''}"]` });
    expect(group.members).not.toContain(one);
    await patch({ op: 'replace', path: 'members', value: [entry(two)] });
    expect(group.members).toEqual([two]);
    await patch(
      { op: 'replace', value: { displayName: 'Renamed' } },
      { op: 'replace', value: { [`${extension}:emailAlias`]: 'g@example.com' } },
    );
    expect(group).toMatchObject({ name: 'Renamed', email_alias: 'g@example.com' });
  });

  it('keep pending users as they are, whatever is said about them', async () => {
    const { state } = harness.sim;
    const [active] = state.users.list('active').filter((user) => user.groups.length === 0);
    const [one, other] = state.users.list('pending');
    if (one) state.groups.join(group, one);
    await patch({ op: 'remove', path: `members[value eq "${one?.id ?? ''}"]` });
    const value = [{ value: other?.id }, { value: active?.id }];
    expect((await patch({ op: 'replace', path: 'members', value })).status).toBe(204);
    expect(group.members).toEqual([active]);
    expect([one?.groups, other?.groups]).toEqual([[group], []]);
  });

  it('are not deleted when they are the default of the account', async () => {
    await harness.call(`PUT /simulator/groups/${group.id}/default`);
    const answer = await harness.call(`DELETE /scim2/Groups/${group.id}`);
    expect([answer.status, answer.body['detail']]).toEqual([400, 'Cannot delete account default group.']);
    expect((await harness.call('PUT /simulator/groups/none/default')).status).toBe(404);
  });

  it('are made no more than a hundred times a day', async () => {
    await harness.stop();
    harness = await startHarness({ plan: 'business', clock: 'manual' });
    const { creations } = harness.sim.state.groups;
    creations.push(...Array.from({ length: 99 }, () => harness.sim.clock.now()));
    expect((await harness.call('POST /scim2/Groups', { displayName: 'Last' })).status).toBe(201);
    const { status, body } = await harness.call('POST /scim2/Groups', { displayName: 'Too many' });
    expect([status, body['detail']]).toEqual([400, 'Create group failed.']);
  });

  it('refuse other operations, and then do nothing at all', async () => {
    const answer = await patch(
      { op: 'replace', value: { displayName: 'X' } },
      { op: 'move', path: 'members' },
    );
    expect([answer.status, answer.body['detail']]).toEqual([
      400,
      'The "Operations" of the request is invalid.',
    ]);
    expect(group.name).toBe('Engineering');
    expect((await patch({ op: 'replace', value: { displayName: 'Sales' } })).status).toBe(409);
    for (const displayName of ['', ' ', 'x'.repeat(128), 7]) {
      expect((await patch({ op: 'replace', value: { displayName } })).status).toBe(400);
    }
  });
});

describeWithShared('SCIM answers, against the published description', () => {
  let harness: Harness;
  let judge: OpenApiJudge;
  beforeAll(async () => {
    // The document shows roles and groups of a single user as objects; the option makes the simulator do so too.
    harness = await startHarness({ scimNesting: 'object' });
    judge = createJudge('scim2-2025-12.json');
  });
  afterAll(() => harness.stop());

  const judged = (route: string, body?: unknown): Promise<Answer> => judgedCall(harness, judge, route, body);

  it('agree for users', async () => {
    await judged('GET /scim2/Users?count=100');
    const { body } = await judged('POST /scim2/Users', {
      userName: 'judged@example.com',
      name: { givenName: 'A', familyName: 'B' },
      [`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`]: { manager: 'owner@example.com' },
    });
    const path = `/scim2/Users/${String(body['id'])}`;
    await judged(`GET ${path}`);
    await judged(`PUT ${path}`, { title: 'x', active: true });
    await judged(`PATCH ${path}`, { Operations: [{ op: 'replace', value: { active: false } }] });
    expect((await judged(`DELETE ${path}`)).status).toBe(204);
  });

  it('agree for groups', async () => {
    await judged('GET /scim2/Groups?count=100');
    const { body } = await judged('POST /scim2/Groups', { displayName: 'Judged' });
    const path = `/scim2/Groups/${String(body['id'])}`;
    await judged(`GET ${path}`);
    await judged(`PATCH ${path}`, { Operations: [{ op: 'add', path: 'members', value: [{ value: 'x' }] }] });
    expect((await judged(`DELETE ${path}`)).status).toBe(204);
  });
});
