import { expect, it } from '@jest/globals';
import { decodeWhole } from '../../../src/connid-server/codec/decoder.js';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import type { WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { describeWithShared } from '../../support/shared.js';
import { decodeStream, recordedFacadeKeys, recordedSessions } from './golden.js';

/** Sessions whose bytes differ from ours: older clients leave fields out, and one nests a filter to the left. */
const otherBytes = new Set([
  'evolveum-1.5.1.10/07-schema',
  'tirasa-1.5.1.0/07-schema',
  'tirasa-1.5.1.0/08-search-all-3',
  'tirasa-1.5.1.0/15-create',
  'tirasa-1.5.1.0/17-updatedelta',
  'tirasa-1.6.1.1/12-search-filters2',
]);

function encodeStream(values: readonly WireValue[]): Buffer {
  const encoder = new Encoder();
  return Buffer.concat(values.map((value) => encoder.encode(value)));
}

/** A member in the form of the recorded JSON. */
function asJson(member: unknown): unknown {
  if (typeof member === 'bigint') return Number(member);
  if (member instanceof Uint8Array) return `hex:${Buffer.from(member).toString('hex')}`;
  if (Array.isArray(member)) return member.map(asJson);
  if (typeof member !== 'object' || member === null) return member;
  return objectAsJson(member as Exclude<WireValue, null>);
}

/** An object in the form of the recorded JSON, where an object may be a plain value and its elements are named `#`. */
function objectAsJson(object: Exclude<WireValue, null>): unknown {
  switch (object.kind) {
    case 'String':
    case 'Integer':
    case 'Boolean':
      return object.value;
    case 'Array':
      return { '@': `${object.component}[]`, ...elements(object.items) };
    case 'MapEntry':
      return { '@': object.kind, ...elements([object.key, object.value]) };
    case 'NotFilter':
      return { '@': object.kind, ...elements([object.filter]) };
    default:
      return membersAsJson(object);
  }
}

function membersAsJson(object: Exclude<WireValue, null>): unknown {
  const { kind, ...members } = object;
  const isNamed = ['SyncToken', 'SyncDeltaType', 'AttributeInfoFlag'].includes(kind);
  const json = Object.entries(members).map(([name, member]) => {
    if (name === 'items') return elements(member as readonly WireValue[]);
    return { [name === 'value' && !isNamed && !('name' in members) ? 'v' : name]: asJson(member) };
  });
  return Object.assign({ '@': kind }, ...json) as unknown;
}

function elements(items: readonly WireValue[]): object {
  return items.length === 0 ? {} : { '#': items.map(asJson) };
}

/** The recorded JSON with logical filters of one kind within each other as one. */
function flattened(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(flattened);
  if (typeof json !== 'object' || json === null) return json;
  const flat = Object.fromEntries(Object.entries(json).map(([name, member]) => [name, flattened(member)]));
  if (flat['@'] !== 'AndFilter' && flat['@'] !== 'OrFilter') return flat;
  const operands = (flat['#'] as Record<string, unknown>[]).flatMap((operand) =>
    operand['@'] === flat['@'] ? (operand['#'] as unknown[]) : [operand],
  );
  return { ...flat, '#': operands };
}

describeWithShared('a recorded session', () => {
  const sessions = recordedSessions();

  it.each(sessions.filter(({ messages }) => messages !== undefined))(
    '$name has the messages that another decoder found',
    ({ fromClient, fromServer, messages = [] }) => {
      const recorded = (dir: string): unknown =>
        messages.filter((message) => message.dir === dir).map(({ object }) => flattened(object));
      expect(asJson(decodeStream(fromClient))).toMatchObject(recorded('C') as object);
      expect(asJson(decodeStream(fromServer))).toMatchObject(recorded('S') as object);
    },
  );

  it.each(sessions)('$name may come in chunks of any size', ({ fromClient, fromServer }) => {
    for (const bytes of [fromClient, fromServer]) {
      const whole = decodeStream(bytes);
      for (const size of [1, 7, 1000]) expect(decodeStream(bytes, size)).toEqual(whole);
    }
  });

  it.each(sessions)('$name is encoded as it was decoded', ({ name, fromClient, fromServer }) => {
    const streams = [fromClient, fromServer];
    for (const bytes of streams) {
      const values = decodeStream(bytes);
      expect(decodeStream(encodeStream(values))).toEqual(values);
    }
    const isSame = streams.every((bytes) => encodeStream(decodeStream(bytes)).equals(bytes));
    expect(isSame).toBe(!otherBytes.has(name));
  });

  it.each(recordedFacadeKeys())('has a facade key that is a stream of its own', ({ bytes, object }) => {
    const value = decodeWhole(bytes);
    expect(asJson(value)).toMatchObject(object as object);
    expect(Buffer.from(new Encoder().encode(value)).equals(bytes)).toBe(true);
  });
});
