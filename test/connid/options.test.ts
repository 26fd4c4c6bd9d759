import { describe, expect, it } from '@jest/globals';
import { GuardedString } from '../../src/connid/guarded-string.js';
import { readCreateAttributes } from '../../src/connid/input.js';
import { readGetOptions, readSearchOptions } from '../../src/connid/options.js';
import { personView } from '../support/person-class.js';

describe('options of a tolerant request', () => {
  it('leave out attributes that the class does not have', () => {
    const options = { attributesToGet: ['city', 'SHOESIZE', 'PASSWORD'] };
    expect(readGetOptions(personView, options, true).attributesToGet).toEqual(['CITY', '__PASSWORD__']);
    expect(readSearchOptions(personView, options, true).attributesToGet).toEqual(['CITY', '__PASSWORD__']);
  });

  it('never ask for the default attributes by naming unknown ones alone', () => {
    expect(readGetOptions(personView, { attributesToGet: ['SHOESIZE'] }, true).attributesToGet).toEqual([]);
  });
});

describe('the attributes of a tolerant create', () => {
  it('may name attributes that cannot be created, without a value', () => {
    const json = { __NAME__: 'a@b.c', STATUS: [] };
    expect([...readCreateAttributes(personView, json, true).keys()]).toEqual(['__NAME__']);
    expect(() => readCreateAttributes(personView, json)).toThrow('STATUS cannot be given at create.');
    expect(() => readCreateAttributes(personView, { ...json, STATUS: 'x' }, true)).toThrow(
      'STATUS cannot be given at create.',
    );
  });
});

describe('a secret', () => {
  it('may come guarded', () => {
    const secret = new GuardedString('canary-secret');
    const attributes = readCreateAttributes(personView, { __NAME__: 'a@b.c', PASSWORD: secret });
    expect(attributes.get('__PASSWORD__')).toEqual([secret]);
    expect(() => readCreateAttributes(personView, { __NAME__: secret })).toThrow('but got an object');
  });
});

describe('search options', () => {
  it('ignores options that ConnId does not know', () => {
    expect(readSearchOptions(personView, { FAIL_ON_ERROR: true, toString: 1 })).toEqual(
      readSearchOptions(personView),
    );
  });

  it('treats an offset below 1 as absent and a size of 0 as unpaged, as Syncope needs', () => {
    const options = readSearchOptions(personView, {
      pageSize: 0,
      pagedResultsOffset: -1,
      pagedResultsCookie: 'c',
    });
    expect(options).toMatchObject({ pagedResultsCookie: 'c' });
    expect(options).not.toHaveProperty('pageSize');
    expect(options).not.toHaveProperty('pagedResultsOffset');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a negative size', { pageSize: -1 }, 'illegalArgument'],
    ['a size that is no whole number', { pageSize: 1.5 }, 'illegalArgument'],
    ['a cookie with an offset', { pagedResultsCookie: 'c', pagedResultsOffset: 1 }, 'illegalArgument'],
    ['an empty cookie', { pagedResultsCookie: '' }, 'illegalArgument'],
    ['an unknown attribute', { attributesToGet: ['SHOESIZE'] }, 'invalidAttributeValue'],
    ['an unknown sort key', { sortKeys: [{ field: 'SHOESIZE' }] }, 'invalidAttributeValue'],
    [
      'a sort key that is given twice',
      { sortKeys: [{ field: 'CITY' }, { field: 'CITY' }] },
      'illegalArgument',
    ],
    [
      'a sort key under two spellings and in both directions',
      { sortKeys: [{ field: 'EMAIL' }, { field: '__name__', ascending: false }] },
      'illegalArgument',
    ],
    ['a sort key without field', { sortKeys: ['CITY'] }, 'illegalArgument'],
    ['attributes that are no list', { attributesToGet: 'CITY' }, 'illegalArgument'],
  ])('refuses %s', (_, options, kind) => {
    expect(() => readSearchOptions(personView, options)).toThrow(expect.objectContaining({ kind }));
  });
});

describe('attributes to return', () => {
  it('are those that are named, each once', () => {
    const { attributesToGet } = readSearchOptions(personView, { attributesToGet: ['CITY', 'email', 'city'] });
    expect(attributesToGet).toEqual(['CITY', '__NAME__']);
  });
});

describe('get options', () => {
  it('are those that say what is returned; what only a search takes is ignored', () => {
    const options = { attributesToGet: ['email'], pageSize: -1, sortKeys: [{ field: 'SHOESIZE' }] };
    expect(readGetOptions(personView, options)).toEqual({
      attributesToGet: ['__NAME__'],
      returnDefaultAttributes: false,
    });
  });
});

describe('attributes of a create', () => {
  it('leaves out what is given as null or as an empty list', () => {
    const attributes = readCreateAttributes(personView, { email: 'a@b.c', CITY: null, TAGS: [] });
    expect([...attributes.keys()]).toEqual(['__NAME__']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a missing name', { CITY: 'Basel' }],
    ['a name given as null', { __NAME__: null }],
    ['a name given under two spellings', { __NAME__: 'a@b.c', EMAIL: 'a@b.c' }],
    ['a read-only attribute', { __NAME__: 'a@b.c', STATUS: 'active' }],
    ['an attribute that every object inherits', { __NAME__: 'a@b.c', constructor: 'x' }],
    ['a uid', { __NAME__: 'a@b.c', __UID__: 'x' }],
    ['two values for a single-valued attribute', { __NAME__: 'a@b.c', CITY: ['a', 'b'] }],
  ])('refuses %s', (_, json) => {
    expect(() => readCreateAttributes(personView, json)).toThrow(
      expect.objectContaining({ kind: 'invalidAttributeValue' }),
    );
  });

  it('keeps a repeated value of a multi-valued attribute once', () => {
    const attributes = readCreateAttributes(personView, { __NAME__: 'a@b.c', TAGS: ['x', 'x'] });
    expect(attributes.get('TAGS')).toEqual(['x']);
  });
});
