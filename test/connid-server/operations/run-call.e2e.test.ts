import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Wire, WireObject, WireValue } from '../../../src/connid-server/codec/wire-value.js';
import type { OperationCall } from '../../../src/connid-server/messages/operation-call.js';
import { type Warning } from '../../../src/connector/connector.js';
import { runCall } from '../../../src/connid-server/operations/run-call.js';
import { startService, type TestService } from '../../support/service.js';
import { testContext } from '../../support/zoom-client.js';
import {
  attribute,
  attributesOf,
  delta,
  guarded,
  list,
  nameOf,
  options,
  set,
  strings,
  uid,
  wire,
  withoutValues,
} from '../wire-values.js';

let service: TestService;

beforeAll(async () => {
  service = await startService({ service: { api: 'rest' }, custom: { deactivateOnDelete: false } });
});

const classAliases = { __ACCOUNT__: 'ZoomUser', __GROUP__: 'ZoomGroup' };

async function run(
  call: OperationCall,
): Promise<{ streamed: WireObject[]; result: WireValue; warnings: readonly Warning[] }> {
  let warnings: readonly Warning[] = [];
  const warned = (given: readonly Warning[]): void => void (warnings = given);
  const answer = runCall({ connector: service.connector(), classAliases, warned }, call, testContext());
  const streamed: WireObject[] = [];
  for (;;) {
    const step = await answer.next();
    if (step.done === true) return { streamed, result: step.value, warnings };
    streamed.push(step.value);
  }
}

const user = { objectClass: 'ZoomUser', options: null };

async function create(name: string, ...attributes: WireValue[]): Promise<string> {
  const call = { ...user, operation: 'create', attributes: set(nameOf(name), ...attributes) } as const;
  const { result } = await run(call);
  return (result as Wire<'Uid'>).uid ?? '';
}

async function read(id: string): Promise<Record<string, unknown>> {
  return attributesOf((await run({ ...user, operation: 'get', uid: uid(id) })).result ?? undefined);
}

function search(filter: WireObject | null, given: Parameters<typeof options>[0] = {}) {
  return run({ operation: 'search', objectClass: 'ZoomUser', filter, options: options(given) });
}

/** Attributes of a user who is active at once. */
const employed = [
  attribute('CREATE_ACTION', 'custCreate'),
  attribute('TYPE', 1),
  attribute('FIRST_NAME', 'Ada'),
];

describe('an operation of a host', () => {
  it('creates a user with attributes that have no values, reads and deletes it', async () => {
    const id = await create('ada@example.com', ...employed, attribute('JOB_TITLE'), withoutValues('STATUS'));
    expect(await read(id)).toMatchObject({
      __UID__: id,
      __NAME__: 'ada@example.com',
      FIRST_NAME: ['Ada'],
      TYPE: [1],
      JOB_TITLE: null,
      GROUP_IDS: [],
    });
    await run({ ...user, operation: 'delete', uid: uid(id) });
    expect((await run({ ...user, operation: 'get', uid: uid(id) })).result).toBeNull();
    await expect(run({ ...user, operation: 'delete', uid: uid(id) })).rejects.toMatchObject({
      kind: 'unknownUid',
    });
  });

  it('takes a guarded password at create', async () => {
    const id = await create(
      'guarded@example.com',
      attribute('CREATE_ACTION', 'autoCreate'),
      attribute('__PASSWORD__', guarded('Canary-passw0rd')),
    );
    expect(await read(id)).not.toHaveProperty('__PASSWORD__');
  });

  it('updates with all attributes that are mapped, those that cannot be updated included', async () => {
    const id = await create('all@example.com', ...employed);
    const present = await read(id);
    const attributes = set(
      attribute('FIRST_NAME', 'Grace'),
      attribute('TYPE', { kind: 'Long', value: 1n }),
      attribute('STATUS', String((present['STATUS'] as unknown[])[0])),
      attribute('CREATE_ACTION', 'custCreate'),
      attribute('DEPT'),
      withoutValues('JOB_TITLE'),
    );
    const { result } = await run({ ...user, operation: 'update', uid: uid(id), attributes });
    expect(result).toEqual(uid(id));
    expect(await read(id)).toMatchObject({ FIRST_NAME: ['Grace'] });
  });

  it('leaves a licence as it is of which a host that sends everything has no value', async () => {
    const id = await create('licence@example.com', ...employed);
    const attributes = set(attribute('TYPE'), attribute('FIRST_NAME', 'Grace'), attribute('DEPT'));
    const { warnings } = await run({ ...user, operation: 'update', uid: uid(id), attributes });
    expect(warnings).toMatchObject([{ code: 'NOT_CLEARED', attributes: ['TYPE'] }]);
    expect(await read(id)).toMatchObject({ FIRST_NAME: ['Grace'], TYPE: [1] });
    const deltas = set(delta('TYPE', { remove: list(1) }));
    await expect(run({ ...user, operation: 'updateDelta', uid: uid(id), deltas })).rejects.toThrow(
      'TYPE cannot be cleared.',
    );
  });

  it('updates a user whose uid is an address, and says which uid it has', async () => {
    const id = await create('address@example.com', ...employed, attribute('DEPT', 'F'));
    const changed = { ...user, operation: 'update', uid: uid('address@example.com') } as const;
    const byName = await run({ ...changed, attributes: set(attribute('DEPT', 'G')) });
    expect(byName.result).toEqual(uid(id));
    const deltas = set(delta('DEPT', { add: list('H'), remove: list('G') }));
    const withDeltas = {
      ...user,
      operation: 'updateDelta',
      uid: uid('address@example.com'),
      deltas,
    } as const;
    expect((await run(withDeltas)).result).toEqual(set(delta('__UID__', { replace: list(id) })));
    expect(await read(id)).toMatchObject({ DEPT: ['H'] });
  });

  it('changes single values by add and remove, and clears by remove alone', async () => {
    const id = await create('deltas@example.com', ...employed, attribute('DEPT', 'F'));
    const deltas = set(
      delta('FIRST_NAME', { add: list('Grace'), remove: list('Ada') }),
      delta('DEPT', { add: list(), remove: list('F') }),
    );
    const { result } = await run({ ...user, operation: 'updateDelta', uid: uid(id), deltas });
    expect(result).toEqual(set());
    expect(await read(id)).toMatchObject({ FIRST_NAME: ['Grace'], DEPT: null });
  });

  it('adds and removes values of an attribute', async () => {
    const id = await create('member@example.com', ...employed);
    await run({ ...user, operation: 'update', uid: uid(id), attributes: set(attribute('__ENABLE__', true)) });
    const groups = (await run({ operation: 'search', objectClass: '__group__', filter: null, options: null }))
      .streamed;
    const group = String(attributesOf(groups[0])['__UID__']);
    const change = { ...user, uid: uid(id), attributes: set(attribute('GROUP_IDS', group)) };
    await run({ ...change, operation: 'addAttributeValues' });
    expect(await read(id)).toMatchObject({ GROUP_IDS: [group] });
    await run({ ...change, operation: 'removeAttributeValues' });
    expect(await read(id)).toMatchObject({ GROUP_IDS: [] });
  });
});

