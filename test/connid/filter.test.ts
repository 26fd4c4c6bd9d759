import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../src/connid/evaluate-filter.js';
import { type Filter, filterAttributes } from '../../src/connid/filter.js';
import { maxFilterDepth, maxFilterLeaves, parseFilter } from '../../src/connid/parse-filter.js';
import { assertProperty } from '../support/assert-property.js';
import { person, personView } from '../support/person-class.js';

const jill = person({
  __UID__: ['u1'],
  __NAME__: ['Jill@Example.com'],
  CITY: ['Basel'],
  AGE: [2],
  TAGS: ['a', 'b'],
  NUMBERS: ['+1 (555) 0100'],
  STATUS: [],
});

function accepts(json: unknown): boolean {
  return matches(parseFilter(personView, json), jill);
}

describe('filter evaluation follows ConnId', () => {
  it.each<[string, unknown, boolean]>([
    ['equals compares strings by case', { equals: { CITY: 'basel' } }, false],
    ['equals ignores the case of addresses', { equals: { __NAME__: 'jill@example.COM' } }, true],
    [
      'equals finds an attribute by its native spelling in any case',
      { equals: { email: 'jill@example.com' } },
      true,
    ],
    ['equals on a list wants the same order', { equals: { TAGS: ['b', 'a'] } }, false],
    ['equals on a list wants the same values', { equals: { TAGS: ['a', 'b'] } }, true],
    ['equals without values accepts an attribute without values', { equals: { STATUS: null } }, true],
    ['equals without values refuses an attribute with values', { equals: { CITY: null } }, false],
    ['equalsIgnoreCase ignores case', { equalsIgnoreCase: { CITY: 'bASEL' } }, true],
    ['contains looks at the first value only', { contains: { TAGS: 'b' } }, false],
    ['startsWith is case-sensitive', { startsWith: { CITY: 'bas' } }, false],
    ['endsWith matches the end', { endsWith: { CITY: 'sel' } }, true],
    ['endsWith on addresses ignores case', { endsWith: { EMAIL: '@EXAMPLE.com' } }, true],
    ['contains on an attribute without values is false', { contains: { STATUS: 'x' } }, false],
    ['greaterThan compares numbers as numbers', { greaterThan: { AGE: 1 } }, true],
    ['lessThanOrEqual includes equality', { lessThanOrEqual: { AGE: 2 } }, true],
    ['an attribute without values counts as less', { lessThan: { STATUS: 'a' } }, true],
    ['an attribute with several values counts as less', { lessThan: { TAGS: 'a' } }, true],
    ['containsAllValues ignores order and extras', { containsAllValues: { TAGS: ['b'] } }, true],
    ['containsAllValues wants all', { containsAllValues: { TAGS: ['b', 'c'] } }, false],
    ['parts of such values compare as they are', { startsWith: { NUMBERS: '+1 (555)' } }, true],
    ['and not by the form of the whole', { endsWith: { NUMBERS: '5550100' } }, false],
    ['values with a canonical form compare by it', { containsAllValues: { NUMBERS: '15550100' } }, true],
    ['and wants all parts', { and: [{ equals: { CITY: 'Basel' } }, { equals: { AGE: 1 } }] }, false],
    ['or wants one part', { or: [{ equals: { CITY: 'Basel' } }, { equals: { AGE: 1 } }] }, true],
    ['not negates', { not: { equals: { AGE: 1 } } }, true],
  ])('%s', (_, filter, expected) => {
    expect(accepts(filter)).toBe(expected);
  });

  it('an absent attribute matches nothing but "no value", and so its negation', () => {
    const stranger = person({});
    const evaluate = (json: unknown) => matches(parseFilter(personView, json), stranger);
    expect(evaluate({ equals: { CITY: null } })).toBe(true);
    expect(evaluate({ lessThan: { CITY: 'z' } })).toBe(false);
    expect(evaluate({ containsAllValues: { TAGS: 'a' } })).toBe(false);
    expect(evaluate({ not: { contains: { CITY: 'a' } } })).toBe(true);
  });

  it('obeys the laws of logic', () => {
    assertProperty(
      fc.property(anyFilter, anyFilter, anyPerson, (left, right, candidate) => {
        const both: Filter = { type: 'and', filters: [left, right] };
        const either: Filter = {
          type: 'or',
          filters: [
            { type: 'not', filter: left },
            { type: 'not', filter: right },
          ],
        };
        expect(matches({ type: 'not', filter: both }, candidate)).toBe(matches(either, candidate));
      }),
    );
  });
});

