import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AttributeDeclaration } from '../../src/connid/attribute.js';
import { ConnectorError } from '../../src/connid/errors.js';
import { ObjectClassView } from '../../src/connid/object-class-view.js';
import type { Call } from '../../src/connector/object-class/call.js';
import type { FoundObject } from '../../src/connector/object-class/found-object.js';
import type { ObjectClass } from '../../src/connector/object-class/object-class.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import { type Binding, readersOf } from '../../src/zoom/kit/binding.js';
import type { ClassParts } from '../../src/zoom/kit/class-parts.js';
import { endpointTable } from '../../src/zoom/kit/endpoint-table.js';
import { isId } from '../../src/zoom/kit/forms.js';
import { type Json, read, textAt } from '../../src/zoom/kit/json.js';
import type { PagedList } from '../../src/zoom/kit/paged-list.js';
import { unlessUnknown } from '../../src/zoom/kit/reads.js';
import { RowsListing } from '../../src/zoom/kit/row-listing.js';
import { zoomClasses } from '../../src/zoom/object-classes.js';
import { accountLacksPhone } from '../../src/zoom/user/phone/calls.js';
import { startService, type TestService, type TestSettings } from '../support/service.js';

/*
 * A read-only class in the mould of every class: what its folder would contain is between the two lines, and the row in
 * `startWithSites` is all it needs elsewhere. When a class needs more than that, mend the mould.
 */

// -----------------------------------------------------------------------------------------------------------------
const endpoints = endpointTable('phone', {
  listPhoneSites: ['GET /phone/sites', 'medium', 'safe', 'phone:read:list_sites:admin', 'phone:read:admin'],
  getPhoneSite: ['GET /phone/sites/{siteId}', 'light', 'safe', 'phone:read:site:admin', 'phone:read:admin'],
});

const attributes = {
  __NAME__: { type: 'String', nativeName: 'NAME', updateable: false, description: 'Name of the site.' },
  SITE_CODE: {
    type: 'Integer',
    creatable: false,
    updateable: false,
    description: 'Prefix of its extensions.',
  },
} as const satisfies Record<string, AttributeDeclaration>;

const bindings: Readonly<Record<keyof typeof attributes, Binding<'site', never>>> = {
  __NAME__: { read: { site: read.text('name') } },
  SITE_CODE: { read: { site: read.integer('site_code') } },
};

const pages: PagedList = {
  rows: 'sites',
  keyOf: (row) => textAt(row, 'id'),
  page: (next_page_token) => ({
    endpoint: endpoints.listPhoneSites,
    query: { page_size: 300, next_page_token },
    why: 'list phone sites',
  }),
};

const getSite = (siteId: string): Call => ({
  endpoint: endpoints.getPhoneSite,
  params: { siteId },
  why: 'read the phone site',
});

const toSite = (row: unknown): FoundObject => {
  const [uid, name] = [textAt(row, 'id'), textAt(row, 'name')];
  if (uid === undefined || name === undefined)
    throw new ConnectorError('connectorIO', 'Zoom answered a site without id or name.');
  return { uid, name, records: new Map([['site', row]]) };
};

function createSiteClass({ config: { custom }, lists }: ClassParts): ObjectClass {
  const rowLists = [{ pages, identify: (row: Json) => ({ key: pages.keyOf(row) ?? '' }), toFound: toSite }];
  return {
    view: new ObjectClassView({
      name: 'ZoomPhoneSite',
      description: 'A site of Zoom Phone.',
      attributes,
      aliases: { SITE_ID: '__UID__', NAME: '__NAME__' },
      renamed: custom.attributeNames,
    }),
    endpoints: { required: [endpoints.listPhoneSites], optional: [endpoints.getPhoneSite] },
    probe: { ...pages.page(undefined), query: { page_size: 1 }, why: 'see whether sites can be read' },
    absence: (refusal) => (accountLacksPhone(refusal) ? 'The account has no Zoom Phone.' : undefined),
    read: {
      table: { sources: { site: { reach: 'list', use: 'both' } }, readers: readersOf(bindings) },
      keys: [{ attribute: '__UID__' }, { attribute: '__NAME__', costsListing: true }],
      narrowings: [],
      partitions: [{ id: 'all', facts: new Map() }],
      find: async ({ attribute, value }, _sources, session) => {
        if (attribute === '__UID__') {
          const site = isId(value) ? await unlessUnknown(session.send(getSite(value))) : undefined;
          return site === undefined ? undefined : toSite(site);
        }
        for await (const row of lists.distinct(pages, session))
          if (textAt(row, 'name') === value) return toSite(row);
        return undefined;
      },
      openListing: (_query, state) =>
        new RowsListing({ rowLists, lists, complete: (row) => Promise.resolve(row) }, state),
    },
  };
}
// -----------------------------------------------------------------------------------------------------------------

