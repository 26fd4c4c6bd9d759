import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Values } from '../../src/connid/attribute.js';
import { type Candidate, matches } from '../../src/connid/evaluate-filter.js';
import { parseFilter } from '../../src/connid/parse-filter.js';
import type { ConnectorObject, SearchResult } from '../../src/connector/connector.js';
import { assertProperty } from '../support/assert-property.js';
import { anyStyle, filterOf } from '../support/search-arbitraries.js';
import type { User } from '../../src/simulator/state/records.js';
import { classesFor, type PagingStyle } from '../support/searching.js';
import { startService, type TestService } from '../support/service.js';

interface Answer extends SearchResult {
  readonly results: readonly ConnectorObject[];
}

const objectClass = 'ZoomUser';
const users = 20;
const [first] = classesFor({});
if (first === undefined) throw new Error('there is no user class');
const userClass = first;
const wanted = { attributesToGet: ['STATUS'] };

let service: TestService;
beforeAll(async () => {
  const results = { importBatchSize: 6, deepGet: false, deepImport: false };
  service = await startService({ results, simulator: { users, repeatedRows: 2 } });
  const [pending] = service.simulator.state.users.list('pending');
  service.simulator.expireInvitation(pending?.email ?? '');
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

/** The user as filters should see it, from the state of the account and nothing that the service answered. */
function candidateOf(user: User): Candidate {
  const { view } = userClass;
  const text = (value: string) => (value === '' ? [] : [value]);
  const readable = user.invitation?.expired !== true;
  const known: Readonly<Record<string, Values>> = {
    __UID__: [readable ? user.id : user.email],
    __NAME__: [user.email],
    STATUS: [user.status],
    __ENABLE__: [user.status !== 'inactive'],
    ROLE_ID: [user.role_id],
    TYPE: [user.type],
    DEPT: text(user.dept),
    EMPLOYEE_UNIQUE_ID: text(user.employee_unique_id),
    GROUP_IDS: user.groups.map(({ id }) => id),
    LAST_LOGIN_TIME: text(user.last_login_time),
    ...(readable && { LANGUAGE: text(user.language) }),
  };
  return { values: (name) => known[name], declarationOf: (name) => view.declarationOf(name) };
}

const accepts = (filter: unknown, user: User) =>
  filter === undefined || matches(parseFilter(userClass.view, filter), candidateOf(user));
const everyUser = () =>
  (['pending', 'inactive', 'active'] as const).flatMap((status) =>
    service.simulator.state.users.list(status),
  );
const names = (objects: readonly ConnectorObject[]) => objects.map(({ name }) => name);
const sizes = fc.integer({ min: 4, max: 25 });

describe('searching the simulated account over HTTP', () => {
  it('gives pages that concatenate to what the evaluator says of the account', async () => {
    const everybody = everyUser();
    expect(everybody).toHaveLength(users);
    const some = (of: (user: User) => string) =>
      [...new Set(everybody.map(of))].filter((value) => value !== '');
    const filters = filterOf({
      addresses: [...some(({ email }) => email.toUpperCase()), 'nobody@example.com'],
      uids: some(({ id }) => id.slice(0, 1)),
      departments: [...some(({ dept }) => dept), 'Nowhere'],
      employeeIds: [...some((user) => user.employee_unique_id), 'e/2'],
      groups: service.simulator.state.groups.all().map(({ id }) => id),
      languages: [...some(({ language }) => language), 'xx'],
      instants: some((user) => user.last_login_time),
    });
    const seen = { runs: 0, users: 0 };
    await assertProperty(
      fc.asyncProperty(filters, anyStyle, sizes, async (filter, style, pageSize) => {
        const expected = everybody.filter((user) => accepts(filter, user)).map(({ email }) => email);
        const found = await walk(filter, style, pageSize);
        expect(names(found).sort()).toEqual(expected.sort());
        seen.runs += 1;
        seen.users += expected.length;
      }),
      { numRuns: 200 },
    );
    // Few runs on a slow machine may find few users by chance.
    expect(seen.users > seen.runs || seen.runs < 50).toBe(true);
  });

  it('misses nobody who moves between the lists from page to page', async () => {
    const { simulator } = service;
    const user = fc.record({ index: fc.nat(), keepId: fc.boolean() });
    const pages = fc.array(fc.array(user, { maxLength: 2 }), { maxLength: 6 });
    await assertProperty(
      fc.asyncProperty(pages, anyStyle, sizes, async (moves, style, pageSize) => {
        const all = everyUser();
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
      { numRuns: 200 },
    );
  });

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

  it('sorts, and refuses what it cannot sort by', async () => {
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
