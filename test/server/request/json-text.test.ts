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

  it.each([
    ['{"a":1,"a":2}', 'line 1, column 8 (position 7)'],
    ['{"a": null,\n "a": null}', 'line 2, column 2 (position 13)'],
    ['{"a":1,"b":[{"c":"hunter2","d":{},"c":"hunter2"}]}', '(position 34)'],
    ['{"hunter2":1,"\\u0068unter2":2}', '(position 13)'],
    ['{"a":{"a":1},"a":2}', '(position 13)'],
    ['{"__proto__":1,"__proto__":2}', '(position 15)'],
  ])('refuses a member given twice and says where: %j', (text, where) => {
    const failure = expect(() => parseJsonText(text));
    failure.toThrow(`has a member twice at line`);
    failure.toThrow(where);
    failure.not.toThrow('hunter2');
  });

  it.each([
    '{"a":{"a":["a:",{"a":1},{"a":1}]}}',
    '[{"a":"\\":"},{"a":":a"}]',
    '{"":1," ":2,"a":3,"A":4}',
    '":"',
  ])('takes different members, and equal ones of different objects: %j', (text) => {
    expect(parseJsonText(text)).toEqual(JSON.parse(text));
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
