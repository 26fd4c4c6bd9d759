import { describe, expect, it } from '@jest/globals';
import type { AttributeDeclaration, Values } from '../../../src/connid/attribute.js';
import { resolveChange, type ResolvedChange } from '../../../src/connid/delta.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { UpdateableClass } from '../../../src/connector/object-class/object-class.js';
import type { ObjectKey } from '../../../src/connector/object-class/readable.js';
import type { Updateable } from '../../../src/connector/object-class/updateable.js';
import { hasTakenEffect, readBack } from '../../../src/connector/writes/read-back.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fakeSession } from '../../support/fake-session.js';
import { personView } from '../../support/person-class.js';

type Person = Readonly<Record<string, Values>>;

const reader = (name: string) => (record: unknown) => (record as Person)[name];
const readable = ['__NAME__', 'CITY', 'AGE', 'TAGS'];

function change(attribute: string, replace: Values, before?: Values): ResolvedChange {
  return resolveChange(personView.declarationOf(attribute), { attribute, replace }, before);
}

/**
 * Reads changes back from what each read of the person shows, the last one again and again.
 * @param reads - `undefined` for a read that finds nobody.
 */
async function read(
  changes: readonly ResolvedChange[],
  reads: readonly (Person | Error | undefined)[],
  own: Partial<Updateable> = {},
) {
  const keys: ObjectKey[] = [];
  const sources: string[][] = [];
  const pauses: number[] = [];
  const objectClass: UpdateableClass = {
    view: personView,
    endpoints: { required: [], optional: [] },
    probe: { endpoint: userEndpoints.getUser, why: '' },
    read: {
      table: {
        sources: { main: { reach: 'list', use: 'both' }, more: { reach: 'deep', use: 'single' } },
        readers: Object.fromEntries(
          readable.map((name) => [name, { [name === 'TAGS' ? 'more' : 'main']: reader(name) }]),
        ),
      },
      keys: [{ attribute: '__UID__' }],
      narrowings: [],
      partitions: [],
      find: (key, needed) => {
        const shown = reads[Math.min(keys.length, reads.length - 1)];
        keys.push(key);
        sources.push([...needed]);
        if (shown instanceof Error) return Promise.reject(shown);
        const records = new Map([...needed].map((source) => [source, shown]));
        return Promise.resolve(shown && { uid: 'u1', name: 'jill', records });
      },
      openListing: () => {
        throw new Error('nothing is listed');
      },
    },
    update: {
      planner: () => {
        throw new Error('nothing is planned');
      },
      ...own,
    },
  };
  const verdict = await readBack(
    { objectClass, uid: 'u1', name: 'jill', changes },
    fakeSession(() => undefined),
    (ms) => Promise.resolve(void pauses.push(ms)),
  );
  const { error, ...lists } = verdict;
  return { ...lists, error: error?.message, keys, sources, pauses };
}

const city = change('CITY', ['Basel'], ['Bern']);
const age = change('AGE', [2], [1]);
const tags = change('TAGS', ['a', 'b'], ['b', 'c']);

describe('reading back', () => {
  it('reads once what is as it was written', async () => {
    expect(await read([city, age], [{ CITY: ['Basel'], AGE: [2] }])).toEqual({
      ignored: [],
      unread: [],
      error: undefined,
      keys: [{ attribute: '__UID__', value: 'u1', nameHint: 'jill' }],
      sources: [['main']],
      pauses: [],
    });
  });

  it('reads again what differs, and only the sources of that, three times at most', async () => {
    const reads = [
      { CITY: ['Bern'], AGE: [2], TAGS: ['c'] },
      { CITY: ['Basel'], TAGS: ['c'] },
      { TAGS: ['a'] },
    ];
    const verdict = await read([city, age, tags], reads);
    expect(verdict).toMatchObject({ ignored: [], pauses: [1000, 2000] });
    expect(verdict.sources).toEqual([['main', 'more'], ['main', 'more'], ['more']]);
  });

  it('says what differs in the end', async () => {
    const shown = { CITY: ['Bern'], AGE: [2], TAGS: ['a', 'b', 'c'] };
    expect(await read([city, age, tags], [shown])).toMatchObject({
      ignored: ['CITY', 'TAGS'],
      unread: [],
      pauses: [1000, 2000],
    });
  });

  it('believes what a read does not show, and what no read shows', async () => {
    const password = change('__PASSWORD__', ['x']);
    expect(await read([city, password], [{}])).toMatchObject({ ignored: [], unread: [], pauses: [] });
    expect((await read([password], [{}])).keys).toEqual([]);
  });

  it('believes what the target may make something else of', async () => {
    const derived = { objectClass: 'Person', uid: 'u1', name: 'CITY', values: [], added: [], removed: [] };
    const effects = (isDerived: boolean): Partial<Updateable> => ({
      effectsOnReads: () => [
        { ...derived, name: 'AGE', derived: true },
        { ...derived, ...(isDerived && { derived: true }) },
      ],
    });
    expect((await read([city], [{ CITY: ['x'] }], effects(true))).keys).toEqual([]);
    expect(await read([city], [{ CITY: ['x'] }], effects(false))).toMatchObject({ ignored: ['CITY'] });
  });

  it('looks for a renamed object by its new name', async () => {
    const renamed = change('__NAME__', ['jack']);
    expect(await read([renamed], [{ __NAME__: ['jack'] }])).toMatchObject({ keys: [{ nameHint: 'jack' }] });
  });
});

