import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GuardedString } from '../../../../src/connid/guarded-string.js';
import { readBody, writeBody } from '../../../../src/zoom/client/errors/json-body.js';
import { assertProperty } from '../../../support/assert-property.js';

describe('bodies', () => {
  it('reads integers beyond the safe range as bigint and all other numbers as numbers', () => {
    expect(
      readBody('{"zoom_one_type":576460752303423488,"pmi":3542471135,"x":1.5,"y":-9007199254740993}'),
    ).toEqual({
      type: 'json',
      value: { zoom_one_type: 576460752303423488n, pmi: 3542471135, x: 1.5, y: -9007199254740993n },
    });
  });

  it('writes bigint digit by digit and reveals secrets', () => {
    const body = {
      zoom_one_type: 576460752303423488n,
      password: new GuardedString('s3"cret'),
      list: [{ a: undefined }],
    };
    expect(writeBody(body)).toBe('{"zoom_one_type":576460752303423488,"password":"s3\\"cret","list":[{}]}');
  });

  it.each(['<html>', '{"a":', '{"a":1234567890123456789', 'null x'])(
    'takes %j for something else',
    (text) => {
      expect(readBody(text)).toEqual({ type: 'other' });
    },
  );

  it.each(['', ' \n', undefined])('takes %j for nothing', (text) => {
    expect(readBody(text)).toEqual({ type: 'empty' });
  });

  it('takes what nests deeper than a hundred levels for something else, and no brackets in texts for levels', () => {
    const wrapper = fc.constantFrom<(inner: unknown) => unknown>(
      (inner) => [inner],
      (inner) => ({ a: inner }),
      (inner) => ({ '}"\\': inner, x: '[{[{"' }),
      (inner) => ['\\', inner, ']}]}'],
    );
    assertProperty(
      fc.property(fc.array(wrapper, { minLength: 95, maxLength: 105 }), (wrappers) => {
        const nested = wrappers.reduce<unknown>((inner, wrap) => wrap(inner), '[');
        const { type } = readBody(JSON.stringify(nested));
        expect(type).toBe(wrappers.length <= 100 ? 'json' : 'other');
      }),
    );
    expect(readBody('[{"a":'.repeat(1e6))).toEqual({ type: 'other' });
    expect(readBody(JSON.stringify('[{'.repeat(1e6))).type).toBe('json');
  });

  it('gives back what it wrote', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.maxSafeInteger(),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((name) => name !== '__proto__'),
          tie('any'),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).any;
    assertProperty(
      fc.property(value, (any) => {
        expect(readBody(writeBody({ any }))).toEqual({ type: 'json', value: { any } });
      }),
    );
  });
});
