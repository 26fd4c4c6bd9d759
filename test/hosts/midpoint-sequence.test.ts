import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Wire, WireObject } from '../../src/connid-server/codec/wire-value.js';
import type { Simulator } from '../../src/simulator/simulator.js';
import type { Host } from '../connid-server/hosts/hosts.js';
import { attribute, delta, guarded, list, nameOf, options, set, uid } from '../connid-server/wire-values.js';
import { discover, resultsOf, objectsIn } from './discovered.js';
import { configured } from './midpoint-xml.js';

let host: Host;
let simulator: Simulator;

beforeEach(async () => {
  const found = await discover();
  host = found.host.with(configured('resource.xml', found.properties));
  const { simulation } = found.service.connectors.first().target();
  if (simulation === undefined) throw new Error('The service has no simulator');
  simulator = simulation.simulator;
});

const zoomUser = { kind: 'ObjectClass', type: 'ZoomUser' } as const;
const zoomGroup = { kind: 'ObjectClass', type: 'ZoomGroup' } as const;

/** midPoint allows partial values in each search. Its pages are numbered from 1. */
function search(
  given: Parameters<typeof options>[0] = {},
  filter: WireObject | null = null,
  type = zoomUser,
) {
  const all = options({ ALLOW_PARTIAL_ATTRIBUTE_VALUES: true, ...given });
  return host.call('SearchApiOp', 'search', type, filter, all);
}

async function create(name: string): Promise<string> {
  const user = set(
    nameOf(name),
    attribute('FIRST_NAME', 'Ada'),
    attribute('DEPT', 'Maths'),
    attribute('__ENABLE__', true),
    attribute('__PASSWORD__', guarded('Passw0rd!x')),
  );
  const created = await host.result('CreateApiOp', 'create', zoomUser, user, null);
  return (created as Wire<'Uid'>).uid ?? '';
}

async function change(id: string, name: string, ...deltas: WireObject[]): Promise<unknown> {
  return host.result('UpdateDeltaApiOp', 'updateDelta', zoomUser, uid(id, name), set(...deltas), null);
}

async function find(name: string): Promise<Record<string, unknown> | undefined> {
  const byName = { kind: 'EqualsFilter', attribute: nameOf(name) } as const;
  return objectsIn(await search({}, byName))[0];
}

describe('a resource of midPoint, with the configuration of the guide', () => {
  it('is counted by a page of one user, whose result is the answer and no object', async () => {
    const results = resultsOf(await search({ PAGED_RESULTS_OFFSET: 1, PAGE_SIZE: 1 }));
    expect(results).toMatchObject([
      { kind: 'ConnectorObject' },
      { kind: 'SearchResult', remainingPagedResults: 59 },
    ]);
  });

  it('is reconciled by pages with an offset, each user once', async () => {
    const seen: unknown[] = [];
    for (let offset = 1; offset < 61; offset += 20) {
      const page = objectsIn(await search({ PAGED_RESULTS_OFFSET: offset, PAGE_SIZE: 20 }));
      seen.push(...page.map(({ __UID__: id }) => id));
    }
    expect(new Set(seen).size).toBe(60);
    expect(seen).toHaveLength(60);
  });

  it('has pending users that take changes once they are accepted, under another uid', async () => {
    const id = await create('ada@example.com');
    expect(await find('ada@example.com')).toMatchObject({ STATUS: ['pending'], DEPT: null, __UID__: id });
    const department = delta('DEPT', { replace: list('Maths') });
    expect(await change(id, 'ada@example.com', department)).toEqual(set());
    expect(await find('ada@example.com')).toMatchObject({ DEPT: null });

    simulator.acceptInvitation('ada@example.com', { keepId: false });
    const present = (await find('ada@example.com'))?.['__UID__'];
    expect(present).not.toBe(id);
    const changedUid = set(delta('__UID__', { replace: list(String(present)) }));
    expect(await change(id, 'ada@example.com', department)).toEqual(changedUid);
    expect(await find('ada@example.com')).toMatchObject({ STATUS: ['active'], DEPT: ['Maths'] });
  });

  it('puts users into groups by the ids of groups, and takes them out', async () => {
    const group = await host.result('CreateApiOp', 'create', zoomGroup, set(nameOf('Project Atlas')), null);
    const groupId = (group as Wire<'Uid'>).uid ?? '';
    const id = await create('eve@example.com');
    simulator.acceptInvitation('eve@example.com');
    await change(id, 'eve@example.com', delta('GROUP_IDS', { add: list(groupId) }));
    expect(await find('eve@example.com')).toMatchObject({ GROUP_IDS: [groupId] });
    await change(id, 'eve@example.com', delta('GROUP_IDS', { remove: list(groupId) }));
    expect(await find('eve@example.com')).toMatchObject({ GROUP_IDS: [] });
  });

  it('leaves disabled users as they are until they are enabled', async () => {
    const id = await create('dan@example.com');
    simulator.acceptInvitation('dan@example.com');
    await change(id, 'dan@example.com', delta('__ENABLE__', { replace: list(false) }));
    const licence = delta('TYPE', { replace: list(2) });
    expect(await change(id, 'dan@example.com', licence)).toEqual(set());
    expect(await find('dan@example.com')).toMatchObject({ __ENABLE__: [false], TYPE: [1] });
    await change(id, 'dan@example.com', delta('__ENABLE__', { replace: list(true) }), licence);
    expect(await find('dan@example.com')).toMatchObject({ __ENABLE__: [true], TYPE: [2] });
  });

  it('withdraws the invitation of a pending user who is deleted, and does not disable one', async () => {
    const id = await create('pia@example.com');
    const disable = delta('__ENABLE__', { replace: list(false) });
    await expect(change(id, 'pia@example.com', disable)).rejects.toThrow('Delete withdraws the invitation');
    await host.result('DeleteApiOp', 'delete', zoomUser, uid(id, 'pia@example.com'), null);
    expect(await find('pia@example.com')).toBeUndefined();
  });
});
