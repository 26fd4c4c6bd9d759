import { describe, expect, it } from '@jest/globals';
import type { WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { filterTree } from '../../../src/connid-server/mapping/filter.js';
import { givenOptions } from '../../../src/connid-server/mapping/options.js';
import {
  createAttributes,
  givenDeltas,
  givenUid,
  partialDeltas,
  replacingDeltas,
} from '../../../src/connid-server/mapping/requests.js';
import { toJson, toWire } from '../../../src/connid-server/mapping/values.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import {
  attribute,
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

describe('values of hosts', () => {
  it.each<[WireValue, unknown]>([
    [wire('a'), 'a'],
    [wire(7), 7],
    [{ kind: 'Long', value: 7n }, 7],
    [{ kind: 'Long', value: -(2n ** 53n - 1n) }, -(2 ** 53 - 1)],
    [{ kind: 'Long', value: 2n ** 62n }, 2n ** 62n],
    [wire(false), false],
    [{ kind: 'Double', value: 1.5 }, 1.5],
    [{ kind: 'Character', value: 'x' }, 'x'],
    [null, null],
  ])('become JSON: %j', (value, json) => {
    expect(toJson(value)).toEqual(json);
  });

  it('stay guarded', () => {
    const value = toJson(guarded('canary-password'));
    expect(value).toBeInstanceOf(GuardedString);
    expect((value as GuardedString).reveal()).toBe('canary-password');
    const broken: WireValue = { kind: 'GuardedString', value: Uint8Array.of(1) };
    expect(() => toJson(broken)).toThrow('A guarded string cannot be decrypted.');
  });

  it('may not be of types that no attribute has', () => {
    expect(() => toJson(set())).toThrow('Values of type Set are not supported.');
  });

  it('go back in the types of the schema', () => {
    expect(toWire('Integer', 3)).toEqual({ kind: 'Integer', value: 3 });
    expect(toWire('Long', 3)).toEqual({ kind: 'Long', value: 3n });
    expect(toWire('Boolean', true)).toEqual({ kind: 'Boolean', value: true });
    expect(toWire('String', 'a')).toEqual({ kind: 'String', value: 'a' });
  });
});

describe('attributes of hosts', () => {
  it('without a list, with an empty list and with a list of one null have no value', () => {
    const given = set(withoutValues('A'), attribute('B'), attribute('C', null), attribute('D', 'x', null));
    expect(createAttributes(given)).toEqual({ A: [], B: [], C: [], D: ['x', null] });
    expect(replacingDeltas(given).map(({ valuesToReplace }) => valuesToReplace)).toEqual([
      [],
      [],
      [],
      ['x', null],
    ]);
  });

  it('include the name', () => {
    expect(createAttributes(set(nameOf('a@b.c')))).toEqual({ __NAME__: ['a@b.c'] });
    expect(createAttributes(set(uid('u1')))).toEqual({ __UID__: ['u1'] });
  });

  it('may be called as members of objects are', () => {
    expect(Object.keys(createAttributes(set(attribute('__proto__', 'x'))))).toEqual(['__proto__']);
  });

  it('are given once, and have a name', () => {
    expect(() => createAttributes(set(attribute('A', 1), attribute('a', 2)))).toThrow(
      'An attribute is given twice.',
    );
    expect(() => createAttributes(set(attribute('', 1)))).toThrow('An attribute has no name');
    expect(() => createAttributes(set('x'))).toThrow('An attribute has no name');
  });

  it('have values, where values are added or removed', () => {
    expect(partialDeltas(set(attribute('A', 'x')), 'valuesToAdd')).toEqual([
      { name: 'A', valuesToAdd: ['x'] },
    ]);
    expect(() => partialDeltas(set(withoutValues('A')), 'valuesToRemove')).toThrow(
      'An attribute has no values to add',
    );
  });
});

describe('deltas of hosts', () => {
  it('replace only where nothing is added or removed', () => {
    const deltas = set(
      delta('A', { replace: list('x') }),
      delta('B', { add: list('x'), remove: list('y'), replace: list('z') }),
      delta('C', { replace: list() }),
      delta('D', { add: list(), remove: list('y') }),
      delta('E', {}),
    );
    expect(givenDeltas(deltas)).toEqual([
      { name: 'A', valuesToReplace: ['x'] },
      { name: 'B', valuesToAdd: ['x'], valuesToRemove: ['y'] },
      { name: 'C', valuesToReplace: [] },
      { name: 'D', valuesToAdd: [], valuesToRemove: ['y'] },
      { name: 'E' },
    ]);
    expect(() => givenDeltas(set(attribute('A', 1)))).toThrow('A delta has no name');
  });
});

describe('uids of hosts', () => {
  it('may have a name beside them, and are not blank', () => {
    expect(givenUid(uid('u1', 'a@b.c'))).toEqual({ uid: 'u1', nameHint: 'a@b.c' });
    expect(() => givenUid(uid(' '))).toThrow('The uid is blank.');
  });
});

describe('filters of hosts', () => {
  it('become a tree', () => {
    const filter: WireValue = {
      kind: 'AndFilter',
      items: [
        { kind: 'EqualsFilter', attribute: uid('u1') },
        { kind: 'OrFilter', items: [{ kind: 'StartsWithFilter', attribute: nameOf('a') }] },
        { kind: 'NotFilter', filter: { kind: 'EqualsFilter', attribute: withoutValues('CITY') } },
        { kind: 'ContainsAllValuesFilter', attribute: attribute('TAGS', 'x', 'y') },
      ],
    };
    expect(filterTree(filter)).toEqual({
      and: [
        { equals: { __UID__: 'u1' } },
        { or: [{ startsWith: { __NAME__: 'a' } }] },
        { not: { equals: { CITY: [] } } },
        { containsAllValues: { TAGS: ['x', 'y'] } },
      ],
    });
  });

  it('are filters', () => {
    expect(() => filterTree(wire('x'))).toThrow('String is no filter.');
    expect(() => filterTree({ kind: 'NotFilter', filter: null })).toThrow('null is no filter.');
  });
});

describe('options of hosts', () => {
  it('have the names of the connector, and unknown ones are left out', () => {
    const sortKeys: WireValue = {
      kind: 'Array',
      component: 'SortKey',
      items: [{ kind: 'SortKey', field: 'A', isAscending: false }],
    };
    const given = options({
      ATTRS_TO_GET: strings('A', 'B'),
      SORT_KEYS: sortKeys,
      PAGE_SIZE: 20,
      PAGED_RESULTS_OFFSET: -1,
      PAGED_RESULTS_COOKIE: '',
      ALLOW_PARTIAL_RESULTS: null,
      RUN_AS_USER: 'root',
    });
    expect(givenOptions(given)).toEqual({
      attributesToGet: ['A', 'B'],
      sortKeys: [{ field: 'A', ascending: false }],
      pageSize: 20,
      pagedResultsOffset: -1,
    });
    expect(givenOptions(null)).toEqual({});
  });
});
