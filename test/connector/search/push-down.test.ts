import { describe, expect, it } from '@jest/globals';
import { matches } from '../../../src/connid/evaluate-filter.js';
import { parseFilter } from '../../../src/connid/parse-filter.js';
import { lookupResidual } from '../../../src/connector/search/look-up.js';
import {
  maxLookups,
  narrowedBy,
  reachablePartitions,
  toLookups,
} from '../../../src/connector/search/push-down.js';
import { classesFor } from '../../support/searching.js';

const [users, groups] = classesFor({});
if (users === undefined || groups === undefined) throw new Error('a class is missing');
const objectClass = users;

/** The keys a filter is looked up by, or undefined when it is listed. */
const lookedUp = (json: unknown) =>
  toLookups(objectClass, parseFilter(objectClass.view, json))?.map(({ key, residual }) => [
    key.attribute,
    key.value,
    lookupResidual([{ key, residual }]),
  ]);

describe('look-ups', () => {
  it.each<[string, unknown, unknown]>([
    ['equality on a uid', { equals: { USER_ID: 'x' } }, [['__UID__', 'x', []]]],
    ['equality on an address', 'EMAIL eq "A@b.c"', [['__NAME__', 'A@b.c', []]]],
    [
      'equality on an employee id',
      { equals: { EMPLOYEE_UNIQUE_ID: 'e1' } },
      [['EMPLOYEE_UNIQUE_ID', 'e1', []]],
    ],
    [
      'an employee id without letters, ignoring case',
      'EMPLOYEE_UNIQUE_ID eq "12"',
      [['EMPLOYEE_UNIQUE_ID', '12', []]],
    ],
    ['one of several conditions', 'TYPE eq 2 and EMAIL eq "a@b.c"', [['__NAME__', 'a@b.c', ['TYPE']]]],
    [
      'a list of keys',
      'EMAIL eq "a@b.c" or USER_ID eq "x"',
      [
        ['__NAME__', 'a@b.c', []],
        ['__UID__', 'x', []],
      ],
    ],
    [
      'a list among conditions',
      '(EMAIL eq "a@b.c" or USER_ID eq "x") and TYPE eq 1',
      [
        ['__NAME__', 'a@b.c', ['TYPE']],
        ['__UID__', 'x', ['TYPE']],
      ],
    ],
  ])('answer %s', (_, filter, keys) => {
    expect(lookedUp(filter)).toEqual(keys);
  });

  it.each<[string, unknown]>([
    ['everything', { not: { equals: { USER_ID: 'x' } } }],
    ['a key or something else', 'EMAIL eq "a@b.c" or TYPE eq 1'],
    ['a uid whatever its case', { equalsIgnoreCase: { USER_ID: 'x' } }],
    ['an employee id whatever its case', 'EMPLOYEE_UNIQUE_ID eq "e1"'],
    ['an employee id that cannot stand in a path', { equals: { EMPLOYEE_UNIQUE_ID: 'me' } }],
    ['users without an employee id', { equals: { EMPLOYEE_UNIQUE_ID: null } }],
    ['a part of an address', { contains: { EMAIL: 'a@b.c' } }],
  ])('do not answer %s', (_, filter) => {
    expect(lookedUp(filter)).toBeUndefined();
  });

  it('are not used for what costs a listing each', () => {
    const named = (...names: readonly string[]) =>
      toLookups(
        groups,
        parseFilter(groups.view, { or: names.map((value) => ({ equals: { GROUP_NAME: value } })) }),
      );
    expect(named('Sales')).toHaveLength(1);
    expect(named('Sales', 'Support')).toBeUndefined();
  });

  it(`are ${maxLookups} at most`, () => {
    const anyOf = (count: number) => ({
      or: Array.from({ length: count }, (_, i) => ({ equals: { EMAIL: `u${i}@b.c` } })),
    });
    expect(lookedUp(anyOf(maxLookups))).toHaveLength(maxLookups);
    expect(lookedUp(anyOf(maxLookups + 1))).toBeUndefined();
  });
});

describe('listings', () => {
  it.each([
    ['ROLE_ID eq "1"', { ROLE_ID: '1' }],
    ['TYPE eq 1 and (ROLE_ID eq "1" and DEPT pr)', { ROLE_ID: '1' }],
    ['ROLE_ID eq "1" or TYPE eq 1', {}],
    ['not (ROLE_ID eq "1")', {}],
    ['ROLE_ID eq "RSMaSp8sTEGK0_oamiA2_w"', {}],
    ['ROLE_ID ne "1"', {}],
  ])('of %s are narrowed by %j', (filter, narrowed) => {
    const parsed = parseFilter(objectClass.view, filter);
    expect(Object.fromEntries(narrowedBy(objectClass, parsed))).toEqual(narrowed);
  });

  it.each([
    ['STATUS eq "active"', ['active']],
    ['__ENABLE__ eq true', ['pending', 'active']],
    ['__ENABLE__ eq true and STATUS ne "pending"', ['active']],
    ['STATUS eq "inactive" or TYPE eq 1', ['pending', 'inactive', 'active']],
    ['STATUS sw "IN"', ['inactive']],
    ['STATUS eq "gone"', []],
    ['ROLE_ID eq "administrator"', []],
    ['ROLE_ID eq "3" or ROLE_ID eq "ä"', []],
    ['ROLE_ID eq "3" and STATUS eq "active"', []],
    ['ROLE_ID eq "3" or STATUS eq "active"', ['active']],
    ['ROLE_ID ne "3" and STATUS eq "active"', ['active']],
    ['ROLE_ID sw "3" and STATUS eq "active"', ['active']],
    ['ROLE_ID eq null and STATUS eq "active"', ['active']],
  ])('of %s read %j', (filter, ids) => {
    const parsed = parseFilter(objectClass.view, filter);
    expect(reachablePartitions(objectClass, parsed).map(({ id }) => id)).toEqual(ids);
  });
});

describe('a role id that Zoom cannot have', () => {
  it.each([
    { equals: { ROLE_ID: 'r'.repeat(16_400) } },
    { containsAllValues: { ROLE_ID: ['r'.repeat(41)] } },
  ])('leaves no partition to read', (filter) => {
    expect(reachablePartitions(objectClass, parseFilter(objectClass.view, filter))).toEqual([]);
  });
});

describe('addresses of administrators', () => {
  it.each([
    { contains: { ADMIN_EMAILS: 'JILL@ex' } },
    { startsWith: { ADMIN_EMAILS: 'JILL' } },
    { containsAllValues: { ADMIN_EMAILS: 'JILL@example.com' } },
  ])('compare without case: %j', (filter) => {
    const held = {
      values: () => ['Jill@Example.com'],
      declarationOf: (name: string) => groups.view.declarationOf(name),
    };
    expect(matches(parseFilter(groups.view, filter), held)).toBe(true);
  });
});