describe('an object that cannot be read back', () => {
  it('leaves in doubt what was written when it is never there', async () => {
    expect(await read([city, age], [undefined])).toMatchObject({
      ignored: [],
      unread: ['CITY', 'AGE'],
      error: 'The object does not exist.',
      pauses: [1000, 2000],
    });
  });

  it('may come into sight after a moment', async () => {
    expect(await read([city], [undefined, { CITY: ['Basel'] }])).toMatchObject({
      unread: [],
      error: undefined,
      pauses: [1000],
    });
  });

  it('leaves in doubt what the reads before a failure have not shown', async () => {
    const reads = [{ CITY: ['Bern'], AGE: [2] }, new ConnectorError('connectorIO', 'broken')];
    expect(await read([city, age], reads)).toMatchObject({ ignored: [], unread: ['CITY'], error: 'broken' });
  });
});

describe('a change that its class reads back in a way of its own', () => {
  const ownWay = (values: Values | undefined): Partial<Updateable> => ({
    readBack: ({ attribute }) => (attribute === 'TAGS' ? () => Promise.resolve(values) : undefined),
  });

  it('is not read with the others, and judged alike', async () => {
    const verdict = await read([city, tags], [{ CITY: ['Bern'] }], ownWay(['a', 'b']));
    expect(verdict).toMatchObject({ ignored: ['CITY'] });
    expect(verdict.sources[0]).toEqual(['main']);
    expect(await read([tags], [{}], ownWay(['c']))).toMatchObject({ ignored: ['TAGS'], keys: [] });
    expect(await read([tags], [{}], ownWay(undefined))).toMatchObject({ ignored: [], unread: [] });
  });

  it('adds its failure to those of the others; the last one is told', async () => {
    const own: Partial<Updateable> = {
      readBack: ({ attribute }) =>
        attribute === 'TAGS' ? () => Promise.reject(new ConnectorError('connectorIO', 'own')) : undefined,
    };
    expect(await read([city, tags], [{ CITY: ['Bern'] }], own)).toMatchObject({
      ignored: ['CITY'],
      unread: ['TAGS'],
      error: 'own',
    });
    const broken = new ConnectorError('connectorIO', 'broken');
    expect(await read([city, tags], [broken], ownWay(['a', 'b']))).toMatchObject({
      unread: ['CITY'],
      error: 'broken',
    });
  });
});

describe('a change has taken effect', () => {
  const several: AttributeDeclaration = personView.declarationOf('NUMBERS');
  const moved = resolveChange(several, { attribute: 'NUMBERS', add: ['1-2'], remove: ['3-4'] }, ['34', '56']);

  it.each([
    ['a single value is the one', personView.declarationOf('CITY'), city, ['Basel'], true],
    ['a single value is another', personView.declarationOf('CITY'), city, ['basel'], false],
    ['all that was added is there, and what was removed is not', several, moved, ['12', '78'], true],
    ['what was added is missing', several, moved, ['56'], false],
    ['what was removed is there', several, moved, ['12', '3 4'], false],
  ] as const)('when %s: decided by the form of the values', (_, declaration, resolved, values, expected) => {
    expect(hasTakenEffect(declaration, resolved, values)).toBe(expected);
  });
});
