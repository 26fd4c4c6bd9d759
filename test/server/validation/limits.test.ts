import { describe, expect, it } from '@jest/globals';
import { maxFindings } from '../../../src/connid/first-findings.js';
import { maxFilterLeaves } from '../../../src/connid/parse-filter.js';
import { maxMembers } from '../../../src/server/validation/limits.js';
import { loadSchemas, type SchemaName } from '../../../src/server/validation/schemas.js';
import { createValidators } from '../../../src/server/validation/validators.js';

const schemas = loadSchemas();
const validators = createValidators(schemas);

const update = (members: object) => ({ objectClass: 'ZoomUser', uid: 'u', ...members });
const search = (members: object) => ({ objectClass: 'ZoomUser', ...members });
const create = (attributes: object) => ({ objectClass: 'ZoomUser', attributes });
const many = <T>(count: number, member: T): T[] => new Array<T>(count).fill(member);
const members = (count: number) => Object.fromEntries(many(count, 0).map((_, index) => [`A${index}`, 'x']));
const delta = { name: 'DEPT', valuesToAdd: ['x'], valuesToRemove: ['y'] };
const leaf = { equals: { DEPT: 'x' } };

interface LimitCase {
  readonly what: string;
  readonly schema: SchemaName;
  readonly request: (count: number) => object;
  readonly limit: number;
  readonly path: string;
  readonly message: string;
}

const cases: readonly LimitCase[] = [
  {
    what: 'deltas',
    schema: 'update-delta-request',
    request: (count) => update({ deltas: many(count, delta) }),
    limit: 1_000,
    path: '/deltas',
    message: '`deltas` must have at most 1000 items.',
  },
  {
    what: 'values of a delta',
    schema: 'update-delta-request',
    request: (count) => update({ deltas: [delta, { name: 'DEPT', valuesToAdd: many(count, 'x') }] }),
    limit: 100_000,
    path: '/deltas/1/valuesToAdd',
    message: '`valuesToAdd` must have at most 100000 items.',
  },
  {
    what: 'members of a filter',
    schema: 'search-request',
    request: (count) => search({ filter: { not: { or: many(count, leaf) } } }),
    limit: maxFilterLeaves,
    path: '/filter/not/or',
    message: '`or` must have at most 1000 items.',
  },
  {
    what: 'values of a comparison',
    schema: 'search-request',
    request: (count) => search({ filter: { containsAllValues: { GROUP_IDS: many(count, 'x') } } }),
    limit: 100_000,
    path: '/filter/containsAllValues',
    message: 'Member 1 of `containsAllValues` must have at most 100000 items.',
  },
  {
    what: 'sort keys',
    schema: 'search-request',
    request: (count) => search({ options: { sortKeys: many(count, { field: 'A' }) } }),
    limit: 100,
    path: '/options/sortKeys',
    message: '`sortKeys` must have at most 100 items.',
  },
  {
    what: 'attributes to return',
    schema: 'search-request',
    request: (count) => search({ options: { attributesToGet: many(count, 'A') } }),
    limit: 1_000,
    path: '/options/attributesToGet',
    message: '`attributesToGet` must have at most 1000 items.',
  },
  {
    what: 'options',
    schema: 'get-request',
    request: (count) => update({ options: members(count) }),
    limit: maxMembers,
    path: '/options',
    message: '`options` must have at most 1000 members.',
  },
  {
    what: 'attributes',
    schema: 'create-request',
    request: (count) => create(members(count)),
    limit: maxMembers,
    path: '/attributes',
    message: '`attributes` must have at most 1000 members.',
  },
  {
    what: 'values of an attribute',
    schema: 'create-request',
    request: (count) => create({ A: 'x', B: many(count, 'x') }),
    limit: 100_000,
    path: '/attributes',
    message: 'Member 2 of `attributes` must have at most 100000 items.',
  },
];

describe('a limit on the number of members', () => {
  it.each(cases)('of $what is kept by a request that reaches it', ({ schema, request, limit }) => {
    expect(validators.check(schema, request(limit))).toEqual([]);
  });

  it.each(cases)(
    'of $what is named when a request exceeds it',
    ({ schema, request, limit, path, message }) => {
      expect(validators.check(schema, request(limit + 1))).toEqual([{ path, message }]);
    },
  );

  it('holds for members that a request must not have', () => {
    const message = 'The body must have at most 1000 members.';
    expect(validators.check('get-request', members(1_001))).toEqual([{ path: '', message }]);
  });

  it('holds for a whole request, however its members are nested', () => {
    const message =
      'The body must have at most 10000 members and items in all; values of attributes do not count.';
    const nested = search({ filter: { or: many(100, { or: many(40, { not: leaf }) }) } });
    expect(validators.check('search-request', nested)).toEqual([{ path: '', message }]);
  });

  it('is the one that the schemas state', () => {
    const stated = ['attributes', 'operation-options', 'search-options'] as const;
    expect(stated.map((name) => schemas[name]['maxProperties'])).toEqual(stated.map(() => maxMembers));
  });
});

/** Counts how often the items of a list are read. */
function counted<T extends object>(list: T[]): { readonly list: T[]; readonly reads: () => number } {
  let reads = 0;
  const get = (target: T[], name: string | symbol): unknown => {
    if (typeof name === 'string' && /^\d+$/.test(name)) reads += 1;
    return Reflect.get(target, name);
  };
  return { list: new Proxy(list, { get }), reads: () => reads };
}

describe('a hostile request', () => {
  const hostile: [string, SchemaName, (list: object[]) => object][] = [
    ['and', 'search-request', (list) => search({ filter: { and: list } })],
    ['or', 'search-request', (list) => search({ filter: { and: [leaf, { or: list }] } })],
    ['deltas', 'update-delta-request', (list) => update({ deltas: list })],
    ['sortKeys', 'search-request', (list) => search({ options: { sortKeys: list } })],
    ['attributesToGet', 'search-request', (list) => search({ options: { attributesToGet: list } })],
  ];

  it.each(hostile)('with a long list of %s is refused without a look into it', (_name, schema, request) => {
    const { list, reads } = counted(many(64_000, {}));
    expect(validators.check(schema, request(list))).toHaveLength(1);
    expect(reads()).toBe(0);
  });

  it.each(hostile)('with errors up to the limit in %s is worded a hundred times', (name, schema, request) => {
    const findings = validators.check(
      schema,
      request(many(name === 'sortKeys' ? 100 : 1_000, { hunter2: {} })),
    );
    expect(findings).toHaveLength(maxFindings + 1);
    expect(findings.at(-1)?.message).toMatch(/^There are \d+ more errors\.$/);
  });
});
