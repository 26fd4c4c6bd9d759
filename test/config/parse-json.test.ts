import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/config/read-files.js';
import { assertProperty } from '../support/assert-property.js';

test.each([
  ['{\n  "a": 1,\n}', "Not valid JSON at line 3, column 1: Quoted object key expected but got '}'."],
  ['', 'Not valid JSON at line 1, column 1: JSON value expected but reached end of input.'],
  ['{"a": 1, "a": 2}', 'Not valid JSON at line 1, column 11: An object has this name twice.'],
  ['{"a": 12.}', "Not valid JSON at line 1, column 10: Invalid number, expecting a digit but got '}'."],
  ['{"a": "x\ny"}', "Not valid JSON at line 1, column 9: Invalid character '\\n'."],
])('a mistake in %j is located', (text, message) => {
  expect(parseJson(text)).toEqual({ problem: { path: '', message } });
});

test('a byte order mark is no mistake', () => {
  expect(parseJson('\uFEFF{"a": 1.5}')).toEqual({ value: { a: 1.5 } });
});

test('the text around a mistake is not quoted, because it may be a secret', () => {
  expect(JSON.stringify(parseJson('{"clientSecret": "hush-hush"x}'))).not.toContain('hush');
});

test('valid JSON reads as JSON.parse reads it', () => {
  assertProperty(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual({ value: JSON.parse(text) as unknown });
    }),
  );
});
