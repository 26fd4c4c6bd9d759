import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConnectorObject, SearchResult } from '../../src/connector/connector.js';
import { systemClock } from '../../src/zoom/client/clock.js';
import { startService, type TestService } from '../support/service.js';

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
    expect(objects).toEqual(unpaged);
    expect(objects.length).toBeGreaterThan(2 * pageSize);
    expect(objects.length).toBeLessThan(users);
  });
});
