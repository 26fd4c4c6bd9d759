import { describe, expect, it } from '@jest/globals';
import { faultProblems } from '../../src/simulator/faults/fault.js';

const html = { kind: 'html', status: 502 };

describe('what is no fault, in sentences', () => {
  it.each([
    ['x', ['A fault is an object.']],
    [[], ['A fault is an object.']],
    [{}, [expect.stringContaining('action.kind must be status, html, delay')]],
    [{ action: { kind: 'toString' } }, [expect.stringContaining('action.kind must be')]],
    [{ action: html, when: 'now' }, ['when is not known.']],
    [{ action: { kind: 'status' } }, ['action.status must be a status from 200 to 599.']],
    [{ action: { kind: 'status', status: 99 } }, ['action.status must be a status from 200 to 599.']],
    [
      { action: { kind: 'status', status: 500, headers: { 'a b': 'c' } } },
      ['action.headers must be an object of header names and texts.'],
    ],
    [{ action: { kind: 'delay', ms: 'soon' } }, ['action.ms must be a number of milliseconds.']],
    [{ action: { kind: 'drop' } }, ['action.when must be before or after.']],
    [{ action: { kind: 'rateLimit', limit: 'minute' } }, [expect.stringContaining('action.limit must be')]],
    [{ action: { kind: 'ignore', fields: ['dept'] } }, ['action.fields must be a list of JSON pointers.']],
    [{ action: html, match: null }, ['match must be an object.']],
    [
      { action: html, match: { methods: 'GET', nth: 0, path: 7, probability: 2 } },
      [
        'match.methods is not known.',
        'match.path must be a path that begins with /.',
        'match.nth must be a whole number from 1.',
        'match.probability must be a number from 0 to 1.',
      ],
    ],
  ])('%j', (fault, problems) => {
    expect(faultProblems(fault)).toEqual(problems);
  });

  it.each([
    { kind: 'status', status: 200, body: { code: 300, message: 'x' }, headers: { 'Retry-After': '1' } },
    html,
    { kind: 'delay', ms: 0.5 },
    { kind: 'drop', when: 'after' },
    { kind: 'truncate' },
    { kind: 'token', state: 'revoked' },
    { kind: 'ignore' },
    { kind: 'rateLimit', limit: 'daily', retryAfter: 'iso', afterMs: 5, headers: false },
  ])('takes %j', (action) => {
    expect(faultProblems({ match: { method: 'GET', path: '/users/**', nth: 2 }, action })).toEqual([]);
  });
});
