import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matches } from '../../../src/connid/evaluate-filter.js';
import { maxFilterDepth, maxFilterLeaves, parseFilter } from '../../../src/connid/parse-filter.js';
import { maxExpressionLength } from '../../../src/connid/scim/tokens.js';
import { assertProperty } from '../../support/assert-property.js';
import { person, personView } from '../../support/person-class.js';

const jill = person({
  __UID__: ['u1'],
  __NAME__: ['Jill@Example.com'],
  __ENABLE__: [true],
  CITY: ['Basel "on\\the" Rhine'],
  AGE: [-2],
  TAGS: ['a', 'Bee'],
  BORN: ['2026-05-01T01:01:08Z'],
  SEEN: [Date.parse('2026-05-01T01:01:08Z')],
  SCORES: [1, 5],
  STATUS: [],
});

const accepts = (expression: string): boolean => matches(parseFilter(personView, expression), jill);

describe('SCIM filter expressions', () => {
  it.each<[string, boolean]>([
    ['EMAIL eq "jill@example.com"', true],
    ['email EQ "JILL@example.com" AND not (STATUS eq "pending")', true],
    ['USER_ID eq "u1"', true],
    ['USER_ID eq "U1"', false],
    ['CITY eq "basel \\"on\\\\the\\" rhine"', true],
    ['CITY co "ON\\\\T"', true],
    ['CITY sw "basel"', true],
    ['CITY ew "rhin"', false],
    ['TAGS eq "a"', true],
    ['TAGS eq "A"', false],
    ['TAGS co "EE"', true],
    ['TAGS ne "c"', true],
    ['TAGS pr', true],
    ['STATUS pr', false],
    ['STATUS eq null', true],
    ['STATUS ne null', false],
    ['STATUS ne "active"', true],
    ['STATUS lt "z"', false],
    ['AGE eq -2 ', true],
    ['(AGE eq -2)', true],
    ['AGE gt -3 and AGE le -2', true],
    ['SCORES gt 4', true],
    ['SCORES gt 5', false],
    ['__ENABLE__ eq true', true],
    ['BORN eq "2026-05-01T03:01:08.000+02:00"', true],
    ['BORN gt "2026-05-01T02:00:00+02:00"', true],
    ['BORN lt "2026-05-01T01:01:08.5Z"', true],
    ['BORN ge "2026-05-02"', false],
    ['SEEN ge "2026-05-01T01:01:08Z"', true],
    ['SEEN lt 1000', false],
    ['AGE eq 1 and AGE eq 2 or AGE eq -2', true],
    ['AGE eq -2 or AGE eq 1 and AGE eq 2', true],
    ['(AGE eq -2 or AGE eq 1) and AGE eq 2', false],
  ])('%s is %s', (expression, expected) => {
    expect(accepts(expression)).toBe(expected);
  });

  it('are whole filters, not parts of a tree', () => {
    expect(() => parseFilter(personView, { and: ['AGE eq -2'] })).toThrow(
      expect.objectContaining({ kind: 'illegalArgument' }),
    );
  });

  it.each<[string, string, RegExp]>([
    ['', 'illegalArgument', /character 1 /],
    ['EMAIL', 'illegalArgument', /character 6 /],
    ['EMAIL xx "a"', 'illegalArgument', /character 7 /],
    ['EMAIL eq', 'illegalArgument', /character 9 /],
    ['EMAIL eq jill', 'illegalArgument', /character 10 /],
    ['EMAIL eq "jill', 'illegalArgument', /character 10 .*does not end/],
    ['EMAIL eq "a\\x"', 'illegalArgument', /character 10 /],
    ['(EMAIL pr', 'illegalArgument', /character 10 /],
    ['EMAIL pr)', 'illegalArgument', /character 9 /],
    ['EMAIL pr CITY pr', 'illegalArgument', /character 10 /],
    ['not EMAIL pr', 'illegalArgument', /character 5 .*bracket/],
    ['EMAIL pr and or CITY pr', 'illegalArgument', /character 17 /],
    ['TAGS[type eq "a"]', 'illegalArgument', /character 5 .*value path/],
    ['EMAIL eq "a" ; CITY pr', 'illegalArgument', /character 14 /],
    ['AGE co "2"', 'invalidAttributeValue', /AGE/],
    ['CITY co null', 'illegalArgument', /CITY .*exactly one value/],
    ['AGE gt null', 'illegalArgument', /exactly one value/],
    ['AGE eq "2"', 'invalidAttributeValue', /AGE takes values of type Integer/],
    ['BORN gt "yesterday"', 'illegalArgument', /point in time/],
    ['BORN lt "2026-02-30T00:00:00Z"', 'illegalArgument', /point in time/],
    ['AGE eq 99999999999', 'invalidAttributeValue', /AGE .* out of its range/],
    ['__ENABLE__ gt true', 'illegalArgument', /order/],
    ['CITTY eq "a"', 'invalidAttributeValue', /no attribute "CITTY"/],
    ['name.first eq "a"', 'invalidAttributeValue', /no attribute/],
    ['PASSWORD eq "a"', 'invalidAttributeValue', /never returned/],
  ])('refuses %j', (expression, kind, message) => {
    expect(() => accepts(expression)).toThrow(
      expect.objectContaining({ kind, message: expect.stringMatching(message) as unknown }),
    );
  });

  it('keeps the limits of filters', () => {
    const nested = (levels: number) => `${'('.repeat(levels)}AGE eq -2${')'.repeat(levels)}`;
    expect(accepts(nested(maxFilterDepth - 1))).toBe(true);
    expect(() => accepts(nested(maxFilterDepth))).toThrow(/nested deeper/);
    expect(() => accepts(nested(30_000))).toThrow(/nested deeper/);
    const many = (count: number) => Array.from({ length: count }, () => 'AGE pr').join(' and ');
    expect(accepts(many(maxFilterLeaves))).toBe(true);
    expect(() => accepts(many(maxFilterLeaves + 1))).toThrow(/more than/);
    expect(() => accepts(' '.repeat(maxExpressionLength + 1))).toThrow(/too long/);
  });

  it('repeats no value in its messages', () => {
    expect(() => accepts('EMAIL eq "secret" "secret"')).not.toThrow(/secret/);
  });

  it('reads any string value back as it was meant', () => {
    assertProperty(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text.isWellFormed());
        const filter = parseFilter(personView, `CITY eq ${JSON.stringify(text)}`);
        expect(filter).toEqual({ type: 'equalsIgnoreCase', attribute: 'CITY', value: text });
      }),
      { numRuns: 200 },
    );
  });
});
