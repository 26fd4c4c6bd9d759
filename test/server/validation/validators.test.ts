import { describe, expect, it } from '@jest/globals';

import { loadSchemas, type SchemaName } from '../../../src/server/validation/schemas.js';
import { createValidators } from '../../../src/server/validation/validators.js';

const validators = createValidators(loadSchemas());

describe('createValidators', () => {
  it('finds nothing wrong with a complete request', () => {
    const request = {
      objectClass: 'ZoomUser',
      filter: { and: [{ equals: { STATUS: 'active' } }, { not: { startsWith: { LAST_NAME: 'H' } } }] },
      options: { pageSize: 10, somethingElse: true, sortKeys: [{ field: 'EMAIL' }] },
    };
    expect(validators.check('search-request', request)).toEqual([]);
  });

  it('accepts null where a member may be left out', () => {
    const request = { objectClass: 'ZoomUser', filter: null, options: null };
    expect(validators.check('search-request', request)).toEqual([]);
  });

  it('reports all findings at once, each with its place', () => {
    const request = { objectclass: 'ZoomUser', options: { pageSize: '10', attributesToGet: ['A', 5] } };
    expect(validators.check('search-request', request)).toEqual([
      { path: '/objectClass', message: '`objectClass` is missing.' },
      { path: '/objectclass', message: '`objectclass` is not known. Did you mean `objectClass`?' },
      { path: '/options/pageSize', message: '`pageSize` must be a whole number or null.' },
      { path: '/options/attributesToGet/1', message: 'Item 2 of `attributesToGet` must be a string.' },
    ]);
  });

  it('names a mistyped filter', () => {
    const request = { objectClass: 'ZoomUser', filter: { and: [{ equal: { A: 1 } }, {}] } };
    expect(validators.check('search-request', request)).toEqual([
      {
        path: '/filter/and/0/equal',
        message: 'Item 1 of `and`: `equal` is not known. Did you mean `equals`?',
      },
      { path: '/filter/and/1', message: 'Item 2 of `and` must have at least one member.' },
    ]);
  });

  it.each<[string, object, string]>([
    [
      'no values',
      {},
      'Item 1 of `deltas` needs either `valuesToReplace`, or `valuesToAdd` or `valuesToRemove`.',
    ],
    [
      'values to replace and others to add',
      { valuesToReplace: ['a'], valuesToAdd: ['b'] },
      'Item 1 of `deltas` needs either `valuesToReplace`, or `valuesToAdd` or `valuesToRemove`.',
    ],
    [
      'a mistyped member',
      { valuesToReplce: ['a'] },
      'Item 1 of `deltas`: `valuesToReplce` is not known. Did you mean `valuesToReplace`?',
    ],
  ])('says what is wrong with a delta that has %s', (_, members, message) => {
    const request = { objectClass: 'ZoomUser', uid: 'u', deltas: [{ name: 'DEPT', ...members }] };
    const findings = validators.check('update-delta-request', request);
    expect(findings.map((finding) => finding.message)).toEqual([message]);
  });

  it('takes null in a delta for left out', () => {
    const deltas = [
      { name: 'DEPT', valuesToReplace: null, valuesToAdd: null, valuesToRemove: null },
      { name: 'GROUP_IDS', valuesToAdd: ['g'], valuesToRemove: null },
    ];
    const request = { objectClass: 'ZoomUser', uid: 'u', deltas };
    expect(validators.check('update-delta-request', request)).toEqual([]);
  });

  it('does not judge values of attributes: their object class does', () => {
    const request = { objectClass: 'ZoomUser', attributes: { DEPT: { nested: [null] }, TYPE: [[1]] } };
    expect(validators.check('create-request', request)).toEqual([]);
  });

  it.each([
    [5, 'The body must be an object.'],
    [null, 'The body must be an object.'],
    [[], 'The body must be an object.'],
  ])('says what the body must be (%j)', (body, message) => {
    expect(validators.check('get-request', body)).toEqual([{ path: '', message }]);
  });

  it.each<[SchemaName, object, string, string]>([
    ['get-request', { hunter2: 1 }, '', 'Member 3 of the body is not known.'],
    ['search-request', { filter: { hunter2: 1 } }, '/filter', 'Member 1 of `filter` is not known.'],
    [
      'search-request',
      { filter: { and: [{ equals: { A: 1 } }, { hunter2: 1 }] } },
      '/filter/and/1',
      'Member 1 of item 2 of `and` is not known.',
    ],
    [
      'search-request',
      { options: { sortKeys: [{ field: 'A', hunter2: 1 }] } },
      '/options/sortKeys/0',
      'Member 2 of item 1 of `sortKeys` is not known.',
    ],
  ])('does not repeat a name that resembles none it knows (%s %j)', (name, members, path, message) => {
    const request = { objectClass: 'A', ...(name === 'get-request' && { uid: 'B' }), ...members };
    expect(validators.check(name, request)).toEqual([{ path, message }]);
  });

  it('never repeats a value', () => {
    const request = { objectClass: 'ZoomUser', uid: { secret: 'hunter2' }, options: 'hunter2' };
    expect(JSON.stringify(validators.check('get-request', request))).not.toContain('hunter2');
  });

  it('stops counting out findings at a hundred', () => {
    const deltas = Array.from({ length: 150 }, () => 5);
    const findings = validators.check('update-delta-request', { objectClass: 'A', uid: 'B', deltas });
    expect(findings).toHaveLength(101);
    expect(findings.at(-1)).toEqual({ path: '', message: 'There are 50 more errors.' });
  });

  it('sees members that JSON can carry and prototypes have', () => {
    const body: unknown = JSON.parse('{"objectClass":"A","uid":"B","__proto__":{"x":1},"constructor":1}');
    expect(validators.check('get-request', body)).toEqual([
      { path: '', message: 'Member 3 of the body is not known.' },
      { path: '', message: 'Member 4 of the body is not known.' },
    ]);
  });
});
