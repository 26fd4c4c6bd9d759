import { describe, expect, it } from '@jest/globals';
import { readDeltas } from '../../src/connid/delta.js';
import { readCreateAttributes } from '../../src/connid/input.js';
import { readGetOptions, readSearchOptions } from '../../src/connid/options.js';
import { parseFilter } from '../../src/connid/parse-filter.js';
import { canary } from '../support/canary.js';
import { personView } from '../support/person-class.js';
import { thrownBy } from '../support/thrown.js';

const city = { CITY: 'Basel' };

/** Every place where a request names an attribute, with the words for it. */
const places: [string, (name: string) => unknown][] = [
  [
    'member 2 of attributes',
    (name) => readCreateAttributes(personView, { __NAME__: 'a@b.example', [name]: 1 }),
  ],
  ['delta 2', (name) => readDeltas(personView, [{ name: 'CITY', valuesToReplace: 'x' }, { name }])],
  ['item 2 of attributesToGet', (name) => readGetOptions(personView, { attributesToGet: ['CITY', name] })],
  ['item 1 of sortKeys', (name) => readSearchOptions(personView, { sortKeys: [{ field: name }] })],
  [
    'the filter at /filter/and/1/contains',
    (name) => parseFilter(personView, { and: [{ equals: city }, { contains: { [name]: 'x' } }] }),
  ],
  ['the filter expression', (name) => parseFilter(personView, `CITY pr or ${name} eq 1`)],
];

describe('a name that no attribute has', () => {
  const secret = canary.clientSecret;

  it.each(places)('in %s is not repeated, because it may be a secret', (place, read) => {
    const { kind, message, details } = thrownBy(() => read(secret));
    expect([kind, message]).toEqual([
      'invalidAttributeValue',
      `Person has no attribute with the name in ${place}.`,
    ]);
    expect(JSON.stringify(details)).not.toContain(secret);
  });

  it.each(places)('in %s is repeated if it resembles the name of one', (_place, read) => {
    expect(thrownBy(() => read('CTIY'))).toMatchObject({
      kind: 'invalidAttributeValue',
      message: 'Person has no attribute "CTIY".',
      details: { hint: 'Did you mean CITY?' },
    });
  });

  it.each(places)('in %s is repeated if an attribute had it once', (_place, read) => {
    expect(thrownBy(() => read('Town'))).toMatchObject({
      message: 'Person has no attribute "Town".',
      details: { hint: 'Use CITY.' },
    });
  });

  it('is not repeated as a type of filter either', () => {
    const { message } = thrownBy(() => parseFilter(personView, { not: { [secret]: city } }));
    expect(message).toBe('The filter at /filter/not has a name that is no filter type of ConnId.');
  });
});
