import { describe, expect, test } from '@jest/globals';
import { type Validation, validateConfig } from '../../src/config/validate-config.js';
import { parseJson } from '../../src/config/read-files.js';
import { connectorSchema, valueAt } from '../../src/config/schema.js';
import { maxFindings } from '../../src/connid/first-findings.js';
import { namingProblems } from '../../src/zoom/object-classes.js';
import { canary } from '../support/canary.js';
import { findings, simulated } from './load.js';

const validate = (json: object): Validation => validateConfig({ ...simulated, ...json }, namingProblems);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const named = (count: number, name: (index: number) => string, value: (index: number) => unknown = () => 1) =>
  Object.fromEntries(many(count, (index) => [name(index), value(index)]));
const tokens = (bearerTokens: unknown) => ({ server: { authentication: { bearerTokens } } });
const token = (index: number) => ({
  name: `caller ${index}`,
  sha256: String(index).padStart(64, '0'),
  scopes: ['read'],
});

describe('a configuration with thousands of errors', () => {
  test.each<[string, object, number]>([
    ['properties that nobody knows', named(8_000, (index) => `canary${index}`), 8_000],
    ['properties that resemble a known one', named(8_000, (index) => `servic${index}`), 8_000],
    ['tokens without members', tokens(many(1_000, () => ({}))), 3_000],
    [
      'attributes that nobody knows',
      {
        custom: {
          attributeNames: named(
            900,
            (i) => `A${i}`,
            (i) => `B${i}`,
          ),
        },
      },
      900,
    ],
    [
      'names of the wrong form',
      {
        custom: {
          attributeNames: named(
            900,
            (i) => `a${i}`,
            (i) => `B${i}`,
          ),
        },
      },
      900,
    ],
    [
      'names that repeat each other',
      {
        custom: {
          attributeNames: named(
            900,
            (i) => `A${i}`,
            () => 'B',
          ),
        },
      },
      899,
    ],
    ['faults without members', { simulator: { faults: many(1_000, () => ({})) } }, 1_000],
  ])('has a hundred findings and the number of the others (%s)', (_case, json, errors) => {
    const { valid, errors: found } = validate(json);
    expect([valid, found.length]).toEqual([false, maxFindings + 1]);
    expect(found.at(-1)).toEqual({ path: '', message: `There are ${errors - maxFindings} more errors.` });
  });
});

describe('a configuration that is too large', () => {
  const message = 'Must have at most 10000 members and items in all.';

  test.each<[string, object]>([
    ['tokens', tokens(many(350_000, () => ({})))],
    ['names', { custom: { attributeNames: named(16_000, (index) => `A${index}`) } }],
    ['members that nobody knows', { x: many(100, () => many(100, () => [])) }],
  ])('has one finding (%s)', (_case, json) => {
    expect(validate(json)).toEqual({ valid: false, errors: [{ path: '', message }] });
  });

  test('is not looked through', () => {
    let reads = 0;
    const get = (list: unknown[], name: string | symbol): unknown => {
      if (name !== 'length') reads += 1;
      return Reflect.get(list, name);
    };
    expect(validate(tokens(new Proxy(many(20_000, token), { get }))).valid).toBe(false);
    expect(reads).toBe(0);
  });

  test('is refused as a file as well', async () => {
    expect(await findings({ ...simulated, x: many(10_001, () => 1) })).toEqual([{ path: '', message }]);
  });
});

describe('the limit of a list', () => {
  const limit = 1_000;

  test.each<[string, (count: number) => object, string]>([
    ['/server/authentication/bearerTokens', (count) => tokens(many(count, token)), 'items'],
    ['/custom/phoneBundleTypes', (count) => ({ custom: { phoneBundleTypes: many(count, String) } }), 'items'],
    [
      '/custom/customAttributes',
      (count) => ({
        custom: { customAttributes: many(count, (i) => ({ name: `n${i}`, attribute: `CUSTOM_${i}` })) },
      }),
      'items',
    ],
    [
      '/custom/attributeNames',
      (count) => ({
        custom: {
          attributeNames: named(
            count,
            (i) => `A${i}`,
            (i) => `B${i}`,
          ),
        },
      }),
      'members',
    ],
  ])('%s is said when it is exceeded, and not before', (path, json, what) => {
    const errors = (count: number) => validateConfig({ ...simulated, ...json(count) }).errors;
    expect(errors(limit)).toEqual([]);
    expect(errors(limit + 1)).toEqual([{ path, message: `Must have at most ${limit} ${what}.` }]);
  });
});

describe('a secret as the name of a property', () => {
  const secret = canary.clientSecret;

  test.each<[string, object]>([
    ['of the whole', { [secret]: 1 }],
    ['of a group', { service: { target: 'simulator', [secret]: 1 } }],
    ['of a reference to a secret', { security: { scim: { bearerToken: { [secret]: 'x' } } } }],
    ['of a token', tokens([{ ...token(0), [secret]: true }])],
    ['of a renamed attribute', { custom: { attributeNames: { [secret]: 'A' } } }],
    ['of a renamed attribute, in upper case', { custom: { attributeNames: { CANARY_SECRET: 'A' } } }],
    ['of a renamed attribute with a wrong value', { custom: { attributeNames: { [secret]: 5 } } }],
    [
      'of a header',
      { simulator: { faults: [{ action: { kind: 'status', status: 500, headers: { [secret]: 5 } } }] } },
    ],
  ])('is not repeated (%s)', (_place, json) => {
    const { valid, errors } = validate(json);
    expect(valid).toBe(false);
    expect(JSON.stringify(errors)).not.toMatch(/canary/i);
    for (const { path, message } of errors) {
      expect(message).toMatch(/member \d/);
      expect(valueAt({ ...simulated, ...json }, path)).toBeInstanceOf(Object);
    }
  });

  test('is not repeated as the name of two renamed attributes', () => {
    const { errors } = validate({ custom: { attributeNames: { DEPT: 'CANARY', JOB_TITLE: 'CANARY' } } });
    expect(errors).toEqual([
      { path: '/custom/attributeNames', message: 'The value of member 2 repeats that of member 1.' },
    ]);
  });

  test('is not repeated when the file has it twice', () => {
    expect(JSON.stringify(parseJson(`{"${secret}": 1, "${secret}": 2}`))).not.toContain(secret);
  });

  test('does not hide the errors of other properties', () => {
    const { errors } = validateConfig({ [secret]: 1, custom: {} });
    expect(errors.map(({ path }) => path)).toContain('/custom/accountId');
  });
});

test('every list of the schema has a limit', () => {
  const unlimited = (node: unknown, path: string): string[] => {
    if (typeof node !== 'object' || node === null) return [];
    const inner = Object.entries(node).flatMap(([name, part]) => unlimited(part, `${path}/${name}`));
    const isOpen = 'items' in node && !('maxItems' in node) && !('enum' in (node.items as object));
    return isOpen ? [path, ...inner] : inner;
  };
  expect(unlimited(connectorSchema, '')).toEqual([]);
});
