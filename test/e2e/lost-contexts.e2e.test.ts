import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectorObject, SearchResult } from '../../src/connector/connector.js';
import { systemClock } from '../../src/zoom/kit/clock.js';
import { byUid } from '../support/by-uid.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';

interface Answer extends SearchResult {
  readonly results: readonly ConnectorObject[];
}

const users = 300;
const pageSize = 40;
const search = { objectClass: 'ZoomUser', filter: { not: { equals: { DEPT: 'Sales' } } } };
const wanted = { attributesToGet: ['DEPT', 'GROUP_IDS', 'STATUS'] };

describe('a walk whose context is lost after each page', () => {
  let service: TestService;
  let ahead = 0;
  beforeAll(async () => {
    const client = { clock: { ...systemClock, now: () => systemClock.now() + ahead } };
    const results = { importBatchSize: 30 };
    service = await startService({ results, simulator: { users } }, { client });
  });
  afterAll(() => service.close());

  async function page(options: object): Promise<Answer> {
    const answer = await service.post('search', { ...search, options: { ...wanted, ...options } });
    expect(answer.status).toBe(200);
    return answer.body as Answer;
  }

  it.each(['offset', 'cookie'] as const)('gives the unpaged result, by %s', async (style) => {
    const unpaged = (await page({})).results;
    const objects: ConnectorObject[] = [];
    for (let cookie: string | null = null, more = true; more; more = cookie !== null) {
      const place =
        style === 'offset' ? { pagedResultsOffset: objects.length + 1 } : { pagedResultsCookie: cookie };
      const answer: Answer = await page({ pageSize, ...place });
      objects.push(...answer.results);
      cookie = answer.pagedResultsCookie;
      // Longer than a context is kept.
      ahead += 16 * 60_000;
    }
    expect(byUid(objects)).toEqual(byUid(unpaged));
    expect(objects.length).toBeGreaterThan(2 * pageSize);
    expect(objects.length).toBeLessThan(users);
  });
});

describe('a cookie', () => {
  const options = { pageSize: 20, attributesToGet: ['DEPT'] };
  const begin = (settings: TestSettings) => startService({ simulator: { users: 50 }, ...settings });
  const ask = (service: TestService, cookie: string | null) =>
    service.post('search', { objectClass: 'ZoomUser', options: { ...options, pagedResultsCookie: cookie } });

  it('is taken after a restart, although the simulator has another port then', async () => {
    const before = await begin({});
    const first = (await ask(before, null).expect(200)).body as Answer;
    const expected = (await ask(before, first.pagedResultsCookie).expect(200)).body as Answer;
    await before.close();
    const after = await begin({});
    const second = (await ask(after, first.pagedResultsCookie).expect(200)).body as Answer;
    expect(second.results).toEqual(expected.results);
  });

  it('is refused with the credentials of another client', async () => {
    const first = (await ask(await begin({}), null).expect(200)).body as Answer;
    const other = await begin({ simulator: { users: 50, clientId: 'another-client' } });
    await ask(other, first.pagedResultsCookie).expect(400);
  });
});
