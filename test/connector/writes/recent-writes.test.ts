import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AttributeDeclaration, Values } from '../../../src/connid/attribute.js';
import { RecentWrites, type WrittenAttribute } from '../../../src/connector/writes/recent-writes.js';

const single: AttributeDeclaration = { type: 'String', subtype: '__STRING_CASE_IGNORE__', description: '' };
const multiple: AttributeDeclaration = { type: 'String', multiValued: true, description: '' };
const object = { objectClass: 'Person', uid: 'p1' };

let now = 0;
let recent: RecentWrites;

beforeEach(() => {
  now = 1_000_000;
  recent = new RecentWrites(() => now);
});

function written(changes: Partial<WrittenAttribute>): WrittenAttribute {
  return { ...object, name: 'A', declaration: single, values: [], added: [], removed: [], ...changes };
}
const over = (read: Values | undefined, name = 'A') => recent.overlayOf(object).over(name, read);

describe('a single value', () => {
  it('beats what a read tells for ten seconds', () => {
    recent.remember(written({ values: ['new'] }));
    now += 9_999;
    expect(over(['old'])).toEqual(['new']);
    expect(over([])).toEqual(['new']);
    now += 1;
    expect(over(['old'])).toEqual(['old']);
  });

  it('gives way to a read that agrees, in the spelling of the read', () => {
    recent.remember(written({ values: ['Jane@Example.com'] }));
    expect(over(['jane@example.com'])).toEqual(['jane@example.com']);
  });

  it('does not make up for what was not read', () => {
    recent.remember(written({ values: ['new'] }));
    expect(over(undefined)).toBeUndefined();
    expect(over(['x'], 'B')).toEqual(['x']);
  });

  it('may be none', () => {
    recent.remember(written({ values: [] }));
    expect(over(['old'])).toEqual([]);
  });

  it('is forgotten when a later write is in doubt', () => {
    recent.remember(written({ values: ['new'] }));
    recent.invalidate(written({ values: ['newer'] }));
    expect(over(['old'])).toEqual(['old']);
  });
});

it('counts also when the object was read before it was written', () => {
  const overlay = recent.overlayOf(object);
  recent.remember(written({ values: ['new'] }));
  expect(overlay.over('A', ['old'])).toEqual(['new']);
});

describe('several values', () => {
  it('come and go one by one; those of others stay', () => {
    recent.remember(written({ declaration: multiple, added: ['a'], removed: ['b'] }));
    expect(over(['b', 'other'])).toEqual(['other', 'a']);
    expect(over(['a', 'other'])).toEqual(['a', 'other']);
  });

  it('each have their own time', () => {
    recent.remember(written({ declaration: multiple, added: ['a'] }));
    now += 6_000;
    recent.remember(written({ declaration: multiple, added: ['b'] }));
    now += 6_000;
    expect(over([])).toEqual(['b']);
  });

  it('are forgotten one by one when a later write is in doubt', () => {
    recent.remember(written({ declaration: multiple, added: ['a', 'b'] }));
    recent.invalidate(written({ declaration: multiple, removed: ['a'] }));
    expect(over([])).toEqual(['b']);
  });

  it('leave with the object they name', () => {
    recent.remember(written({ declaration: multiple, added: ['g1', 'g2'] }));
    recent.rememberDeleted({ objectClass: 'Club', uid: 'g1' });
    expect(over([])).toEqual(['g2']);
    recent.forget({ objectClass: 'Club', uid: 'g2' });
    expect(over([])).toEqual([]);
  });
});

describe('a deleted object', () => {
  it('is gone for ten seconds, or until it is made again', () => {
    recent.rememberDeleted(object);
    expect(recent.isGone(object)).toBe(true);
    recent.forget(object);
    expect(recent.isGone(object)).toBe(false);
    recent.rememberDeleted(object);
    now += 10_000;
    expect(recent.isGone(object)).toBe(false);
  });
});

it('remembers a bounded number of objects, the latest', () => {
  for (let index = 0; index < 10_001; index += 1)
    recent.remember(written({ uid: `p${index}`, values: ['x'] }));
  const valuesOf = (uid: string) => recent.overlayOf({ ...object, uid }).over('A', ['old']);
  expect(valuesOf('p0')).toEqual(['old']);
  expect(valuesOf('p10000')).toEqual(['x']);
});
