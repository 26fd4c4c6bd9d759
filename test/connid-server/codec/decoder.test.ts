import { describe, expect, it } from '@jest/globals';
import { Decoder, decodeWhole } from '../../../src/connid-server/codec/decoder.js';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import { defaultLimits } from '../../../src/connid-server/codec/limits.js';
import { WireError, type WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { decodeStream } from './golden.js';
import {
  type Part,
  anonymous,
  end,
  int,
  named,
  nullObject,
  pool,
  stream,
  string,
  type,
} from './wire-bytes.js';

const locale = stream(
  pool('Locale', 'language', 'country'),
  type(0),
  named(1, string('en')),
  named(2, string('US')),
  end,
);

function refusal(bytes: Uint8Array, limits = defaultLimits): unknown {
  try {
    decodeWhole(bytes, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return (error as Error).message;
  }
  return 'accepted';
}

/** A list within a list, and so on. */
function nestedLists(depth: number): WireValue {
  let list: WireValue = { kind: 'List', items: [] };
  for (let level = 1; level < depth; level += 1) list = { kind: 'List', items: [list] };
  return list;
}

describe('a decoder', () => {
  it('waits for the rest of a message', () => {
    const decoder = new Decoder();
    expect(decoder.isBetweenMessages).toBe(true);
    for (const byte of locale.subarray(0, -1)) {
      decoder.add(Uint8Array.of(byte));
      expect(decoder.next()).toBeUndefined();
    }
    expect(decoder.isBetweenMessages).toBe(false);
    decoder.add(locale.subarray(-1));
    expect(decoder.next()).toEqual({ kind: 'Locale', language: 'en', country: 'US', variant: '' });
    expect(decoder.isBetweenMessages).toBe(true);
  });

  it('remembers the names of a connection, and takes the last declaration of a code', () => {
    const messages = stream(
      pool('String', 'Integer'),
      [...type(0), ...anonymous(string('a')), ...end],
      pool('URI'),
      [...type(0), ...anonymous(string('b')), ...end],
      pool(),
      [...type(1), ...anonymous(int(-7)), ...end],
    );
    expect(decodeStream(messages)).toEqual([
      { kind: 'String', value: 'a' },
      { kind: 'URI', value: 'b' },
      { kind: 'Integer', value: -7 },
    ]);
  });

  it('takes null as a message', () => {
    expect(decodeWhole(stream(pool(), nullObject))).toBeNull();
  });

  it('takes named fields in any order, the last of several, and ignores unknown ones', () => {
    const names = pool('Set', 'later', 'caseInsensitive', 'String', 'constructor');
    const element = anonymous(type(3), anonymous(string('a')), end);
    const set = stream(
      names,
      type(0),
      [...named(1, [1, 2, 3]), ...named(2, [1]), ...element, ...named(4, []), ...named(2, [0])],
      end,
    );
    expect(decodeWhole(set)).toEqual({
      kind: 'Set',
      caseInsensitive: false,
      items: [{ kind: 'String', value: 'a' }],
    });
  });

  it('gives fields that are missing their initial values', () => {
    expect(decodeWhole(stream(pool('ObjectPoolConfiguration'), type(0), end))).toMatchObject({
      maxObjects: 10,
      maxWait: 150_000n,
      minEvictableIdleTimeMillis: 120_000n,
    });
    expect(decodeWhole(stream(pool('Attribute'), type(0), end))).toEqual({
      kind: 'Attribute',
      name: null,
      Values: null,
    });
  });

  it('makes one filter of those of one kind within each other, whichever side they are on', () => {
    const leaf = (name: string): Part => [...type(1), ...anonymous(string(name)), ...end];
    const or = (left: Part, right: Part): Part => [
      ...type(0),
      ...anonymous(left),
      ...anonymous(right),
      ...end,
    ];
    const tree = or(or(leaf('a'), leaf('b')), or(leaf('c'), or(leaf('d'), nullObject)));
    const filter = decodeWhole(stream(pool('OrFilter', 'String'), tree));
    expect(filter).toEqual({
      kind: 'OrFilter',
      items: ['a', 'b', 'c', 'd'].map((value) => ({ kind: 'String', value })),
    });
  });

  it('takes a disjunction of any length, and refuses other things that are as deep', () => {
    const leaf: WireValue = { kind: 'EqualsFilter', attribute: null };
    const filter: WireValue = { kind: 'OrFilter', items: Array.from({ length: 50_000 }, () => leaf) };
    const decoded = decodeWhole(new Encoder().encode(filter));
    expect(decoded).toMatchObject({ kind: 'OrFilter', items: { length: 50_000 } });
    expect(decodeWhole(new Encoder().encode(nestedLists(1_000)))).not.toBeNull();
    expect(refusal(new Encoder().encode(nestedLists(1_001)))).toBe('Too many objects within each other');
  });
});

describe('a decoder refuses', () => {
  it.each<[string, Part[], string]>([
    ['an undeclared code', [pool('List'), type(1), end], 'Undeclared code: 1'],
    ['an unknown type', [pool('Lisp'), type(0), end], 'No deserializer for type: Lisp'],
    [
      'the name of a member of objects',
      [pool('constructor'), type(0), end],
      'No deserializer for type: constructor',
    ],
    [
      'an object of a type without objects',
      [pool('SearchApiOp'), type(0), end],
      'No deserializer for type: SearchApiOp',
    ],
    ['an array of arrays', [pool('List'), [0x3e, 0x3e], type(0), end], 'Unexpected tag: 62'],
    ['a byte that is no tag', [pool('List'), type(0), [0x49]], 'Unexpected tag: 73'],
    ['a negative number of names', [int(-1), nullObject], 'Negative length: -1'],
    ['a negative length', [pool('List'), type(0), [0x46, ...int(-5)], end], 'Negative length: -5'],
    [
      'a field within a field that ends too soon',
      [pool('List'), type(0), anonymous([...type(0), 0x46, ...int(9)]), end],
      'A value is longer than its field',
    ],
    [
      'a field that is longer than its contents',
      [pool('Integer'), type(0), anonymous(int(1), [0]), end],
      'A field is longer than its contents',
    ],
    [
      'a field that is shorter than its contents',
      [pool('Integer'), type(0), anonymous([1]), end],
      'A value is longer than its field',
    ],
    ['a scalar without its value', [pool('String'), type(0), end], 'A field of String is missing'],
    ['a logical filter without operands', [pool('OrFilter'), type(0), end], 'A field of OrFilter is missing'],
    [
      'an object of another kind than the field',
      [pool('Uid', 'nameHint'), type(0), named(1, type(0), end), end],
      'Uid in place of Name',
    ],
    [
      'an element of another kind',
      [pool('Map'), type(0), anonymous(nullObject), end],
      'null in place of MapEntry',
    ],
    [
      'an unknown class',
      [pool('Class', 'Clazz'), type(0), anonymous(type(1)), end],
      'No deserializer for type: Clazz',
    ],
  ])('%s', (_title, parts, message) => {
    expect(refusal(stream(...parts))).toBe(message);
  });

  it('another format at its first bytes', () => {
    expect(refusal(Uint8Array.from(int(0x16030100)))).toBe(`Bad magic number: 369295616`);
    expect(refusal(Uint8Array.from([...int(0xfafb), ...int(3)]))).toBe('Unexpected version: 3');
  });

  it('a huge length as soon as it is announced', () => {
    const huge = 2 ** 31 - 1;
    expect(refusal(stream(pool('List'), type(0), [0x46, ...int(huge)]))).toBe('A message is too long');
    expect(refusal(stream(int(1), int(huge)))).toBe('A message is too long');
  });

  it('more names, longer names or more objects than its limits allow', () => {
    const limits = { ...defaultLimits, names: 3, nameBytes: 4, objects: 3 };
    const list = (size: number): Uint8Array =>
      stream(pool('List'), type(0), ...Array.from({ length: size }, () => anonymous(nullObject)), end);
    expect(refusal(stream(pool('a', 'b', 'c'), nullObject), limits)).toBe('accepted');
    expect(refusal(stream(pool('a', 'b', 'c', 'd'), nullObject), limits)).toBe('Too many names');
    expect(refusal(stream(pool('abcde'), nullObject), limits)).toBe('A name is too long');
    expect(refusal(list(2), limits)).toBe('accepted');
    expect(refusal(list(3), limits)).toBe('Too many objects');
  });

  it('a message beyond the size that its reader allows, whether it is there or not', () => {
    const text = stream(pool('String'), type(0), anonymous(string('x'.repeat(100))), end);
    const size = text.length - 8;
    for (const [most, isAllowed] of [
      [size, true],
      [size - 1, false],
    ] as const) {
      const decoder = new Decoder();
      decoder.add(text);
      if (isAllowed) expect(decoder.next(most)).toMatchObject({ kind: 'String' });
      else expect(() => decoder.next(most)).toThrow(WireError);
    }
  });

  it('the end of the stream within a message', () => {
    for (let length = 0; length < locale.length; length += 1) {
      expect(refusal(locale.subarray(0, length))).toBe('Bytes are missing or left over');
    }
  });
});
