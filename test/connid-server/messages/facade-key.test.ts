import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../../src/connid-server/codec/encoder.js';
import { defaultLimits } from '../../../src/connid-server/codec/limits.js';
import type { Wire, WireValue } from '../../../src/connid-server/codec/wire-value.js';
import { readFacadeKey } from '../../../src/connid-server/messages/facade-key.js';
import { ConnectorError } from '../../../src/connid/errors.js';

const configuration: Wire<'APIConfiguration'> = {
  kind: 'APIConfiguration',
  producerBufferSize: 0,
  connectorPoolingSupported: false,
  connectorPoolConfiguration: null,
  resultsHandlerConfiguration: null,
  ConfigurationProperties: { kind: 'ConfigurationProperties', items: [] },
  timeoutMap: null,
  SupportedOperations: null,
  instanceName: null,
};

/** The configuration with a value that is so many lists within each other. */
function withNesting(depth: number): Wire<'APIConfiguration'> {
  let value: WireValue = { kind: 'List', items: [] };
  for (let level = 1; level < depth; level += 1) value = { kind: 'List', items: [value] };
  const item: Wire<'MapEntry'> = { kind: 'MapEntry', key: null, value };
  return { ...configuration, timeoutMap: { kind: 'Map', caseInsensitive: false, items: [item] } };
}

function keyOf(value: WireValue): string {
  return Buffer.from(new Encoder().encode(value)).toString('base64');
}

describe('the configuration of an operation', () => {
  it('is a stream of its own in base64', () => {
    expect(readFacadeKey(keyOf(configuration))).toEqual(configuration);
  });

  it.each<[string, string | null]>([
    ['nothing', null],
    ['an empty text', ''],
    ['a text that is not base64', '%%%%'],
    ['base64 of other bytes', 'AAAA'],
    ['a stream that ends too soon', keyOf(configuration).slice(0, -8)],
    ['a stream of something else', keyOf({ kind: 'String', value: 'canary' })],
  ])('cannot be %s', (_title, facadeKey) => {
    const read = (): unknown => readFacadeKey(facadeKey);
    expect(read).toThrow(ConnectorError);
    expect(read).toThrow('The configuration that comes with the operation cannot be read.');
  });

  it('keeps the limits of a message', () => {
    const read = (): unknown => readFacadeKey(keyOf(configuration), { ...defaultLimits, objects: 1 });
    expect(read).toThrow(ConnectorError);
    // The configuration, its map and the entry are around the lists.
    expect(readFacadeKey(keyOf(withNesting(997)))).toEqual(withNesting(997));
    expect(() => readFacadeKey(keyOf(withNesting(998)))).toThrow(ConnectorError);
    expect(() => readFacadeKey(keyOf(withNesting(1_100)))).toThrow(ConnectorError);
  });
});
