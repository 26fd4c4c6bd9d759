import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectorObject } from '../../src/connector/connector.js';
import { byUid } from '../support/by-uid.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';
const pageSize = 300;

/** The numbers are those of the simulated account. */
describe('the calls of an import of 1,000 users, 500 of them with a phone', () => {
  let service: TestService;
  let counts: { pending: number; inactive: number; active: number };
  beforeAll(async () => {
    service = await startService({
      results: { importBatchSize: pageSize },
      simulator: { users: 1000, phoneUsers: 500 },
    });
    const { users } = service.simulator.state;
    counts = {
      pending: users.list('pending').length,
      inactive: users.list('inactive').length,
      active: users.list('active').length,
    };
    service.calls();
  });
  afterAll(() => service.close());

  /** Every page but the last one is read twice, which proves the edge behind it. */
  const pageCalls = (rows: number, size: number) => Math.max(1, 2 * Math.ceil(rows / size) - 1);
  const listCalls = () => Object.values(counts).reduce((sum, n) => sum + pageCalls(n, pageSize), 0) + 1;
  const phoneCalls = pageCalls(500, 100);
  const resultsOf = async (options: object) => {
    const answer = await service.post('search', { objectClass, options });
    return (answer.body as { results: readonly ConnectorObject[] }).results;
  };
  const search = async (options: object) => {
    expect(await resultsOf(options)).toHaveLength(1000);
    return service.calls();
  };

  it('are those of the lists, one check and one look-up per pending user', async () => {
    const wanted = { attributesToGet: ['FIRST_NAME', 'DEPT'] };
    expect(await search(wanted)).toHaveLength(listCalls() + counts.pending);
  });

  it('are those of the lists and one check the next time', async () => {
    expect(await search({ attributesToGet: ['FIRST_NAME', 'DEPT'] })).toHaveLength(listCalls());
  });

  it('are those of five pages of phone users more, and one for the sites, with phone data', async () => {
    const calls = await search({ attributesToGet: ['FIRST_NAME', 'ZOOM_PHONE_NUMBERS', 'SITE_CODE'] });
    expect(calls).toHaveLength(listCalls() + phoneCalls + 1);
    expect(await search({ attributesToGet: ['ZOOM_PHONE_NUMBERS', 'SITE_NAME'] })).toHaveLength(
      listCalls() + phoneCalls,
    );
  });

  // The sites are known since the test before.
  const deepCalls = () => listCalls() + phoneCalls + 1000;
  let everybody: readonly ConnectorObject[] = [];

  it('are one more per user for a full deep import', async () => {
    everybody = await resultsOf({});
    const calls = service.calls();
    expect(everybody).toHaveLength(1000);
    expect(calls).toHaveLength(deepCalls());
    expect(calls.filter((call) => call.includes('/phone/users/'))).toEqual([]);
  });

  it('are those and one phone profile per row of the first page at most, walked deep by offset', async () => {
    const pages: (readonly ConnectorObject[])[] = [];
    const calls: number[] = [];
    for (let offset = 1; offset <= 1000; offset += 100) {
      pages.push(await resultsOf({ pageSize: 100, pagedResultsOffset: offset }));
      calls.push(service.calls().length);
    }
    expect(pages.map(({ length }) => length)).toEqual(Array<number>(10).fill(100));
    expect(byUid(pages.flat()).map(stable)).toEqual(byUid(everybody).map(stable));
    expect(calls.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(deepCalls() + 100);
    // No page begins at the start.
    expect(Math.max(...calls)).toBeLessThan(300);
  });
});

/** The creation of a pending user is the time of the read. */
function stable({ attributes, ...object }: ConnectorObject): object {
  return { ...object, attributes: { ...attributes, CREATED_AT: '' } };
}

describe('the calls of a write', () => {
  it('are two for a change of one field', async () => {
    const service = await startService();
    const uid = service.simulator.state.users.list('active')[3]?.id;
    service.calls();
    const deltas = [{ name: 'ZOOM_ONE_TYPE', valuesToReplace: ['576460752303423488'] }];
    await service.post('update-delta', { objectClass, uid, deltas }).expect(200);
    expect(service.calls()).toEqual([`GET /v2/users/${uid} 200`, `PATCH /v2/users/${uid} 204`]);
    const options = { attributesToGet: ['ZOOM_ONE_TYPE'] };
    const read = await service.post('get', { objectClass, uid, options });
    expect(read.body).toMatchObject({ attributes: { ZOOM_ONE_TYPE: '576460752303423488' } });
    await service.close();
  });

  it('are one more read when an existing object is adopted: another operation may have changed it meanwhile', async () => {
    const service = await startService({ service: { duplicateErrorReturnsId: true } });
    const { groups, users } = service.simulator.state;
    const [user] = users.list('active').slice(-1);
    const [group] = groups.all();
    service.calls();
    const phone = { ZOOM_PHONE_FEATURE: false, EXTENSION_NUMBER: null };
    const attributes = { EMAIL: user?.email, DEPT: 'Adopted', ...phone };
    await service.post('create', { objectClass, attributes }).expect(200);
    expect(service.calls()).toEqual([
      `GET /v2/users/${encodeURIComponent(user?.email ?? '')} 200`,
      `GET /v2/users/${user?.id} 200`,
      `GET /v2/phone/users/${user?.id} 404`,
      `PATCH /v2/users/${user?.id} 204`,
    ]);
    const members = { GROUP_NAME: group?.name, MEMBER_IDS: [user?.id] };
    await service.post('create', { objectClass: 'ZoomGroup', attributes: members }).expect(200);
    const reads = service.calls().filter((call) => call.startsWith('GET /v2/groups'));
    expect(reads).toEqual([
      'GET /v2/groups 200',
      `GET /v2/groups/${group?.id} 200`,
      `GET /v2/groups/${group?.id}/members 200`,
    ]);
    await service.close();
  });
});
