import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTraceParent, writeTraceParent } from '../../src/telemetry/traceparent.js';
import { assertProperty } from '../support/assert-property.js';

const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
const known = { traceId, spanId, flags: '01' };

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const parents = fc
  .record({ traceId: digits(32), spanId: digits(16), flags: digits(2) })
  .filter((parent) => /[^0]/.test(parent.traceId) && /[^0]/.test(parent.spanId));

describe('the header traceparent', () => {
  it.each([
    ['of the present version', `00-${traceId}-${spanId}-01`],
    ['of a later version', `cc-${traceId}-${spanId}-01`],
    ['of a later version, with more at its end', `01-${traceId}-${spanId}-01-what-the-future-holds`],
  ])('is read: %s', (_, header) => {
    expect(readTraceParent(header)).toEqual(known);
  });

  it.each([
    ['no header', undefined],
    ['several headers', [`00-${traceId}-${spanId}-01`]],
    ['an empty header', ''],
    ['the invalid version', `ff-${traceId}-${spanId}-01`],
    ['more at its end in the present version', `00-${traceId}-${spanId}-01-more`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['a span id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['a short trace id', `00-${traceId.slice(1)}-${spanId}-01`],
    ['text before it', ` 00-${traceId}-${spanId}-01`],
    ['a second line', `00-${traceId}-${spanId}-01\n`],
    ['two headers in one', `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`],
  ])('is ignored: %s', (_, header) => {
    expect(readTraceParent(header)).toBeUndefined();
  });

  it('is read as it is written', () => {
    assertProperty(
      fc.property(parents, (parent) => {
        expect(readTraceParent(writeTraceParent(parent))).toEqual(parent);
      }),
    );
  });

  it('never makes a request fail', () => {
    assertProperty(
      fc.property(fc.anything(), (header) => {
        const found = readTraceParent(header);
        expect(found === undefined || typeof header === 'string').toBe(true);
      }),
    );
  });
});
