import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group, User, UserStatus } from '../../src/simulator/state/records.js';
import { type GroupApi, groupApis, startGroups } from '../support/group-apis.js';
import type { TestService } from '../support/service.js';

const objectClass = 'ZoomGroup';
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** What a change of members comes to. Calls are without ids. */
interface Outcome {
  readonly status: number;
  readonly warnings?: readonly string[];
  readonly calls: readonly string[];
}

const restUser = 'GET /v2/users/{id} 200';
const scimUser = 'GET /scim2/Users/{id} 200';
const noScimUser = 'GET /scim2/Users/{id} 404';
const patch = 'PATCH /scim2/Groups/{id} 204';
const notShown = ['MEMBERS_NOT_SHOWN'];
const restMembers = ['GET /v2/groups/{id} 200', 'GET /v2/groups/{id}/members 200'];
const scimMembers = ['GET /scim2/Groups/{id} 200', 'GET /v2/groups/{id}/members 200'];
const ok = (...calls: string[]): Outcome => ({ status: 200, calls });
const refused = (...calls: string[]): Outcome => ({ status: 400, calls });

/** What is done with a group of the members `stays` and `goes`, and of the pending user `invited`. */
interface Case {
  readonly delta: (people: People) => object;
  /** Who of the people is in the group afterwards; by API where they differ. */
  readonly members: readonly (keyof People)[];
  readonly outcome: Readonly<Record<GroupApi, Outcome>>;
  /** Members where SCIM alone has another result. */
  readonly membersAlone?: readonly (keyof People)[];
}

type People = Readonly<Record<'stays' | 'goes' | 'comes' | 'invited' | 'asked', User>>;

