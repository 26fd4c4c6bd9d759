import { describe, expect, it } from '@jest/globals';

import { maxNesting, nesting, parseJsonText } from '../../../src/server/request/json-text.js';

describe('parseJsonText', () => {
  it('parses JSON', () => {
    expect(parseJsonText('{"a":[1,"}{"]}')).toEqual({ a: [1, '}{'] });
  });

  it.each([
    ['{"a":}', 'line 1, column 6 (position 5)'],
    ['{\n  "a": 1,\n}', 'line 3, column 1 (position 12)'],
    ['{"a": "hunter2', 'line 1, column 15 (position 14)'],
    ['{"a": hunter2}', 'line 1, column 7 (position 6)'],
    ['', 'line 1, column 1 (position 0)'],
    ['{} x', 'line 1, column 4 (position 3)'],
  ])('says where %j is broken, without quoting it', (text, where) => {
    const failure = expect(() => parseJsonText(text));
    failure.toThrow(where);
    failure.not.toThrow('hunter2');
  });

  it('refuses nesting beyond the limit', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseJsonText(deep(maxNesting))).toHaveLength(1);
    expect(() => parseJsonText(deep(maxNesting + 1))).toThrow('64 levels');
    expect(() => parseJsonText(deep(500_000))).toThrow('64 levels');
  });

  it('keeps prototypes out of reach', () => {
    const parsed = parseJsonText('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Object.keys(parsed)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });
});

describe('nesting', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['{"a":[{"b":[]}],"c":{}}', 4],
    ['"[[[[\\"[[["', 0],
    ['"never closed [[[', 0],
    [']]]][[', 0],
  ])('of %s is %d', (text, levels) => {
    expect(nesting(text)).toBe(levels);
  });
});
