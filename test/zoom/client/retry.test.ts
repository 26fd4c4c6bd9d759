import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConnectorError } from '../../../src/connid/errors.js';
import type { Answer, Failure } from '../../../src/zoom/client/errors/answer.js';
import {
  backoffMs,
  decideRetry,
  isAmbiguous,
  type RetryDecision,
  type RetryFacts,
} from '../../../src/zoom/client/retry.js';
import { assertProperty } from '../../support/assert-property.js';

function refused(status: number, code?: number, message = ''): Failure {
  const answer: Answer = { status, headers: {}, body: { type: 'json', value: {} } };
  return {
    type: 'refused',
    answer,
    fault: { status, message, errors: [], ...(code === undefined ? {} : { code }) },
  };
}
const broken = (status: number): Failure => ({
  type: 'broken',
  answer: { status, headers: {}, body: { type: 'other' } },
});
function refusedWithoutWords(status: number): Failure {
  const answer: Answer = { status, headers: {}, body: { type: 'empty' } };
  return { type: 'refused', answer, fault: { status, message: '', errors: [] } };
}
const lostAnswer: Failure = { type: 'io', code: 'ECONNRESET', sent: true };
const notSent: Failure = { type: 'io', code: 'ECONNREFUSED', sent: false };

const facts: RetryFacts = {
  failure: lostAnswer,
  method: 'GET',
  repeat: 'safe',
  lost: false,
  tries: { io: 0, token: 0, scope: 0, object: 0 },
  ioErrorRetries: 5,
  tokenRenewable: true,
  leftMs: 1,
};