describe('a search of a host', () => {
  it('names the class as the host does', async () => {
    const { streamed } = await run({
      operation: 'search',
      objectClass: '__ACCOUNT__',
      filter: null,
      options: null,
    });
    expect(streamed.length).toBeGreaterThan(59);
    expect(streamed[0]).toMatchObject({ ObjectClass: { kind: 'ObjectClass', type: '__ACCOUNT__' } });
    await expect(
      run({ operation: 'search', objectClass: 'NONEXISTING', filter: null, options: null }),
    ).rejects.toThrow('There is no object class with this name.');
  });

  it('answers nothing for a name that is a uid', async () => {
    const id = await create('named@example.com', ...employed);
    const filter = { kind: 'EqualsFilter', attribute: nameOf(id) } as const;
    const attributesToGet = strings(
      '__NAME__',
      '__ENABLE__',
      '__PASSWORD__',
      'CREATE_ACTION',
      'NO_SUCH_ATTRIBUTE',
    );
    expect((await search(filter, { ATTRS_TO_GET: attributesToGet })).streamed).toEqual([]);
  });

  it('may ask for attributes that are write-only or of other classes', async () => {
    await create('asked@example.com', ...employed);
    const filter = { kind: 'EqualsFilter', attribute: nameOf('asked@example.com') } as const;
    const attributesToGet = strings('FIRST_NAME', '__PASSWORD__', 'CREATE_ACTION', 'NO_SUCH_ATTRIBUTE');
    const { streamed } = await search(filter, { ATTRS_TO_GET: attributesToGet });
    expect(Object.keys(attributesOf(streamed[0]))).toEqual(['__UID__', '__NAME__', 'FIRST_NAME']);
  });

  it('compares numbers with text, and knows what has no value', async () => {
    const filters: WireObject[] = [
      { kind: 'EqualsFilter', attribute: attribute('TYPE', '1') },
      { kind: 'NotFilter', filter: { kind: 'StartsWithFilter', attribute: attribute('TYPE', '') } },
      { kind: 'StartsWithFilter', attribute: attribute('TYPE', '') },
    ];
    const counts = await Promise.all(filters.map(async (filter) => (await search(filter)).streamed.length));
    const all = (await search(null)).streamed;
    const basic = all.filter((object) => (attributesOf(object)['TYPE'] as unknown[])[0] === 1);
    expect(basic.length).toBeGreaterThan(0);
    expect(counts).toEqual([basic.length, 0, all.length]);
  });
});

