import { describe, expect, it } from '@jest/globals';

import { readQuery } from '../../../src/server/request/read-head.js';

describe('readQuery', () => {
  it('reads the parameters an operation takes', () => {
    expect(readQuery('/v1/schema?objectClass=ZoomUser', ['objectClass'])).toEqual({
      objectClass: 'ZoomUser',
      dryRun: false,
    });
    expect(readQuery('/v1/create?dryRun=true', ['dryRun'])).toEqual({ dryRun: true });
    expect(readQuery('/v1/create', ['dryRun'])).toEqual({ dryRun: false });
  });

  it.each([
    ['/v1/create?dryrun=true', 'Did you mean `dryRun`?'],
    ['/v1/create?dryRun', 'must be true or false'],
    ['/v1/create?dryRun=1', 'must be true or false'],
    ['/v1/create?dryRun=true&dryRun=false', 'more than once'],
    ['/v1/create?objectClass=A', 'not known here'],
    ['/v1/create?%00=A', 'not known here'],
  ])('refuses %s', (url, message) => {
    expect(() => readQuery(url, ['dryRun'])).toThrow(message);
  });

  it('refuses an empty object class', () => {
    expect(() => readQuery('/v1/schema?objectClass=', ['objectClass'])).toThrow('must not be empty');
  });
});
