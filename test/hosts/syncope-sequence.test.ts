import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Wire, WireObject, WireValue } from '../../src/connid-server/codec/wire-value.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import type { Host } from '../connid-server/hosts/hosts.js';
import { attribute, guarded, nameOf, options, set, uid } from '../connid-server/wire-values.js';
import { discover, objectsIn, resultsOf } from './discovered.js';
import { connectorValues, type Item, resource } from './syncope-json.js';

let host: Host;
let simulator: Simulator;

beforeEach(async () => {
  const found = await discover();
  host = found.host.with(connectorValues());
  const { simulation } = found.service.connectors.first().target();
  if (simulation === undefined) throw new Error('The service has no simulator');
  simulator = simulation.simulator;
});

type Values = Readonly<Record<string, string | number>>;

const zoomUser = { kind: 'ObjectClass', type: 'ZoomUser' } as const;
const items: readonly Item[] =
  resource.provisions.find(({ objectClass }) => objectClass === 'ZoomUser')?.mapping.items ?? [];

/** Options of each search: all mapped attributes, those that cannot be read included. */
const attributesToGet = {
  kind: 'Array',
  component: 'String',
  items: [...items.map(({ extAttrName }) => extAttrName), '__ENABLE__'].map((value) => ({
    kind: 'String',
    value,
  })),
} as const satisfies WireValue;

/** What Syncope writes: every mapped attribute, with an empty list where it has no value. */
function mapped(enabled: boolean, values: Values): Wire<'Set'> {
  const written = items.filter(
    ({ extAttrName, purpose }) => purpose !== 'PULL' && !extAttrName.startsWith('__'),
  );
  const attributes = written.map(({ extAttrName: name }) => {
    const value = values[name];
    return value === undefined ? attribute(name) : attribute(name, value);
  });
  return set(attribute('__ENABLE__', enabled), ...attributes);
}

async function find(name: string): Promise<Record<string, unknown>[]> {
  const byName = { kind: 'EqualsFilter', attribute: nameOf(name) } as const;
  return objectsIn(
    await host.call('SearchApiOp', 'search', zoomUser, byName, options({ ATTRS_TO_GET: attributesToGet })),
  );
}

/** A propagation: a search by the key, the write, and a search by the uid that it returned, as if it were the key. */
async function propagate(name: string, enabled: boolean, values: Values): Promise<string> {
  const [present] = await find(name);
  const written = mapped(enabled, values);
  const create = set(nameOf(name), attribute('__PASSWORD__', guarded('Passw0rd!x')), ...written.items);
  const result =
    present === undefined
      ? await host.result('CreateApiOp', 'create', zoomUser, create, null)
      : await host.result('UpdateApiOp', 'update', zoomUser, uid(String(present['__UID__'])), written, null);
  const id = (result as Wire<'Uid'>).uid ?? '';
  expect(await find(id)).toEqual([]);
  return id;
}

async function pull(pageSize: number): Promise<Record<string, unknown>[]> {
  const pulled: Record<string, unknown>[] = [];
  let cookie: string | null = '';
  while (cookie !== null) {
    const given = { PAGE_SIZE: pageSize, PAGED_RESULTS_OFFSET: -1, ATTRS_TO_GET: attributesToGet };
    const page: WireObject[] = await host.call(
      'SearchApiOp',
      'search',
      zoomUser,
      null,
      options(cookie === '' ? given : { ...given, PAGED_RESULTS_COOKIE: cookie }),
    );
    pulled.push(...objectsIn(page));
    // The last message is the answer. Syncope looks at results before it, and goes on with an old cookie without one.
    const [streamed] = resultsOf(page.slice(0, -1)).filter(
      ({ kind }) => kind === 'SearchResult',
    ) as Wire<'SearchResult'>[];
    if (streamed === undefined) throw new Error('A page has no result');
    cookie = streamed.pagedResultsCookie;
  }
  return pulled;
}

describe('a resource of Syncope, with the configuration and the mapping of the guide', () => {
  it('propagates a user through its life, although each update has all attributes', async () => {
    const name = 'ada@example.com';
    const id = await propagate(name, true, { FIRST_NAME: 'Ada', LAST_NAME: 'Byron', DEPT: 'Maths' });
    await expect(propagate(name, true, { FIRST_NAME: 'Ada', DEPT: 'Engines' })).rejects.toThrow('is pending');
    simulator.acceptInvitation(name);
    expect(await propagate(name, true, { FIRST_NAME: 'Ada', DEPT: 'Engines', TYPE: 2 })).toBe(id);
    expect(await find(name)).toMatchObject([
      { DEPT: ['Engines'], LAST_NAME: null, TYPE: [2], __ENABLE__: [true] },
    ]);

    await propagate(name, false, { FIRST_NAME: 'Ada' });
    expect(await find(name)).toMatchObject([{ __ENABLE__: [false], STATUS: ['inactive'] }]);
    await propagate(name, true, { FIRST_NAME: 'Ada', JOB_TITLE: 'Analyst' });
    expect(await find(name)).toMatchObject([{ __ENABLE__: [true], JOB_TITLE: ['Analyst'], DEPT: null }]);

    await host.result('DeleteApiOp', 'delete', zoomUser, uid(id), null);
    expect(await find(name)).toMatchObject([{ STATUS: ['inactive'] }]);
  });

  it('pulls all users in pages, each once', async () => {
    const users = await pull(25);
    expect(new Set(users.map(({ __UID__: id }) => id)).size).toBe(60);
    expect(users).toHaveLength(60);
    const incomplete = users.filter((user) => !('JOB_TITLE' in user));
    // Zoom shows users whose invitation has expired in its list only, which has no job titles.
    expect(incomplete.map(({ STATUS: status }) => status)).toEqual(incomplete.map(() => ['pending']));
    expect(users.every((user) => 'GROUP_IDS' in user)).toBe(true);
    expect(incomplete.length).toBeLessThan(5);
  });

  it('turns a create whose search has failed into an update', async () => {
    const id = await propagate('eve@example.com', true, { FIRST_NAME: 'Eve' });
    simulator.acceptInvitation('eve@example.com');
    const create = set(nameOf('eve@example.com'), ...mapped(true, { FIRST_NAME: 'Eva' }).items);
    expect(await host.result('CreateApiOp', 'create', zoomUser, create, null)).toEqual(uid(id));
    expect(await find('eve@example.com')).toMatchObject([{ FIRST_NAME: ['Eva'] }]);
  });
});
