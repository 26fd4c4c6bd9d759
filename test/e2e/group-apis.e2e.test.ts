import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Group } from '../../src/simulator/state/records.js';
import { type GroupApi, groupApis, startGroups } from '../support/group-apis.js';
import type { TestService } from '../support/service.js';

const objectClass = 'ZoomGroup';
const unknownId = 'AAAAAAAAAAAAAAAAAAAAAA';

/** In what the three ways to manage groups differ. Calls are without ids. */
interface Ways {
  /** Name → readable, returned by default. */
  readonly attributes: Readonly<Record<string, readonly [readable: boolean, byDefault: boolean]>>;
  readonly list: readonly string[];
  readonly read: readonly string[];
  readonly lookUp: readonly string[];
  readonly lookUpInVain: readonly string[];
  readonly create: readonly string[];
  readonly rename: readonly string[];
  readonly delete: readonly string[];
}

const scim = {
  list: Array<string>(3).fill('GET /scim2/Groups 200'),
  read: ['GET /scim2/Groups/{id} 200'],
  lookUp: ['GET /scim2/Groups 200'],
  // The filter, and then the list: Zoom does not say whether the filter minds case.
  lookUpInVain: Array<string>(4).fill('GET /scim2/Groups 200'),
  create: ['GET /scim2/Groups 200', 'POST /scim2/Groups 201'],
  rename: ['PATCH /scim2/Groups/{id} 204'],
  delete: ['DELETE /scim2/Groups/{id} 204'],
} as const;

const ways: Readonly<Record<GroupApi, Ways>> = {
  rest: {
    attributes: {
      __NAME__: [true, true],
      TOTAL_MEMBERS: [true, true],
      MEMBER_IDS: [true, false],
      ADMIN_EMAILS: [true, false],
    },
    list: ['GET /v2/groups 200'],
    read: ['GET /v2/groups/{id} 200'],
    lookUp: ['GET /v2/groups 200'],
    lookUpInVain: ['GET /v2/groups 200'],
    create: ['GET /v2/groups 200', 'POST /v2/groups 201'],
    rename: ['PATCH /v2/groups/{id} 204'],
    delete: ['DELETE /v2/groups/{id} 204'],
  },
  scim: {
    ...scim,
    attributes: {
      __NAME__: [true, true],
      EMAIL_ALIAS: [true, true],
      TOTAL_MEMBERS: [true, false],
      MEMBER_IDS: [true, false],
      ADMIN_EMAILS: [true, false],
    },
  },
  'scim alone': {
    ...scim,
    attributes: { __NAME__: [true, true], EMAIL_ALIAS: [true, true], MEMBER_IDS: [false, false] },
  },
};

