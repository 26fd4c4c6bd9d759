import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decoder } from '../../../src/connid-server/codec/decoder.js';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import {
  type Kind,
  type Wire,
  WireError,
  type WireValue,
} from '../../../src/connid-server/codec/wire-value.js';
import { assertProperty } from '../../support/assert-property.js';
import { describeWithShared } from '../../support/shared.js';
import { decodeStream, recordedSessions } from './golden.js';

/** Streams for each property that damages them. More with CODEC_RUNS; CODEC_SEED repeats a run. */
const runs = {
  numRuns: Number(process.env['CODEC_RUNS'] ?? 20_000),
  ...(process.env['CODEC_SEED'] !== undefined && { seed: Number(process.env['CODEC_SEED']) }),
};

const bytes = fc.uint8Array({ maxLength: 20 });
const word = fc.string({ maxLength: 12, unit: 'grapheme' });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const reference = fc.constantFrom('String', 'int', 'String[]', 'SearchApiOp' as const);

const { value } = fc.letrec<{ value: WireValue; list: Wire<'List'> }>((tie) => {
  const any = tie('value');
  const list = tie('list');
  const items = fc.array(any, { maxLength: 4 });
  const operand = any.filter((operand) => operand?.kind !== 'OrFilter' && operand !== null);
  const record = (kind: Kind, members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<WireValue> =>
    fc.record({ kind: fc.constant(kind), ...members }) as unknown as fc.Arbitrary<WireValue>;
  const array = fc.record({ kind: fc.constant('Array'), component: fc.constant('String'), items });
  const entry = record('MapEntry', { key: any, value: any });
  return {
    list: fc.record({ kind: fc.constant('List'), items }),
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(null),
      record('String', { value: word }),
      record('Integer', { value: int }),
      record('Byte', { value: fc.integer({ min: -128, max: 127 }) }),
      record('Long', { value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) }),
      record('Double', { value: fc.double() }),
      record('Boolean', { value: fc.boolean() }),
      record('GuardedString', { value: bytes }),
      record('Class', { value: reference }),
      record('Uid', { uid: maybe(word), revision: maybe(word), nameHint: fc.constant(null) }),
      record('Attribute', { name: maybe(word), Values: maybe(list) }),
      record('Set', { caseInsensitive: fc.boolean(), items }),
      record('Map', { caseInsensitive: fc.boolean(), items: fc.array(entry, { maxLength: 3 }) }),
      array as unknown as fc.Arbitrary<WireValue>,
      record('NotFilter', { filter: any }),
      record('OrFilter', { items: fc.array(operand, { minLength: 1, maxLength: 4 }) }),
      record('ErrorResponse', { exception: any }),
      list,
    ),
  };
});

/** Reads a stream to its end, or to where it is refused. Any other failure is thrown. */
function readAsFar(stream: Uint8Array, chunkBytes: number): WireValue[] {
  const decoder = new Decoder();
  const values: WireValue[] = [];
  try {
    for (let start = 0; start < stream.length; start += chunkBytes) {
      decoder.add(stream.subarray(start, start + chunkBytes));
      for (let next = decoder.next(); next !== undefined; next = decoder.next()) values.push(next);
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return values;
}

describe('the codec', () => {
  it('decodes what it has encoded, in chunks of any size', () => {
    const messages = fc.array(value, { minLength: 1, maxLength: 5 });
    assertProperty(
      fc.property(messages, fc.integer({ min: 1, max: 100 }), (values, chunkBytes) => {
        const encoder = new Encoder();
        const stream = Buffer.concat(values.map((message) => encoder.encode(message)));
        expect(decodeStream(stream, chunkBytes)).toEqual(values);
      }),
      { numRuns: 1_000 },
    );
  });

  it('survives random bytes, with and without a header', () => {
    const header = Uint8Array.of(0, 0, 0xfa, 0xfb, 0, 0, 0, 2, 0, 0, 0);
    const noise = fc.uint8Array({ maxLength: 300, size: 'max' });
    assertProperty(
      fc.property(noise, fc.boolean(), fc.integer({ min: 1, max: 50 }), (tail, isHeaded, chunkBytes) => {
        const stream = isHeaded ? Buffer.concat([header, tail]) : tail;
        expect(readAsFar(stream, chunkBytes).length).toBeLessThanOrEqual(stream.length);
      }),
      runs,
    );
  });
});

interface Mutation {
  readonly at: number;
  readonly kind: 'set' | 'cut' | 'repeat';
  readonly byte: number;
  readonly length: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom('set', 'set', 'set', 'cut', 'repeat'),
  byte: fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0, 0x3c, 0x3d, 0x3e, 0x46, 0x47, 0x48, 0x7f, 0xff),
  ),
  length: fc.integer({ min: 1, max: 40 }),
});

function mutated(stream: Buffer, { at, kind, byte, length }: Mutation): Buffer {
  const start = Math.floor(at * stream.length);
  const before = stream.subarray(0, start);
  if (kind === 'set') return Buffer.concat([before, Uint8Array.of(byte), stream.subarray(start + 1)]);
  const after = stream.subarray(kind === 'cut' ? start + length : Math.max(0, start - length));
  return Buffer.concat([before, after]);
}

describeWithShared('the codec with recorded sessions', () => {
  const streams = recordedSessions()
    .flatMap(({ fromClient, fromServer }) => [fromClient, fromServer])
    .filter(({ length }) => length < 10_000);

  it('survives changed bytes, and never makes more of a stream than it contains', () => {
    assertProperty(
      fc.property(
        fc.constantFrom(...streams),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 100, max: 10_000 }),
        (stream, mutations, chunkBytes) => {
          const changed = mutations.reduce(mutated, stream);
          const values = readAsFar(changed, chunkBytes);
          expect(JSON.stringify(values, plainNumbers).length).toBeLessThan(20 * changed.length + 1_000);
        },
      ),
      runs,
    );
  });
});

function plainNumbers(_key: string, member: unknown): unknown {
  return typeof member === 'bigint' ? Number(member) : member;
}
