import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sameValues, type Values } from '../../src/connid/attribute.js';
import { type Change, isNoOp, readDeltas, refuseUpdates, resolveChange } from '../../src/connid/delta.js';
import { assertProperty } from '../support/assert-property.js';
import { personView } from '../support/person-class.js';

function readOne(delta: Record<string, unknown>): Change {
  const [change] = readDeltas(personView, [delta]);
  if (change === undefined) throw new Error('one delta gives one change');
  return change;
}

function after(delta: Record<string, unknown>, before: Values): Values {
  const change = readOne(delta);
  return resolveChange(personView.declarationOf(change.attribute), change, before).after;
}

describe('a tolerant update of an attribute that cannot be updated', () => {
  const present = new Map([['STATUS', ['active']]]);
  const update = (...values: string[]): void => {
    const changes = readDeltas(personView, [{ name: 'STATUS', valuesToReplace: values }], true);
    refuseUpdates(personView, changes, present);
  };

  it('passes if the object has this value already', () => {
    expect(() => update('active')).not.toThrow();
  });

  it('is refused if the object has another value, or it is unknown', () => {
    expect(() => update('pending')).toThrow('STATUS cannot be updated.');
    expect(() => update()).toThrow('STATUS cannot be updated.');
    const changes = readDeltas(personView, [{ name: 'STATUS', valuesToReplace: ['active'] }], true);
    expect(() => refuseUpdates(personView, changes, new Map())).toThrow('STATUS cannot be updated.');
  });

  it('is refused for the uid', () => {
    const uid = { name: '__UID__', valuesToReplace: ['u1'] };
    expect(() => readDeltas(personView, [uid], true)).toThrow('__UID__ cannot be updated.');
  });
});

describe('reading deltas', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'replace together with add',
      { name: 'TAGS', valuesToReplace: ['a'], valuesToAdd: ['b'] },
      'illegalArgument',
    ],
    ['neither replace nor add nor remove', { name: 'TAGS' }, 'illegalArgument'],
    ['adding to a name', { name: '__NAME__', valuesToAdd: ['a@b.c'] }, 'illegalArgument'],
    ['adding to an operational attribute', { name: '__ENABLE__', valuesToAdd: [true] }, 'illegalArgument'],
    [
      'adding a password without removing the old one',
      { name: '__PASSWORD__', valuesToAdd: ['x'] },
      'illegalArgument',
    ],
    ['clearing a name', { name: 'EMAIL', valuesToReplace: [] }, 'invalidAttributeValue'],
    [
      'clearing the enabled state with null',
      { name: '__ENABLE__', valuesToReplace: null },
      'invalidAttributeValue',
    ],
    ['a uid', { name: '__UID__', valuesToReplace: ['x'] }, 'invalidAttributeValue'],
    ['a read-only attribute', { name: 'STATUS', valuesToReplace: ['x'] }, 'invalidAttributeValue'],
    ['an unknown attribute', { name: 'SHOESIZE', valuesToReplace: [1] }, 'invalidAttributeValue'],
    [
      'several values for a single-valued attribute',
      { name: 'CITY', valuesToReplace: ['a', 'b'] },
      'invalidAttributeValue',
    ],
    ['a value that is not allowed', { name: 'AGE', valuesToReplace: [9] }, 'invalidAttributeValue'],
    ['a null among values', { name: 'TAGS', valuesToAdd: ['a', null] }, 'invalidAttributeValue'],
    ['a lone surrogate', { name: 'CITY', valuesToReplace: '\ud800' }, 'invalidAttributeValue'],
  ])('refuses %s', (_, delta, kind) => {
    expect(() => readDeltas(personView, [delta])).toThrow(expect.objectContaining({ kind }));
  });

  it('refuses the same attribute under two spellings', () => {
    const deltas = [
      { name: 'EMAIL', valuesToReplace: ['a@b.c'] },
      { name: '__name__', valuesToReplace: ['a@b.c'] },
    ];
    expect(() => readDeltas(personView, deltas)).toThrow(/changed twice/);
  });

  it('takes a scalar for a list of one', () => {
    expect(readOne({ name: 'tags', valuesToAdd: 'a' })).toEqual({
      attribute: 'TAGS',
      add: ['a'],
      remove: [],
    });
  });

  it('changes a password with old and new value', () => {
    const change = readOne({ name: 'PASSWORD', valuesToAdd: ['new'], valuesToRemove: ['old'] });
    expect(JSON.stringify(change)).not.toMatch(/new|old/);
  });
});

describe('what a delta does', () => {
  it.each<[string, Record<string, unknown>, Values, Values]>([
    ['an empty replace clears', { name: 'CITY', valuesToReplace: [] }, ['Basel'], []],
    ['adding to a single value replaces it', { name: 'CITY', valuesToAdd: ['Bern'] }, ['Basel'], ['Bern']],
    ['removing the single value clears', { name: 'CITY', valuesToRemove: ['Basel'] }, ['Basel'], []],
    ['removing another value does nothing', { name: 'CITY', valuesToRemove: ['Bern'] }, ['Basel'], ['Basel']],
    ['adding what is there does nothing', { name: 'TAGS', valuesToAdd: ['a'] }, ['a', 'b'], ['a', 'b']],
    ['values are compared by canonical form', { name: 'NUMBERS', valuesToRemove: ['+1 555'] }, ['1-555'], []],
  ])('%s', (_, delta, before, expected) => {
    expect(after(delta, before)).toEqual(expected);
  });

  const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));

  it('is the algebra of sets, and a second identical delta is a no-op', () => {
    assertProperty(
      fc.property(tags, tags, tags, (before, add, remove) => {
        const declaration = personView.declarationOf('TAGS');
        const change: Change = { attribute: 'TAGS', add, remove };
        const resolved = resolveChange(declaration, change, before);
        const expected = [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])];
        expect(sameValues(declaration, resolved.after, expected)).toBe(true);
        expect(new Set(resolved.added)).toEqual(new Set(expected.filter((tag) => !before.includes(tag))));
        expect(new Set(resolved.removed)).toEqual(new Set(before.filter((tag) => !expected.includes(tag))));
        expect(isNoOp(declaration, resolveChange(declaration, change, resolved.after))).toBe(true);
      }),
    );
  });

  it('keeps what was asked for when the present values are unknown', () => {
    const declaration = personView.declarationOf('TAGS');
    const resolved = resolveChange(declaration, { attribute: 'TAGS', add: ['a'], remove: ['b'] }, undefined);
    expect(resolved).toMatchObject({ added: ['a'], removed: ['b'] });
    expect(isNoOp(declaration, resolved)).toBe(false);
  });

  it('does not take away again what it adds, known or unknown', () => {
    const declaration = personView.declarationOf('TAGS');
    const change: Change = { attribute: 'TAGS', add: ['a', 'c'], remove: ['a', 'b'] };
    expect(resolveChange(declaration, change, undefined)).toMatchObject({
      added: ['a', 'c'],
      removed: ['b'],
      after: ['a', 'c'],
    });
  });

  it('tells a replacement from an addition when the present values are unknown', () => {
    const declaration = personView.declarationOf('TAGS');
    const resolve = (change: Change) => resolveChange(declaration, change, undefined).replaces;
    expect(resolve({ attribute: 'TAGS', replace: ['a'] })).toBe(true);
    expect(resolve({ attribute: 'TAGS', add: ['a'], remove: [] })).toBeUndefined();
  });
});
