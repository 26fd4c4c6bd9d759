import { expect, test } from '@jest/globals';
import { nearest } from '../../src/config/nearest.js';

test.each([
  ['deepget', 'deepGet'],
  ['depGet', 'deepGet'],
  ['deep_get', 'deepGet'],
  ['nothing like it', undefined],
])('%s is probably meant to be %s', (name, meant) => {
  expect(nearest(name, ['deepImport', 'deepGet'])).toBe(meant);
});

test('nothing is near when nothing is known', () => {
  expect(nearest('a', [])).toBeUndefined();
});