describe('the result of a search', () => {
  const lastOf = ({ streamed }: { streamed: WireObject[] }) => streamed.at(-1)?.kind;

  it.each<[string, Parameters<typeof options>[0], boolean]>([
    ['no page', {}, false],
    ['a page without a place', { PAGE_SIZE: 5 }, true],
    ['a page at -1', { PAGE_SIZE: 5, PAGED_RESULTS_OFFSET: -1 }, true],
    ['a page at 1', { PAGE_SIZE: 5, PAGED_RESULTS_OFFSET: 1 }, false],
    ['a page with values that may be partial', { PAGE_SIZE: 5, ALLOW_PARTIAL_ATTRIBUTE_VALUES: true }, false],
  ])('is among the objects where the host expects it there: %s', async (_, given, isStreamed) => {
    const answer = await search(null, given);
    expect(answer.result).toMatchObject({ kind: 'SearchResult' });
    expect(lastOf(answer)).toBe(isStreamed ? 'SearchResult' : 'ConnectorObject');
    if (isStreamed) expect(answer.streamed.at(-1)).toEqual(answer.result);
  });

  it('leads a host from page to page by its cookie, and has none on the last', async () => {
    const seen: unknown[] = [];
    let cookie: string | null = null;
    do {
      const paging = { PAGE_SIZE: 20, PAGED_RESULTS_OFFSET: -1 };
      const page = await search(null, cookie === null ? paging : { ...paging, PAGED_RESULTS_COOKIE: cookie });
      const end = page.streamed.at(-1) as Wire<'SearchResult'>;
      seen.push(...page.streamed.slice(0, -1).map((object) => attributesOf(object)['__UID__']));
      cookie = end.pagedResultsCookie;
    } while (cookie !== null);
    expect(new Set(seen).size).toBe((await search(null)).streamed.length);
    expect(seen).toHaveLength(new Set(seen).size);
  });

  it('does not come when the host stops', async () => {
    const call = { operation: 'search', objectClass: 'ZoomUser', filter: null, options: null } as const;
    const answer = runCall({ connector: service.connector(), classAliases }, call, testContext());
    expect((await answer.next()).done).toBe(false);
    expect(await answer.return(wire(''))).toEqual({ done: true, value: wire('') });
    expect((await answer.next()).done).toBe(true);
  });
});

describe('Schema for a host', () => {
  const classNamed = (schema: WireValue, name: string): Wire<'ObjectClassInfo'> =>
    (schema as Wire<'Schema'>).ObjectClassInfos?.items.find(
      (info) => info?.kind === 'ObjectClassInfo' && info.type === name,
    ) as Wire<'ObjectClassInfo'>;

  const infoOf = (schema: WireValue, name: string): Wire<'AttributeInfo'> =>
    classNamed(schema, 'ZoomUser').AttributeInfos?.items.find(
      (info) => info?.kind === 'AttributeInfo' && info.name === name,
    ) as Wire<'AttributeInfo'>;

  it('has the types and flags that hosts know', async () => {
    const { result } = await run({ operation: 'schema' });
    expect(infoOf(result, '__ENABLE__').type).toBe('boolean');
    expect(infoOf(result, '__LAST_LOGIN_DATE__').type).toBe('long');
    expect(infoOf(result, 'TYPE').type).toBe('Integer');
    const flags = (name: string) => infoOf(result, name).items.map(({ value }) => value);
    expect(infoOf(result, '__PASSWORD__')).toMatchObject({ type: 'GuardedString' });
    expect(flags('__PASSWORD__')).toEqual(
      expect.arrayContaining(['NOT_READABLE', 'NOT_RETURNED_BY_DEFAULT']),
    );
    expect(flags('__NAME__')).toEqual(['REQUIRED']);
    expect(flags('STATUS')).toEqual(['NOT_CREATABLE', 'NOT_UPDATEABLE']);
    expect(infoOf(result, 'GROUP_IDS').referencedObjectClassName).toBeNull();
    expect(infoOf(result, '__UID__')).toBeUndefined();
  });

  it('lists the classes of the operations that belong to classes, and the options', async () => {
    const { result } = await run({ operation: 'schema' });
    const { objectClassesByOperation, optionsByOperation, OperationOptionInfos } = result as Wire<'Schema'>;
    const operations = objectClassesByOperation?.items.map(({ key }) => (key as Wire<'Class'>).value);
    expect(operations).toEqual([
      'SearchApiOp',
      'GetApiOp',
      'CreateApiOp',
      'UpdateApiOp',
      'UpdateDeltaApiOp',
      'DeleteApiOp',
    ]);
    expect(optionsByOperation?.items.map(({ key }) => (key as Wire<'Class'>).value)).toEqual([
      'SearchApiOp',
      'GetApiOp',
    ]);
    expect(OperationOptionInfos?.items).toContainEqual({
      kind: 'OperationOptionInfo',
      name: 'SORT_KEYS',
      type: 'SortKey',
    });
    expect(OperationOptionInfos?.items).toContainEqual({
      kind: 'OperationOptionInfo',
      name: 'ATTRS_TO_GET',
      type: 'String[]',
    });
  });
});

it('Test and Validate have no result', async () => {
  expect(await run({ operation: 'test' })).toEqual({ streamed: [], result: null, warnings: [] });
  expect(await run({ operation: 'validate' })).toEqual({ streamed: [], result: null, warnings: [] });
});
