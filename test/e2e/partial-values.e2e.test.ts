import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomGroup';
const members = 2001;

let service: TestService;
let longGroup: { readonly id: string; readonly name: string };
let memberId = '';
beforeAll(async () => {
  service = await startService({ simulator: { users: 2400, phoneUsers: 0, groups: 3 } });
  const { groups, users } = service.simulator.state;
  const everybody = (['pending', 'inactive', 'active'] as const).flatMap((status) => users.list(status));
  for (const user of everybody) for (const group of groups.all()) groups.leave(group, user);
  const [long] = groups.all();
  if (long === undefined) throw new Error('the account has groups');
  longGroup = long;
  for (const user of users.list('active').slice(0, members)) groups.join(long, user);
  memberId = long.members[0]?.id ?? '';
});
afterAll(() => service.close());

async function search(options: object, filter?: unknown): Promise<readonly ConnectorObject[]> {
  service.calls();
  const wanted = { attributesToGet: ['MEMBER_IDS', 'TOTAL_MEMBERS'], ...options };
  const answer = await service.post('search', { objectClass, filter, options: wanted });
  expect(answer.status).toBe(200);
  return (answer.body as { results: ConnectorObject[] }).results;
}

const long = (objects: readonly ConnectorObject[]) => objects.find(({ uid }) => uid === longGroup.id);
const memberCalls = () => service.calls().filter((call) => call.includes(`${longGroup.id}/members`));

describe('a list of values that takes several calls', () => {
  it('is answered in full', async () => {
    const group = long(await search({}));
    expect(group?.attributes['MEMBER_IDS']).toHaveLength(members);
    expect(group).not.toHaveProperty('incomplete');
    expect(memberCalls()).toHaveLength(3);
  });

  it.each([
    ['', {}],
    [' of a page', { pageSize: 50 }],
    [' of a sorted search', { sortKeys: [{ field: 'GROUP_NAME' }] }],
  ])('is left out and named when the caller allows that%s', async (_, options) => {
    const groups = await search({ ...options, allowPartialAttributeValues: true });
    expect(memberCalls()).toEqual([]);
    expect(long(groups)).toMatchObject({ incomplete: ['MEMBER_IDS'] });
    expect(long(groups)?.attributes).toEqual({ TOTAL_MEMBERS: members });
    for (const { attributes, incomplete } of groups.filter((group) => group !== long(groups))) {
      expect([attributes['MEMBER_IDS'], incomplete]).toEqual([[], undefined]);
    }
  });

  it('is read for a filter that needs it, whatever the caller allows', async () => {
    const filter = { containsAllValues: { MEMBER_IDS: [memberId] } };
    const [group, ...others] = await search({ allowPartialAttributeValues: true }, filter);
    expect([group?.uid, others]).toEqual([longGroup.id, []]);
    expect(group?.attributes['MEMBER_IDS']).toHaveLength(members);
    expect(group).not.toHaveProperty('incomplete');
  });

  it('is not named when it was not asked for', async () => {
    const groups = await search({ attributesToGet: [], allowPartialAttributeValues: true });
    expect(groups.filter((group) => 'incomplete' in group)).toEqual([]);
  });

  it('is always read of a single object', async () => {
    const options = { attributesToGet: ['MEMBER_IDS'], allowPartialAttributeValues: true };
    const answer = await service.post('get', { objectClass, uid: longGroup.id, options });
    expect((answer.body as ConnectorObject).attributes['MEMBER_IDS']).toHaveLength(members);
    const byName = await search(options, { equals: { GROUP_NAME: longGroup.name } });
    expect(byName[0]?.attributes['MEMBER_IDS']).toHaveLength(members);
  });
});
