import { describe, expect, it } from '@jest/globals';
import { read } from '../../../src/zoom/kit/json.js';

const unreadable = expect.objectContaining({ kind: 'connectorIO' }) as unknown;

/** The values that a reader finds in a field with this value, or its error. */
function outcome(reader: (path: string) => (record: unknown) => unknown, value: unknown): unknown {
  try {
    return reader('field')({ field: value });
  } catch (thrown) {
    return thrown;
  }
}

describe('a reader of a single field', () => {
  it.each([undefined, null, ''])('reads %j as no value, whatever its type', (nothing) => {
    for (const reader of Object.values(read)) expect(outcome(reader, nothing)).toEqual([]);
    expect(read.text('a.b')({ a: nothing })).toEqual([]);
  });

  it.each([
    ['text', 'x', ['x']],
    ['text', 7, ['7']],
    ['text', 576460752303423488n, ['576460752303423488']],
    ['text', true, unreadable],
    ['text', ['x'], unreadable],
    ['text', {}, unreadable],
    ['integer', 7, [7]],
    ['integer', '-7', [-7]],
    ['integer', 7n, [7]],
    ['integer', 7.5, unreadable],
    ['integer', '7 ', unreadable],
    ['integer', 2n ** 60n, unreadable],
    ['integer', true, unreadable],
    ['boolean', false, [false]],
    ['boolean', 'false', [false]],
    ['boolean', 'TRUE', [true]],
    ['boolean', 1, [true]],
    ['boolean', '0', [false]],
    ['boolean', 2, unreadable],
    ['boolean', 'yes', unreadable],
    ['boolean', 'constructor', unreadable],
    ['boolean', [true], unreadable],
    ['digit', 1, ['1']],
    ['digit', true, ['1']],
    ['digit', 'false', ['0']],
    ['digit', {}, unreadable],
    ['milliseconds', '1970-01-01T00:00:01Z', [1000]],
    ['milliseconds', 'soon', unreadable],
    ['milliseconds', 1000, unreadable],
    ['textList', ['a', 1, null, ''], ['a', '1']],
    ['textList', [{}], unreadable],
    ['textList', [['a']], unreadable],
    ['textList', 'a', unreadable],
    ['textList', {}, unreadable],
    ['integerList', [1, '2'], [1, 2]],
    ['integerList', [true], unreadable],
    ['integerList', 1, unreadable],
  ] as const)('as %s takes %j as %j', (kind, value, expected) => {
    expect(outcome(read[kind], value)).toEqual(expected);
  });

  it('refuses a member of something else than an object, and never repeats the value', () => {
    for (const value of ['canary', 7, true, ['canary']]) {
      const thrown = outcome(() => read.text('field.name'), value) as Error;
      expect(thrown).toEqual(unreadable);
      expect(thrown.message).not.toContain('canary');
    }
  });
});