describe('reading filters', () => {
  it.each<[string, unknown, string]>([
    ['an unknown attribute', { equals: { CITTY: 'x' } }, 'invalidAttributeValue'],
    ['a write-only attribute', { equals: { __PASSWORD__: 'x' } }, 'invalidAttributeValue'],
    ['a value of the wrong type', { equals: { AGE: '2' } }, 'invalidAttributeValue'],
    ['a string filter on a number', { contains: { AGE: 2 } }, 'illegalArgument'],
    ['a string filter with two values', { contains: { TAGS: ['a', 'b'] } }, 'illegalArgument'],
    ['an order filter without a value', { lessThan: { AGE: null } }, 'illegalArgument'],
    ['an unknown filter type', { like: { CITY: 'x' } }, 'illegalArgument'],
    ['two members in a node', { equals: { CITY: 'x' }, not: {} }, 'illegalArgument'],
    ['an empty conjunction', { and: [] }, 'illegalArgument'],
    ['a list instead of a tree', [], 'illegalArgument'],
    ['a filter type that is inherited by objects', { constructor: { CITY: 'x' } }, 'illegalArgument'],
  ])('refuses %s', (_, json, kind) => {
    expect(() => parseFilter(personView, json)).toThrow(expect.objectContaining({ kind }));
  });

  it('says which attribute was meant', () => {
    expect(() => parseFilter(personView, { equals: { EMIAL: 'x' } })).toThrow(
      expect.objectContaining({ details: { hint: 'Did you mean EMAIL?' } }),
    );
    expect(() => parseFilter(personView, { equals: { CITTY: 'x' } })).toThrow(
      expect.objectContaining({ details: { hint: 'Did you mean CITY?' } }),
    );
    expect(() => parseFilter(personView, { equals: { TOWN: 'x' } })).toThrow(
      expect.objectContaining({ details: { hint: 'Use CITY.' } }),
    );
  });

  it('refuses a tree that is nested too deeply', () => {
    const nest = (levels: number): unknown =>
      Array.from({ length: levels }).reduce<unknown>((inner) => ({ not: inner }), { equals: { AGE: 1 } });
    expect(filterAttributes(parseFilter(personView, nest(maxFilterDepth - 1)))).toEqual(new Set(['AGE']));
    expect(() => parseFilter(personView, nest(maxFilterDepth))).toThrow(/nested deeper/);
  });
});

describe('a tolerant filter', () => {
  const held = person({ AGE: [2], TAGS: ['a'], __ENABLE__: [true], CITY: [] });
  const accepts = (json: unknown): boolean => matches(parseFilter(personView, json, true), held);

  it('compares numbers and flags with text', () => {
    expect(accepts({ equals: { AGE: '2' } })).toBe(true);
    expect(accepts({ equals: { AGE: ['3'] } })).toBe(false);
    expect(accepts({ lessThan: { AGE: '10' } })).toBe(true);
    expect(accepts({ equals: { __ENABLE__: 'TRUE' } })).toBe(true);
    expect(accepts({ equals: { TAGS: ['a'] } })).toBe(true);
  });

  it('refuses text that is no number', () => {
    expect(() => accepts({ equals: { AGE: '2x' } })).toThrow('AGE takes values of type Integer');
  });

  it('takes an empty beginning for any value, whatever its type', () => {
    expect(accepts({ not: { startsWith: { AGE: '' } } })).toBe(false);
    expect(accepts({ not: { startsWith: { CITY: '' } } })).toBe(true);
    expect(accepts({ not: { startsWith: { SEEN: '' } } })).toBe(true);
  });

  it('may be of any size', () => {
    const leaves = Array.from({ length: maxFilterLeaves + 1 }, () => ({ equals: { AGE: 2 } }));
    expect(accepts({ and: leaves })).toBe(true);
    const deep = Array.from({ length: 1_000 }).reduce<unknown>((not) => ({ not }), { equals: { AGE: 2 } });
    expect(accepts(deep)).toBe(true);
  });
});

const anyPerson = fc
  .record({
    CITY: fc.array(fc.constantFrom('Basel', 'Bern'), { maxLength: 1 }),
    TAGS: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  })
  .map((values) => person(values));

const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter; leaf: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.record({
      type: fc.constantFrom('and' as const, 'or' as const),
      filters: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('not' as const), filter: tie('filter') }),
  ),
  leaf: fc.oneof(
    fc.record({
      type: fc.constant('equals' as const),
      attribute: fc.constant('CITY'),
      values: fc.constantFrom([], ['Basel']),
    }),
    fc.record({
      type: fc.constant('containsAllValues' as const),
      attribute: fc.constant('TAGS'),
      values: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      type: fc.constantFrom('contains' as const, 'startsWith' as const),
      attribute: fc.constantFrom('CITY', 'TAGS'),
      value: fc.constantFrom('B', 'a', 'ern'),
    }),
  ),
})).filter;
