import { describe, expect, it } from '@jest/globals';

import { readQuery } from '../../../src/server/request/read-head.js';
import { thrownBy } from '../../support/thrown.js';

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
    ['/v1/create?objectClass=A', 'Query parameter 1 is not known here.'],
    ['/v1/create?dryRun=true&%00=A', 'Query parameter 2 is not known here.'],
  ])('refuses %s', (url, message) => {
    expect(() => readQuery(url, ['dryRun'])).toThrow(message);
  });

  it('does not repeat a name that resembles none it knows, because it may be a secret', () => {
    const error = thrownBy(() => readQuery('/v1/create?hunter2=1&dryrun=1', ['dryRun']));
    expect(error).toMatchObject({
      message: 'Query parameter 1 is not known here.',
      details: { errors: [{ path: '?' }, { path: '?dryrun' }] },
    });
    expect(JSON.stringify([error.message, error.details])).not.toContain('hunter2');
  });

  it('reads no more names than an answer can name', () => {
    const query = Array.from({ length: 5_000 }, (_, index) => `a${index}`).join('&');
    const error = thrownBy(() => readQuery(`/v1/create?${query}`, ['dryRun']));
    expect(error.details.errors).toHaveLength(20);
  });

  it('refuses an empty object class', () => {
    expect(() => readQuery('/v1/schema?objectClass=', ['objectClass'])).toThrow('must not be empty');
  });
});