describe('the decision about a failed attempt', () => {
  const spent = { io: 5, token: 1, scope: 1, object: 5 };
  const cases: [string, Partial<RetryFacts>, RetryDecision][] = [
    ['cancelled', { failure: { type: 'cancelled' } }, 'fail'],
    [
      'a reason of our own',
      { failure: { type: 'own', error: new ConnectorError('connectorIO', '') } },
      'fail',
    ],
    ['401', { failure: refused(401, 124) }, 'renewToken'],
    ['401 with a page', { failure: broken(401) }, 'renewToken'],
    ['401 without a code', { failure: refused(401) }, 'renewToken'],
    ['400 with code 124', { failure: refused(400, 124, 'Invalid access token.') }, 'renewToken'],
    ['a missing scope', { failure: refused(400, 4711) }, 'tryScopes'],
    ['a missing scope a second time', { failure: refused(400, 4711), tries: spent }, 'fail'],
    ['a missing scope of a fixed token', { failure: refused(400, 4711), tokenRenewable: false }, 'fail'],
    [
      'a missing scope for a password change: nothing was done',
      { failure: refused(400, 4711), repeat: 'never' },
      'tryScopes',
    ],
    ['401 a second time', { failure: refused(401, 124), tries: spent }, 'fail'],
    ['401 for a fixed token', { failure: refused(401, 124), tokenRenewable: false }, 'fail'],
    [
      '401 for a password change: nothing was done',
      { failure: refused(401, 124), repeat: 'never' },
      'renewToken',
    ],
    [
      'code 124 about a phone site',
      { failure: refused(400, 124, 'the current site `x` does not belong') },
      'fail',
    ],
    ['a missing scope under 401', { failure: refused(401, 4711) }, 'tryScopes'],
    ['a missing scope under 401, by code 4700', { failure: refused(401, 4700) }, 'tryScopes'],
    ['a missing scope under 401, by code 104', { failure: refused(401, 104) }, 'tryScopes'],
    [
      '429 of a label, any call',
      { failure: refused(429, 429), hit: { limit: 'label' }, repeat: 'never' },
      'awaitLabel',
    ],
    [
      '429 of a label after many',
      { failure: refused(429), hit: { limit: 'label' }, tries: spent },
      'awaitLabel',
    ],
    ['429 of one user', { failure: refused(429), hit: { limit: 'object' } }, 'awaitObject'],
    ['429 of one user, often', { failure: refused(429), hit: { limit: 'object' }, tries: spent }, 'fail'],
    ['429 of a day', { failure: refused(429), hit: { limit: 'day' } }, 'fail'],
    ['429 of a day for a user', { failure: refused(429), hit: { limit: 'objectDay' } }, 'fail'],
    [
      '429 of a day after a lost answer, look first',
      { failure: refused(429), hit: { limit: 'day' }, lost: true, repeat: 'lookFirst' },
      'fail',
    ],
    ['400', { failure: refused(400, 300) }, 'fail'],
    ['404', { failure: refused(404, 1001) }, 'fail'],
    ['409', { failure: refused(409, 1005), repeat: 'lookFirst' }, 'fail'],
    ['500, safe', { failure: refused(500) }, 'again'],
    ['503, look first', { failure: refused(503), repeat: 'lookFirst' }, 'look'],
    ['503, never', { failure: refused(503), repeat: 'never' }, 'fail'],
    ['408', { failure: refused(408) }, 'again'],
    ['HTML under 403', { failure: broken(403) }, 'again'],
    ['a cut-off 201', { failure: broken(201), repeat: 'lookFirst' }, 'look'],
    ['a lost answer, safe', {}, 'again'],
    ['a lost answer, look first', { repeat: 'lookFirst' }, 'look'],
    ['a lost answer, never', { repeat: 'never' }, 'fail'],
    ['not sent, never', { failure: notSent, repeat: 'never' }, 'again'],
    ['not sent, look first', { failure: notSent, repeat: 'lookFirst' }, 'again'],
    ['the budget of tries is spent', { tries: spent }, 'fail'],
    ['the budget of tries is spent, look first', { tries: spent, repeat: 'lookFirst' }, 'look'],
    ['the last look is over', { tries: { ...spent, io: 6 }, repeat: 'lookFirst' }, 'fail'],
    ['the budget of time is spent', { leftMs: 0 }, 'fail'],
    ['the budget of time is spent, look first', { leftMs: 0, repeat: 'lookFirst' }, 'look'],
    [
      'DELETE, lost before, gone now',
      { method: 'DELETE', lost: true, failure: refused(404, 1001) },
      'settled',
    ],
    ['DELETE, gone at once', { method: 'DELETE', failure: refused(404, 1001) }, 'fail'],
    [
      'DELETE, lost before, a 404 that is not from Zoom now',
      { method: 'DELETE', lost: true, failure: broken(404) },
      'again',
    ],
    [
      'DELETE, lost before, a 404 without words now',
      { method: 'DELETE', lost: true, failure: refusedWithoutWords(404) },
      'fail',
    ],
    ['PATCH, lost before, gone now', { method: 'PATCH', lost: true, failure: refused(404, 1001) }, 'fail'],
    [
      'DELETE, lost before, refused now',
      { method: 'DELETE', lost: true, failure: refused(400, 1117) },
      'fail',
    ],
    [
      'create, lost before, duplicate now',
      { lost: true, repeat: 'lookFirst', failure: refused(409, 1005) },
      'look',
    ],
    ['PATCH, lost before, refused now', { lost: true, method: 'PATCH', failure: refused(400, 300) }, 'fail'],
  ];

  it.each(cases)('%s', (_, given, decision) => {
    expect(decideRetry({ ...facts, ...given })).toBe(decision);
  });

  it('never repeats on a guess what must not happen twice', () => {
    const failures = fc.oneof(
      fc.constant(lostAnswer),
      fc.integer({ min: 200, max: 599 }).map(broken),
      fc.integer({ min: 500, max: 599 }).map((status) => refused(status)),
    );
    const tries = fc.record({ io: fc.nat(9), token: fc.nat(2), scope: fc.nat(2), object: fc.nat(9) });
    assertProperty(
      fc.property(failures, tries, fc.boolean(), fc.integer(), (failure, counts, lost, leftMs) => {
        const decision = decideRetry({ ...facts, failure, tries: counts, lost, leftMs, repeat: 'never' });
        expect(['fail', 'renewToken']).toContain(decision);
      }),
    );
  });

  it('ends: with all budgets spent nothing is repeated but for a paused label', () => {
    const failures = fc.oneof(
      fc.constant(lostAnswer),
      fc.constant(notSent),
      fc
        .tuple(fc.integer({ min: 300, max: 599 }), fc.integer())
        .map(([status, code]) => refused(status, code)),
    );
    assertProperty(
      fc.property(failures, fc.constantFrom('safe', 'never'), (failure, repeat) => {
        expect(decideRetry({ ...facts, failure, repeat, tries: spent })).toBe('fail');
      }),
    );
  });
});

describe('a failed attempt', () => {
  it.each<[string, Failure]>([
    ['its answer was lost', lostAnswer],
    ['its answer was cut off', broken(200)],
    ['a page came with an error', broken(502)],
    ['Zoom had an outage', refused(503)],
    ['Zoom took too long', refused(408)],
  ])('may have taken effect when %s', (_, failure) => {
    expect(isAmbiguous(failure)).toBe(true);
  });

  it.each<[string, Failure]>([
    ['it was not sent', notSent],
    ['its token was refused', broken(401)],
    ['it came too fast', broken(429)],
    ['Zoom refused it', refused(400, 300)],
    ['we gave up', { type: 'cancelled' }],
  ])('has not taken effect when %s', (_, failure) => {
    expect(isAmbiguous(failure)).toBe(false);
  });
});

describe('the back-off', () => {
  it('is anything from nothing to a bound that doubles, and is capped', () => {
    expect(backoffMs(0, 0)).toBe(0);
    expect(backoffMs(0, 1)).toBe(500);
    expect(backoffMs(3, 0.5)).toBe(2000);
    expect(backoffMs(50, 1)).toBe(20_000);
  });
});
