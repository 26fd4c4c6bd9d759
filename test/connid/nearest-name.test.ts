import { describe, expect, it } from '@jest/globals';

import { nearestName } from '../../src/connid/nearest-name.js';

const known = ['objectClass', 'filter', 'options', 'uid'];

describe('nearestName', () => {
  it.each([
    ['objectclass', 'objectClass'],
    ['objectClas', 'objectClass'],
    ['fitler', 'filter'],
    ['option', 'options'],
    ['id', 'uid'],
  ])('takes %s for %s', (given, expected) => {
    expect(nearestName(given, known)).toBe(expected);
  });

  it.each(['banana', '', 'x'.repeat(1000)])('suggests nothing for %s', (given) => {
    expect(nearestName(given, known)).toBeUndefined();
  });
});
