import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../src/connid/evaluate-filter.js';
import { parseFilter } from '../../src/connid/parse-filter.js';
import type { ConnectorObject, SearchResult } from '../../src/connector/connector.js';
import { person } from '../support/person-class.js';
import { anyFilter, anyStyle } from '../support/search-arbitraries.js';
import { classesFor, type PagingStyle } from '../support/searching.js';
import { startService, type TestService } from '../support/service.js';

interface Answer extends SearchResult {
  readonly results: readonly ConnectorObject[];
}

const objectClass = 'ZoomUser';
const [userClass] = classesFor({});
const wanted = {
  attributesToGet: [
    ...['STATUS', '__ENABLE__', 'ROLE_ID', 'DEPT', 'EMPLOYEE_UNIQUE_ID', 'GROUP_IDS', 'TYPE', 'LANGUAGE'],
    'LAST_LOGIN_TIME',
  ],
};

let service: TestService;
beforeAll(async () => {
  const results = { importBatchSize: 7, deepGet: false, deepImport: false };
  service = await startService({ results, simulator: { users: 30, repeatedRows: 2 } });
});
afterAll(() => service.close());

async function search(filter: unknown, options: object = {}): Promise<Answer> {
  const answer = await service.post('search', { objectClass, filter, options });
  expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ allResultsReturned: true })]);
  return answer.body as Answer;
}

/** Walks to the end; `between` runs after each page. */
async function walk(
  filter: unknown,
  style: PagingStyle,
  pageSize: number,
  between: () => void = () => undefined,
): Promise<readonly ConnectorObject[]> {
  const objects: ConnectorObject[] = [];
  for (let cookie: string | null = null; ;) {
    const place =
      style === 'offset' ? { pagedResultsOffset: objects.length + 1 } : { pagedResultsCookie: cookie };
    const page = await search(filter, { ...wanted, pageSize, ...place });
    objects.push(...page.results);
    cookie = page.pagedResultsCookie;
    if (style === 'offset' ? page.results.length < pageSize : cookie === null) return objects;
    between();
  }
}

function accepts(filter: unknown, { attributes, name, uid }: ConnectorObject): boolean {
  if (userClass === undefined || filter === undefined) return true;
  const told: ConnectorObject['attributes'] = { ...attributes, __UID__: uid, __NAME__: name };
  const values = Object.entries(told).map(
    ([key, value]) => [key, value === null ? [] : [value].flat()] as const,
  );
  const { view } = userClass;
  const candidate = {
    ...person(Object.fromEntries(values)),
    declarationOf: (key: string) => view.declarationOf(key),
  };
  return matches(parseFilter(view, filter), candidate);
}

const names = (objects: readonly ConnectorObject[]) => objects.map(({ name }) => name);
const sizes = fc.integer({ min: 4, max: 40 });

describe('searching the simulated account over HTTP', () => {
  it('gives pages that concatenate to what the evaluator says of the account', async () => {
    const everybody = (await search(undefined, wanted)).results;
    expect(everybody).toHaveLength(30);
    await fc.assert(
      fc.asyncProperty(anyFilter, anyStyle, sizes, async (filter, style, pageSize) => {
        const expected = everybody.filter((object) => accepts(filter, object));
        const found = await walk(filter, style, pageSize);
        expect(names(found).sort()).toEqual(names(expected).sort());
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('misses nobody who moves between the lists from page to page', async () => {
    const { simulator } = service;
    const user = fc.record({ index: fc.nat(), keepId: fc.boolean() });
    const pages = fc.array(fc.array(user, { maxLength: 2 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(pages, anyStyle, sizes, async (moves, style, pageSize) => {
        const { users } = simulator.state;
        const everybody = ['pending', 'inactive', 'active'] as const;
        const all = everybody.flatMap((status) => users.list(status));
        const left = [...moves];
        const moved = new Set<string>();
        const found = await walk(undefined, style, pageSize, () => {
          for (const { index, keepId } of left.shift() ?? []) {
            const one = all[index % all.length];
            if (one === undefined || one.role_id === '0' || moved.has(one.email)) continue;
            moved.add(one.email);
            if (one.status === 'pending') simulator.acceptInvitation(one.email, { keepId });
            else simulator.moveStatus(one.email, one.status === 'active' ? 'inactive' : 'active');
          }
        });
        expect(names(found).sort()).toEqual(all.map(({ email }) => email).sort());
        const [back] = moved;
        if (back !== undefined) simulator.moveStatus(back, 'pending');
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('goes on after page tokens have expired', async () => {
    const { clock } = service.simulator;
    const found = await walk(undefined, 'cookie', 20, () => clock.advance(16 * 60_000));
    expect(names(found).sort()).toEqual(names((await search(undefined)).results).sort());
  });

  it('walks groups, too', async () => {
    const options = { pageSize: 2, pagedResultsOffset: 3 };
    const page = (await service.post('search', { objectClass: 'ZoomGroup', options })).body as Answer;
    const all = (await service.post('search', { objectClass: 'ZoomGroup' })).body as Answer;
    expect(page.results).toEqual(all.results.slice(2, 4));
    expect(page.remainingPagedResults).toBe(1);
    const one = { equals: { GROUP_NAME: all.results[0]?.name.toUpperCase() } };
    expect(
      ((await service.post('search', { objectClass: 'ZoomGroup', filter: one })).body as Answer).results,
    ).toHaveLength(1);
  });

  it('sorts, and refuses what it can not sort by', async () => {
    const sortKeys = [{ field: 'LAST_NAME', ascending: false }, { field: 'EMAIL' }];
    const { results } = await search('STATUS eq "active"', { sortKeys });
    const keys = results.map(({ attributes, name }) => [String(attributes['LAST_NAME'] ?? ''), name]);
    const expected = [...keys].sort(([a = '', x = ''], [b = '', y = '']) =>
      a === b ? (x < y ? -1 : 1) : a < b ? 1 : -1,
    );
    expect(keys).toEqual(expected);
    const refused = await service.post('search', {
      objectClass,
      options: { sortKeys: [{ field: 'GROUP_IDS' }] },
    });
    expect(refused.status).toBe(400);
  });
});