interface Found {
  readonly uid: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

describe.each(groupApis)('groups over %s', (api) => {
  const way = ways[api];
  let service: TestService;
  let group: Group;

  beforeAll(async () => {
    const custom = { entitlementDeletionEnabled: true };
    service = await startGroups(api, { custom, simulator: { groups: 250, users: 20 } });
  });
  beforeEach(() => {
    group = groupAt(7);
    service.calls();
  });
  afterAll(() => service.close());

  const calls = () => service.calls().map((call) => call.replace(/(Groups|groups)\/[^/ ]+/, '$1/{id}'));
  const search = async (body: object = {}) => {
    const answer = await service.post('search', { objectClass, ...body });
    expect(answer.status).toBe(200);
    return answer.body as { results: Found[]; pagedResultsCookie: string | null };
  };
  const all = () => service.simulator.state.groups.all();
  const groupAt = (index: number): Group => {
    const found = all()[index];
    if (found === undefined) throw new Error('the account is too small');
    return found;
  };
  const update = (...deltas: object[]) =>
    service.post('update-delta', { objectClass, uid: group.id, deltas });
  const create = (name: string, attributes: object = {}) =>
    service.post('create', { objectClass, attributes: { __NAME__: name, ...attributes } });

  it('have the attributes that can be had', async () => {
    const answer = await service.get(`/v1/schema?objectClass=${objectClass}`);
    const { objectClasses } = answer.body as {
      objectClasses: { attributes: { name: string; readable: boolean; returnedByDefault: boolean }[] }[];
    };
    const told = objectClasses[0]?.attributes.map(
      ({ name, readable, returnedByDefault }) => [name, [readable, returnedByDefault]] as const,
    );
    expect(Object.fromEntries(told ?? [])).toEqual(way.attributes);
    const byDefault = Object.entries(way.attributes).filter(([name, [, yes]]) => name !== '__NAME__' && yes);
    const [first] = (await search()).results;
    expect(Object.keys(first?.attributes ?? {})).toEqual(byDefault.map(([name]) => name));
  });

  it('are listed over all pages, without a call per group', async () => {
    const { results } = await search();
    expect(results.map(({ uid, name }) => [uid, name])).toEqual(all().map(({ id, name }) => [id, name]));
    expect(calls()).toEqual(way.list);
  });

  it('are walked in pages', async () => {
    const found: string[] = [];
    for (let pagedResultsCookie: string | null = null; ;) {
      const page = await search({ options: { pageSize: 70, pagedResultsCookie } });
      found.push(...page.results.map(({ uid }) => uid));
      pagedResultsCookie = page.pagedResultsCookie;
      if (pagedResultsCookie === null) break;
    }
    expect(found).toEqual(all().map(({ id }) => id));
    expect(calls()).toEqual(way.list);
  });

  it('are read by id, and what is no id is nobody', async () => {
    const answer = await service.post('get', { objectClass, uid: group.id });
    expect(answer.body).toMatchObject({ uid: group.id, name: group.name });
    expect(calls()).toEqual(way.read);
    for (const uid of ['me', '..', 'summary']) {
      expect((await service.post('get', { objectClass, uid })).status).toBe(404);
    }
    expect(calls()).toEqual([]);
    const missing = await service.post('get', { objectClass, uid: unknownId });
    expect(missing.body).toMatchObject({ status: 404, exception: 'UnknownUidException' });
  });

  it('are no other than the one asked for', async () => {
    const body = { id: all()[0]?.id, name: 'Other', displayName: 'Other' };
    const paths = ['/groups/{groupId}', '/scim2/Groups/{groupId}'];
    const action = { kind: 'status', status: 200, body } as const;
    for (const path of paths) service.simulator.faults.add({ match: { path }, action });
    const answer = await service.post('get', { objectClass, uid: group.id });
    service.simulator.faults.clear();
    expect(answer.status).not.toBe(200);
  });

  it.each(['Say "hi" \\ (or not) & more', 'Zürich + 100 %', 'it\'s eq "x" or true', '名前'])(
    'are found by the name %s, whatever its case',
    async (name) => {
      const created = await create(name);
      expect([created.status, calls()]).toEqual([201, way.create]);
      const { uid } = created.body as { uid: string };
      const { results } = await search({ filter: { equals: { GROUP_NAME: name.toUpperCase() } } });
      expect(results).toEqual([expect.objectContaining({ uid, name })]);
      expect(calls()).toEqual(way.lookUp);
      await service.post('delete', { objectClass, uid }).expect(204);
    },
  );

  it('are looked for by name in vain', async () => {
    expect((await search({ filter: { equals: { GROUP_NAME: 'Nobody' } } })).results).toEqual([]);
    expect(calls()).toEqual(way.lookUpInVain);
  });

  it('are created once', async () => {
    const answer = await create('Only once');
    const { uid } = answer.body as { uid: string };
    const again = await create('ONLY ONCE');
    expect(again.body).toMatchObject({ status: 409, exception: 'AlreadyExistsException', uid });
    expect(service.simulator.state.groups.byId(uid)?.name).toBe('Only once');
  });

  it('are renamed, but not to the name of another', async () => {
    expect((await update({ name: '__NAME__', valuesToReplace: ['Renamed'] })).status).toBe(200);
    expect([calls(), group.name]).toEqual([way.rename, 'Renamed']);
    const other = groupAt(1);
    const answer = await update({ name: 'GROUP_NAME', valuesToReplace: [other.name.toUpperCase()] });
    expect(answer.body).toMatchObject({
      status: 409,
      exception: 'AlreadyExistsException',
      uid: other.id,
      notApplied: ['__NAME__'],
    });
    expect(group.name).toBe('Renamed');
  });

  it('are updated and deleted only where they are', async () => {
    const deltas = [{ name: '__NAME__', valuesToReplace: ['Nowhere'] }];
    for (const uid of [unknownId, 'me']) {
      const [updated, deleted] = [
        await service.post('update-delta', { objectClass, uid, deltas }),
        await service.post('delete', { objectClass, uid }),
      ];
      for (const { body } of [updated, deleted]) {
        expect(body).toMatchObject({ status: 404, exception: 'UnknownUidException' });
      }
    }
  });

  it('are deleted', async () => {
    const { uid } = (await create('To be deleted')).body as { uid: string };
    calls();
    expect((await service.post('delete', { objectClass, uid })).status).toBe(204);
    expect([calls(), service.simulator.state.groups.byId(uid)]).toEqual([way.delete, undefined]);
    expect((await service.post('get', { objectClass, uid })).status).toBe(404);
  });
});