/** Starts a service that has the class beside Zoom's own. */
function startWithSites(settings: TestSettings = {}, rest = createSiteClass): Promise<TestService> {
  const connectors: typeof createConnectorFactory = (options) =>
    createConnectorFactory({ ...options, classes: [...zoomClasses, { rest }] });
  return startService(settings, { connectors });
}

interface Site {
  readonly uid: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const objectClass = 'ZoomPhoneSite';
let service: TestService;

beforeAll(async () => {
  service = await startWithSites();
});
beforeEach(() => void service.calls());
afterAll(() => service.close());

async function search(filter?: unknown, options?: object) {
  const answer = await service.post('search', { objectClass, filter, options });
  expect(answer.status).toBe(200);
  return answer.body as { results: readonly Site[]; pagedResultsCookie: string | null };
}
const namesOf = (sites: readonly Site[]) => sites.map(({ name }) => name);
const zoomSites = () => service.simulator.state.phone.sites;
const aSite = () => {
  const site = zoomSites()[1];
  if (site === undefined) throw new Error('the account has one site only');
  return site;
};
const checksOf = async (of: TestService) => {
  const answer = await of.post('test');
  expect(answer.status).toBe(200);
  return (answer.body as { checks: { name: string; ok: boolean; hint?: string }[] }).checks;
};

describe('a read-only class from one row', () => {
  it('stands in info and schema with the operations it has, beside the other classes', async () => {
    const { operations } = (await service.get('/v1/connector')).body as {
      operations: Record<string, string[]>;
    };
    expect(Object.keys(operations)).toEqual(['ZoomUser', 'ZoomGroup', objectClass]);
    expect(operations[objectClass]).toEqual(['search', 'get']);
    const schema = await service.get('/v1/schema');
    expect((schema.body as { operations: object }).operations).toMatchObject({
      search: expect.arrayContaining([objectClass]),
      create: ['ZoomUser', 'ZoomGroup'],
      delete: ['ZoomUser'],
    });
  });

  it('lists every object with what the list shows, at the cost of the list', async () => {
    const { results } = await search();
    expect(results).toEqual(
      zoomSites().map(({ id, name, site_code: code }) => ({
        objectClass,
        uid: id,
        name,
        attributes: { SITE_CODE: code },
      })),
    );
    expect(service.calls()).toEqual(['GET /v2/phone/sites 200']);
  });

  it('gets one by its uid', async () => {
    const { id, name, site_code: code } = aSite();
    const answer = await service.post('get', { objectClass, uid: id });
    expect(answer.body).toMatchObject({ uid: id, name, attributes: { SITE_CODE: code } });
    expect(service.calls()).toEqual([`GET /v2/phone/sites/${id} 200`]);
  });

  it('filters rows, finds by name and sorts', async () => {
    const { name, site_code: code } = aSite();
    expect(namesOf((await search({ equals: { SITE_CODE: code } })).results)).toEqual([name]);
    expect(namesOf((await search({ equals: { NAME: name } })).results)).toEqual([name]);
    expect((await search({ equals: { NAME: 'Nowhere' } })).results).toEqual([]);
    const sortKeys = [{ field: 'SITE_CODE', ascending: false }];
    expect(namesOf((await search(undefined, { sortKeys })).results)).toEqual(
      [...zoomSites()].sort((a, b) => b.site_code - a.site_code).map((site) => site.name),
    );
  });

  it('is walked in pages, by cookie and by offset', async () => {
    const all = zoomSites().map(({ name }) => name);
    const byCookie: string[] = [];
    for (let pagedResultsCookie: string | null = null; ;) {
      const page = await search(undefined, { pageSize: 1, pagedResultsCookie });
      byCookie.push(...namesOf(page.results));
      pagedResultsCookie = page.pagedResultsCookie;
      if (pagedResultsCookie === null) break;
    }
    expect(byCookie).toEqual(all);
    const byOffset = await Promise.all(
      all.map((_, index) => search(undefined, { pageSize: 1, pagedResultsOffset: index + 1 })),
    );
    expect(byOffset.flatMap(({ results }) => namesOf(results))).toEqual(all);
  });

  it.each([
    ['of no form', 'nowhere'],
    ['that no site has', 'AAAAAAAAAAAAAAAAAAAAAA'],
  ])('says of a uid %s that it is unknown', async (_, uid) => {
    const answer = await service.post('get', { objectClass, uid });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ exception: 'UnknownUidException' });
    expect((await search({ equals: { SITE_ID: uid } })).results).toEqual([]);
  });

