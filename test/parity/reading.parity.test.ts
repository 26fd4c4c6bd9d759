import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { byUid } from '../support/by-uid.js';
import { startService, type TestService } from '../support/service.js';

const objectClass = 'ZoomUser';

interface Found {
  readonly uid: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}
interface SearchAnswer {
  readonly results: readonly Found[];
  readonly pagedResultsCookie: string | null;
  readonly remainingPagedResults: number;
}

/** Rows 6 to 14 and 34 of the feature list that carried-over resources rely on. */
describe('reading, as resources of the Java connector expect it', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService({ simulator: { users: 60, phoneUsers: 20, groups: 5 } });
  });
  afterAll(() => service.close());

  const search = async (body: object, on = service): Promise<SearchAnswer> =>
    (await on.post('search', { objectClass, ...body }).expect(200)).body as SearchAnswer;
  const usersOf = (status: 'active' | 'inactive' | 'pending', on = service) =>
    on.simulator.state.users.list(status);
  const names = ({ results }: SearchAnswer) => results.map(({ name }) => name).sort();

  it('row 6: a user is read by id and by e-mail, whatever its letters', async () => {
    const address = 'a+b/c@example.com';
    const attributes = { EMAIL: address, CREATE_ACTION: 'ssoCreate' };
    const { uid } = (await service.post('create', { objectClass, attributes })).body as Found;
    const byId = await service.post('get', { objectClass, uid }).expect(200);
    const byName = await search({ filter: { equals: { EMAIL: address } } });
    expect(byName.results).toEqual([byId.body]);
  });

  it('row 7: all three statuses are listed, and STATUS filters', async () => {
    const all = await search({ options: { attributesToGet: ['STATUS'] } });
    for (const status of ['active', 'inactive', 'pending'] as const) {
      const some = await search({ filter: { equals: { STATUS: status } } });
      expect(names(some)).toEqual(
        usersOf(status)
          .map(({ email }) => email)
          .sort(),
      );
      expect(all.results.filter(({ attributes }) => attributes['STATUS'] === status)).toHaveLength(
        some.results.length,
      );
    }
  });

  it('row 8: filters are right, pushed down where Zoom can, never ignored', async () => {
    const [first, second] = usersOf('active');
    const either = { or: [{ equals: { __UID__: first?.id } }, { equals: { EMAIL: second?.email } }] };
    service.calls();
    expect((await search({ filter: either, options: { attributesToGet: ['TYPE'] } })).results).toHaveLength(
      2,
    );
    expect(service.calls()).toHaveLength(2);
    const start = first?.email.slice(0, 3) ?? '';
    for (const [type, test] of [
      ['startsWith', (email: string) => email.startsWith(start)],
      ['contains', (email: string) => email.includes(start)],
      ['endsWith', (email: string) => email.endsWith('example.com')],
    ] as const) {
      const value = type === 'endsWith' ? 'example.com' : start;
      const found = await search({ filter: { [type]: { EMAIL: value } } });
      const expected = [...service.simulator.state.users.all()].map(({ email }) => email).filter(test);
      expect(names(found)).toEqual(expected.sort());
    }
    const notActive = await search({ filter: { not: { equals: { STATUS: 'active' } } } });
    expect(notActive.results).toHaveLength(usersOf('inactive').length + usersOf('pending').length);
    const both = { and: [{ equals: { STATUS: 'active' } }, { equals: { ZOOM_PHONE_FEATURE: true } }] };
    expect((await search({ filter: both })).results).toHaveLength(20);
  });

  it('row 9: pages by size and offset, and by cookie, are the unpaged result in parts', async () => {
    const options = { attributesToGet: ['STATUS'] };
    const all = (await search({ options })).results;
    const byOffset: Found[] = [];
    for (let offset = 1; offset <= all.length; offset += 7) {
      const paged = { ...options, pageSize: 7, pagedResultsOffset: offset };
      const { results, remainingPagedResults } = await search({ options: paged });
      byOffset.push(...results);
      expect(remainingPagedResults).toBe(all.length - byOffset.length);
    }
    expect(byUid(byOffset)).toEqual(byUid(all));
    const byCookie: Found[] = [];
    let cookie: string | null | undefined;
    do {
      const paged = { ...options, pageSize: 25, ...(cookie && { pagedResultsCookie: cookie }) };
      const page = await search({ options: paged });
      byCookie.push(...page.results);
      cookie = page.pagedResultsCookie;
    } while (cookie !== null);
    expect(byCookie).toEqual(byOffset);
  });

  it('row 10: an import asks Zoom for pages of the configured size', async () => {
    const small = await startService({ results: { importBatchSize: 17 }, simulator: { users: 40 } });
    await search({ options: { attributesToGet: ['STATUS'] } }, small);
    const sizes = small.simulator.requests
      .filter(({ path, query }) => path === '/v2/users' && query['page_size'] !== '1')
      .map(({ query }) => query['page_size']);
    expect(new Set(sizes)).toEqual(new Set(['17']));
    await small.close();
  });

  it.each([
    [{ deepGet: true, deepImport: true }, true, true],
    [{ deepGet: true, deepImport: false }, false, true],
    [{ deepGet: false, deepImport: false }, false, false],
  ])('row 11: with %j an import is deep: %s, a page is deep: %s', async (results, deepImport, deepPage) => {
    const configured = await startService({ results, simulator: { users: 20 } });
    const isDeep = ({ results: [found] }: SearchAnswer) => 'LANGUAGE' in (found?.attributes ?? {});
    const filter = { equals: { STATUS: 'active' } };
    expect(isDeep(await search({ filter }, configured))).toBe(deepImport);
    expect(isDeep(await search({ filter, options: { pageSize: 3 } }, configured))).toBe(deepPage);
    const named = await search({ filter, options: { attributesToGet: ['LANGUAGE'] } }, configured);
    expect(isDeep(named)).toBe(true);
    await configured.close();
  });

  it('row 12: phone attributes are read, the status among them', async () => {
    const [phoneUser] = service.simulator.state.phone.users;
    const answer = await service.post('get', { objectClass, uid: phoneUser?.user.id });
    expect((answer.body as Found).attributes).toMatchObject({
      ZOOM_PHONE_FEATURE: true,
      ZOOM_PHONE_STATUS: phoneUser?.status,
      EXTENSION_NUMBER: String(phoneUser?.extension_number),
      ZOOM_PHONE_NUMBERS: phoneUser?.numbers.map(({ number }) => number),
      ZOOM_PHONE_CALLING_PLANS: phoneUser?.plans,
      SITE_ID: phoneUser?.site.id,
      SITE_NAME: phoneUser?.site.name,
      SITE_CODE: phoneUser?.site.site_code,
    });
  });

  it('row 13: the phone feature is false for users without phone, pending ones too', async () => {
    const without = await search({ filter: { equals: { ZOOM_PHONE_FEATURE: false } } });
    expect(without.results.map(({ attributes }) => attributes['STATUS'])).toContain('pending');
    expect(without.results).toHaveLength([...service.simulator.state.users.all()].length - 20);
  });

  it('row 14: sites are looked up by id and name, over all pages, once', async () => {
    service.calls();
    const options = { attributesToGet: ['SITE_ID', 'SITE_NAME', 'SITE_CODE'] };
    const { results } = await search({ filter: { equals: { ZOOM_PHONE_FEATURE: true } }, options });
    const sites = service.simulator.state.phone.sites;
    for (const { attributes } of results) {
      const site = sites.find(({ id }) => id === attributes['SITE_ID']);
      expect(attributes).toMatchObject({ SITE_NAME: site?.name, SITE_CODE: site?.site_code });
    }
    expect(service.calls().filter((call) => call.includes('/phone/sites')).length).toBeLessThanOrEqual(1);
  });

  it('row 34: a large import reuses connections and keeps within its bounds', async () => {
    const large = await startService({
      rest: { maxConcurrency: 8 },
      simulator: { users: 300, phoneUsers: 100 },
    });
    const { results } = await search({}, large);
    expect(results).toHaveLength(300);
    expect(large.simulator.log.peak).toBeLessThanOrEqual(8);
    await large.close();
  });
});