const cases: Readonly<Record<string, Case>> = {
  'an addition': {
    delta: ({ comes, stays }) => ({ valuesToAdd: [comes.id, stays.id] }),
    members: ['stays', 'goes', 'comes', 'invited'],
    outcome: {
      rest: ok(restUser, restUser, 'POST /v2/groups/{id}/members 201'),
      scim: ok(restUser, restUser, patch),
      'scim alone': ok(scimUser, scimUser, patch),
    },
  },
  'an addition of a pending user': {
    delta: ({ asked }) => ({ valuesToAdd: [asked.id] }),
    members: ['stays', 'goes', 'invited', 'asked'],
    membersAlone: ['stays', 'goes', 'invited'],
    outcome: {
      rest: ok(restUser, 'PATCH /v2/users/{id} 204'),
      scim: ok(restUser, 'PATCH /v2/users/{id} 204'),
      'scim alone': refused(noScimUser),
    },
  },
  'an addition of a pending user who is in it': {
    delta: ({ invited }) => ({ valuesToAdd: [invited.id] }),
    members: ['stays', 'goes', 'invited'],
    outcome: {
      rest: ok(restUser),
      scim: ok(restUser, 'GET /scim2/Groups/{id} 200'),
      'scim alone': refused(noScimUser),
    },
  },
  'an addition of nobody': {
    delta: ({ comes }) => ({ valuesToAdd: [unknownId, comes.id] }),
    members: ['stays', 'goes', 'invited'],
    outcome: {
      rest: refused('GET /v2/users/{id} 404', restUser),
      scim: refused('GET /v2/users/{id} 404', restUser),
      'scim alone': refused(noScimUser, scimUser),
    },
  },
  'a removal': {
    delta: ({ goes, comes }) => ({ valuesToRemove: [goes.id, comes.id] }),
    members: ['stays', 'invited'],
    outcome: {
      rest: ok('DELETE /v2/groups/{id}/members/{id} 204', 'DELETE /v2/groups/{id}/members/{id} 404'),
      scim: ok(restUser, restUser, patch),
      'scim alone': ok(scimUser, scimUser, patch),
    },
  },
  'a removal of a pending user': {
    delta: ({ invited }) => ({ valuesToRemove: [invited.id] }),
    members: ['stays', 'goes'],
    membersAlone: ['stays', 'goes', 'invited'],
    outcome: {
      rest: ok('DELETE /v2/groups/{id}/members/{id} 204'),
      scim: ok(restUser, 'DELETE /v2/groups/{id}/members/{id} 204'),
      'scim alone': { ...ok(noScimUser, 'GET /scim2/Groups/{id} 200'), warnings: notShown },
    },
  },
  'a removal of nobody': {
    delta: ({ goes }) => ({ valuesToRemove: [unknownId, goes.id] }),
    members: ['stays', 'invited'],
    outcome: {
      rest: ok('DELETE /v2/groups/{id}/members/{id} 404', 'DELETE /v2/groups/{id}/members/{id} 204'),
      scim: ok('GET /v2/users/{id} 404', restUser, patch),
      'scim alone': { ...ok(noScimUser, scimUser, patch), warnings: notShown },
    },
  },
  'an addition together with a removal': {
    delta: ({ comes, goes }) => ({ valuesToAdd: [comes.id], valuesToRemove: [goes.id] }),
    members: ['stays', 'comes', 'invited'],
    outcome: {
      rest: ok(restUser, 'POST /v2/groups/{id}/members 201', 'DELETE /v2/groups/{id}/members/{id} 204'),
      scim: ok(restUser, restUser, patch, patch),
      'scim alone': ok(scimUser, scimUser, patch, patch),
    },
  },
  'a replacement': {
    delta: ({ stays, comes }) => ({ valuesToReplace: [stays.id, comes.id] }),
    members: ['stays', 'comes', 'invited'],
    outcome: {
      rest: ok(
        ...restMembers,
        restUser,
        'POST /v2/groups/{id}/members 201',
        'DELETE /v2/groups/{id}/members/{id} 204',
      ),
      scim: ok(...scimMembers, restUser, patch, patch),
      'scim alone': ok(scimUser, scimUser, patch),
    },
  },
  'a replacement by what is there': {
    delta: ({ stays, goes }) => ({ valuesToReplace: [goes.id, stays.id] }),
    members: ['stays', 'goes', 'invited'],
    outcome: {
      rest: ok(...restMembers),
      scim: ok(...scimMembers),
      'scim alone': ok(scimUser, scimUser, patch),
    },
  },
  'a replacement by nobody': {
    delta: () => ({ valuesToReplace: [] }),
    members: ['invited'],
    outcome: {
      rest: ok(
        ...restMembers,
        'DELETE /v2/groups/{id}/members/{id} 204',
        'DELETE /v2/groups/{id}/members/{id} 204',
      ),
      scim: ok(...scimMembers, patch),
      'scim alone': ok(patch),
    },
  },
};