  it.each([
    ['create', { attributes: { __NAME__: 'Paris' } }],
    ['update-delta', { uid: 'x', deltas: [{ name: '__NAME__', valuesToReplace: ['Paris'] }] }],
    ['delete', { uid: 'x' }],
  ])('refuses %s, in a dry run as well, and asks Zoom nothing', async (operation, body) => {
    for (const path of [operation, `${operation}?dryRun=true`]) {
      const answer = await service.post(path, { objectClass, ...body });
      expect(answer.status).toBe(501);
      expect(answer.body).toMatchObject({ exception: 'UnsupportedOperationException' });
    }
    expect(service.calls()).toEqual([]);
  });

  it('is among the checks of Test', async () => {
    expect(await checksOf(service)).toEqual(
      expect.arrayContaining([
        { name: `scopes of ${objectClass}`, ok: true, detail: 'Every scope that is used is granted.' },
        { name: objectClass, ok: true, detail: `${objectClass} objects can be read.` },
      ]),
    );
  });
});

describe('a class that the account lacks', () => {
  it('does not fail Test, and a search of it is refused, never empty', async () => {
    const without = await startWithSites({ simulator: { phoneEnabled: false } });
    expect((await checksOf(without)).filter(({ name }) => name === objectClass)).toEqual([
      {
        name: objectClass,
        ok: true,
        detail: 'ZoomPhoneSite objects are not available in this account.',
        hint: 'The account has no Zoom Phone.',
      },
    ]);
    const answer = await without.post('search', { objectClass });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ exception: 'PermissionDeniedException' });
    await without.close();
  });

  it('may say the same of an application that lacks its scopes', async () => {
    const scopes = { granular: ['phone:read:nothing'], classic: ['phone:nothing'] };
    const without = await startWithSites({}, (parts) => ({
      ...createSiteClass(parts),
      endpoints: { required: [{ ...endpoints.listPhoneSites, scopes }], optional: [] },
      absence: ({ details }) => details.hint,
    }));
    expect(await checksOf(without)).toContainEqual({
      name: `scopes of ${objectClass}`,
      ok: true,
      detail: 'ZoomPhoneSite objects are not available in this account.',
      hint: 'Grant the application the granular scopes phone:read:nothing (or the classic ones phone:nothing).',
    });
    await without.close();
  });

  it('fails Test by any other refusal', async () => {
    const { simulator, ...other } = await startWithSites();
    simulator.faults.add({
      match: { method: 'GET', path: '/phone/sites' },
      action: { kind: 'status', status: 403, body: { code: 200, message: 'No permission.' } },
    });
    const answer = await other.post('test');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ errors: [{ path: objectClass }] });
    await other.close();
  });
});

describe('a class without a form of its own over SCIM', () => {
  const operationsWith = async (settings: TestSettings) => {
    const scim = await startWithSites(settings);
    const { operations } = (await scim.get('/v1/connector')).body as { operations: object };
    await scim.close();
    return Object.keys(operations);
  };

  it('goes over REST where REST may be used, and is left out elsewhere', async () => {
    const service = { api: 'scim' };
    expect(await operationsWith({ service })).toContain(objectClass);
    expect(await operationsWith({ service: { ...service, scimFallback: false } })).not.toContain(objectClass);
  });
});
