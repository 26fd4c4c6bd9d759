import { describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import { startService, type TestService } from '../support/service.js';

const users = 900;
const simulator = { users, phoneUsers: 0 };

interface Listed {
  readonly uids: ReadonlySet<string>;
  /** The sizes of the pages of users that Zoom was asked for. */
  readonly sizes: readonly number[];
}

async function list(service: TestService, objectClass = 'ZoomUser', attribute = 'DEPT'): Promise<Listed> {
  service.simulator.clearRequests();
  const options = { attributesToGet: [attribute] };
  const answer = await service.post('search', { objectClass, options }).expect(200);
  const { results } = answer.body as { results: readonly ConnectorObject[] };
  const sizes = service.simulator.requests
    .map(({ query }) => Number(query['page_size']))
    .filter((size) => size > 0);
  return { uids: new Set(results.map(({ uid }) => uid)), sizes };
}

describe('pages of users', () => {
  it('have 2,000 rows where Zoom grants them', async () => {
    const service = await startService({ simulator: { ...simulator, maxUserPageSize: 2000 } });
    const { sizes, uids } = await list(service);
    expect(uids.size).toBe(users);
    expect(sizes).toEqual([2000, 2000, 2000, 2000]);
    await service.close();
  });

  it.each(['clamp', 'refuse'])('have 300 where it does not, and Zoom is asked once (%s)', async (how) => {
    const settings = { simulator: { ...simulator, pageSizeOverMaximum: how } };
    const service = await startService(settings);
    const first = await list(service);
    expect(first.uids.size).toBe(users);
    expect(first.sizes.at(-1)).toBe(300);
    const second = await list(service);
    expect(second.uids).toEqual(first.uids);
    expect(new Set(second.sizes)).toEqual(new Set([300]));
    // The next connector for the account knows it, too.
    await service.reload({ ...settings, rest: { ioErrorRetries: 1 } });
    expect(new Set((await list(service)).sizes)).toEqual(new Set([300]));
    await service.close();
  });

  it('have the configured size otherwise, whatever Zoom grants; 0 means auto', async () => {
    const service = await startService({ simulator, results: { importBatchSize: 500 } });
    const fixed = await list(service);
    expect([fixed.uids.size, new Set(fixed.sizes)]).toEqual([users, new Set([500])]);
    await service.reload({ simulator, results: { importBatchSize: 0 } });
    expect((await list(service)).sizes[0]).toBe(2000);
    await service.close();
  });

  it('change during a walk in pages without a row given twice', async () => {
    const service = await startService({ simulator: { ...simulator, maxUserPageSize: 2000 } });
    const given: string[] = [];
    for (let cookie: string | null | undefined; cookie !== null;) {
      const options = { attributesToGet: ['DEPT'], pageSize: 100, pagedResultsCookie: cookie ?? null };
      const answer = await service.post('search', { objectClass: 'ZoomUser', options }).expect(200);
      const page = answer.body as { results: readonly ConnectorObject[]; pagedResultsCookie: string | null };
      given.push(...page.results.map(({ uid }) => uid));
      cookie = page.pagedResultsCookie;
      service.simulator.setOptions({ maxUserPageSize: 300, pageSizeOverMaximum: 'refuse' });
    }
    expect([given.length, new Set(given).size]).toEqual([users, users]);
    await service.close();
  });
});

describe('pages of members', () => {
  it.each(['clamp', 'refuse'])('have 300 rows where Zoom grants no more (%s)', async (how) => {
    const service = await startService({
      simulator: { ...simulator, groups: 1, pageSizeOverMaximum: how, maxMemberPageSize: 300 },
    });
    const [group] = service.simulator.state.groups.all();
    const joiners = service.simulator.state.users.list('active');
    for (const user of joiners) if (group !== undefined) service.simulator.state.groups.join(group, user);
    const { sizes } = await list(service, 'ZoomGroup', 'MEMBER_IDS');
    expect(sizes.filter((size) => size === 2000)).toHaveLength(1);
    const get = { objectClass: 'ZoomGroup', uid: group?.id, options: { attributesToGet: ['MEMBER_IDS'] } };
    const answer = await service.post('get', get).expect(200);
    const { attributes } = answer.body as ConnectorObject;
    expect([attributes['MEMBER_IDS']].flat().toSorted()).toEqual(
      group?.members.map(({ id }) => id).toSorted(),
    );
    await service.close();
  });
});
