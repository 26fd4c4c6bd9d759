import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInteger, parse } from 'lossless-json';
import { GuardedString } from '../../../../src/connid/guarded-string.js';
import { type AnswerBody, readBody, writeBody } from '../../../../src/zoom/client/errors/json-body.js';
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

  describe('with long integers', () => {
    /** Texts of JSON as nobody writes them: odd numbers, repeated names, digits and brackets in strings, white space. */
    const space = fc.constantFrom('', '', ' ', '\n\t');
    const digits = fc
      .tuple(fc.constantFrom(1, 3, 15, 16, 17, 19, 40, 400), fc.constantFrom('1', '9', '0'))
      .map(([length, digit]) => `${digit === '0' ? '1' : digit}${digit.repeat(length - 1)}`);
    const number = fc
      .tuple(
        fc.constantFrom('', '', '-'),
        fc.oneof(
          digits,
          fc.constantFrom(
            '0',
            '9007199254740991',
            '9007199254740992',
            '100000000000000000',
            '100000000000000064',
          ),
        ),
        fc.constantFrom(
          '',
          '',
          '',
          '.5',
          '.1234567890123456789',
          'e3',
          'E+300',
          'e-1234567890123456789',
          '.0e17',
        ),
      )
      .map((parts) => parts.join(''));
    const string = fc.oneof(
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom(
        '"12345678901234567890"',
        '"\\"1234567890123456789\\\\"',
        '"\\u0031234567890123456789"',
        '":[{"',
      ),
    );
    const name = fc.oneof(
      string,
      fc.constantFrom('"a"', '"__proto__"', '"\\u005f_proto__"', '"1"', '"constructor"'),
    );
    const { json } = fc.letrec<{ json: string }>((tie) => ({
      json: fc
        .tuple(
          space,
          fc.oneof(
            { maxDepth: 4, withCrossShrink: true },
            number,
            string,
            fc.constantFrom('true', 'false', 'null'),
            fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
            fc
              .array(fc.tuple(name, space, tie('json')), { maxLength: 4 })
              .map((members) => `{${members.map(([key, gap, value]) => `${key}${gap}:${value}`).join(',')}}`),
          ),
          space,
        )
        .map((parts) => parts.join('')),
    }));
    /** The text with one unit gone, doubled or replaced: mostly no JSON. */
    const damaged = fc
      .tuple(json, fc.nat(), fc.constantFrom('', '-', '0', '.', 'e', '"', '}', ',', '1234567890123456789'))
      .map(
        ([text, place, unit]) =>
          text.slice(0, place % text.length) + unit + text.slice((place % text.length) + 1),
      );

    const readNumber = (text: string) => {
      const value = Number(text);
      return isInteger(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
    };
    /** True if a whole number outside the strings has sixteen digits. Without one the built-in parser is exact. */
    const isLong = (text: string) =>
      /(?<![\d.])[1-9]\d{15,}(?![\d.eE])/.test(text.replace(/"(?:[^"\\]|\\.)*"/gs, '""'));

    it('are read as by a parser that keeps all digits', () => {
      const expected = (text: string): AnswerBody => {
        if (text.trim() === '') return { type: 'empty' };
        try {
          return { type: 'json', value: isLong(text) ? parse(text, null, readNumber) : JSON.parse(text) };
        } catch {
          return { type: 'other' };
        }
      };
      const longArrays = fc.array(json, { maxLength: 30 }).map((items) => `[${items.join(',')}]`);
      assertProperty(
        fc.property(fc.oneof(json, longArrays, damaged), (text) => {
          expect(isDeepStrictEqual(readBody(text), expected(text))).toBe(true);
        }),
        { numRuns: 2000 },
      );
    });

    it('do not become JSON where they are none', () => {
      const texts = [
        '--12345678901234567',
        '-012345678901234567',
        '012345678901234567',
        '1.12345678901234567.5',
      ];
      for (const text of [...texts, '12345678901234567 1', '+12345678901234567', '"a"12345678901234567']) {
        expect([text, readBody(`[${text}]`)]).toEqual([text, { type: 'other' }]);
      }
    });

    it('are refused with two values under one name', () => {
      const long = '"id":12345678901234567890';
      expect(readBody(`{${long},"a":1,"a":2}`)).toEqual({ type: 'other' });
      expect(readBody(`{${long},"a":{"b":1},"a":{"b":1}}`).type).toBe('json');
    });
  });
});