describe.each(groupApis)('members of groups over %s', (api) => {
  let service: TestService;
  let group: Group;
  let people: People;
  let made = 10;

  beforeAll(async () => {
    service = await startGroups(api, { simulator: { users: 150 } });
  });
  beforeEach(() => {
    const { groups, users } = service.simulator.state;
    for (const other of groups.all()) groups.remove(other, users.list('pending'));
    group = groups.add(`members-of-this-group-${(made += 1)}`, 'Team', '2026-01-01T00:00:00Z');
    const [stays, goes, comes] = [userWith('active', 3), userWith('inactive', 0), userWith('active', 4)];
    people = { stays, goes, comes, invited: userWith('pending', 0), asked: userWith('pending', 1) };
    for (const user of [stays, goes, people.invited]) groups.join(group, user);
    service.calls();
  });
  afterAll(() => service.close());

  const userWith = (status: UserStatus, index: number): User => {
    const user = service.simulator.state.users
      .list(status)
      .filter(({ invitation }) => invitation?.expired !== true && invitation?.foreign !== true)[index];
    if (user === undefined) throw new Error('the account is too small');
    return user;
  };
  const calls = () =>
    service
      .calls()
      .map((call) => call.replaceAll(/\/(Groups|groups|Users|users|members)\/[^/ ]+/g, '/$1/{id}'));
  const inGroup = () =>
    Object.entries(people).flatMap(([name, user]) => (user.groups.includes(group) ? [name] : []));
  const update = (delta: object, uid = group.id) =>
    service.post('update-delta', { objectClass, uid, deltas: [{ name: 'MEMBER_IDS', ...delta }] });

  it.each(Object.entries(cases))('take %s', async (_, { delta, members, membersAlone, outcome }) => {
    const answer = await update(delta(people));
    const { status, warnings = [], calls: expected } = outcome[api];
    const body = answer.body as { warnings?: { code: string }[] };
    const wanted = api === 'scim alone' ? (membersAlone ?? members) : members;
    expect(answer.status).toBe(status);
    expect((body.warnings ?? []).map(({ code }) => code)).toEqual(warnings);
    expect(inGroup().sort()).toEqual([...wanted].sort());
    expect(calls()).toEqual(expected);
  });

  it('name those who cannot be added, and add nobody', async () => {
    const answer = await update({ valuesToAdd: [people.comes.id, unknownId] });
    expect(answer.body).toMatchObject({
      exception: 'InvalidAttributeValueException',
      detail: expect.stringContaining(unknownId),
    });
    expect(people.comes.groups).toEqual([]);
  });

  it('are changed in groups that are there', async () => {
    for (const delta of [{ valuesToAdd: [people.comes.id] }, { valuesToRemove: [unknownId] }]) {
      const answer = await update(delta, unknownId);
      expect(answer.body).toMatchObject({ status: 404, exception: 'UnknownUidException' });
    }
  });

  it('come and go in chunks', async () => {
    const ids = service.simulator.state.users.list('active').slice(5, 36);
    const valuesToAdd = ids.map(({ id }) => id);
    expect((await update({ valuesToAdd })).status).toBe(200);
    expect(group.members).toHaveLength(33);
    const writes = () => calls().filter((call) => !call.startsWith('GET'));
    expect(writes()).toHaveLength(2);
    expect((await update({ valuesToRemove: valuesToAdd })).status).toBe(200);
    expect(group.members).toHaveLength(2);
    expect(writes()).toHaveLength(api === 'rest' ? 31 : 2);
  });

  it('come with a new group, nobody left out', async () => {
    const { comes, stays } = people;
    const attributes = { __NAME__: 'New team', MEMBER_IDS: [comes.id, stays.id] };
    const answer = await service.post('create', { objectClass, attributes });
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ warnings: [] })]);
    const { uid } = answer.body as { uid: string };
    expect(service.simulator.state.groups.byId(uid)?.members).toEqual([comes, stays]);
    const user = api === 'scim alone' ? scimUser : restUser;
    expect(calls().slice(2)).toEqual([
      user,
      user,
      api === 'rest' ? 'POST /v2/groups/{id}/members 201' : patch,
    ]);
  });

  it('say what is missing when they cannot join a new group', async () => {
    const attributes = { __NAME__: 'Unfinished', MEMBER_IDS: [unknownId] };
    const answer = await service.post('create', { objectClass, attributes });
    const uid = service.simulator.state.groups.byName('Unfinished')?.id;
    expect(answer.body).toMatchObject({
      exception: 'RetryableException',
      uid,
      applied: ['__NAME__'],
      notApplied: ['MEMBER_IDS'],
    });
  });

  it('are read where they can be read', async () => {
    const options = { attributesToGet: ['MEMBER_IDS'] };
    const answer = await service.post('get', { objectClass, uid: group.id, options });
    const { attributes } = answer.body as { attributes: object };
    const read = { MEMBER_IDS: [people.stays.id, people.goes.id] };
    expect([answer.status, attributes]).toEqual([200, api === 'scim alone' ? {} : read]);
  });
});
