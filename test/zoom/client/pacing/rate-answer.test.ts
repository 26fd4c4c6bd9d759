import { describe, expect, it } from '@jest/globals';
import { type Answer, type LimitHit, readFault } from '../../../../src/zoom/client/errors/answer.js';
import { limitHit, readRetryAfter } from '../../../../src/zoom/client/pacing/rate-answer.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';

const now = Date.parse('2026-08-03T22:00:00Z');
const hour = 3_600_000;
const perSecond = 'You have reached the maximum per-second rate limit for this API. Try again later.';
const daily =
  'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.';
const userDaily =
  'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.';
const concurrent = 'Too many concurrent requests. A request to disassociate this user has already been made.';

function hit(
  message: string,
  headers: Record<string, string> = {},
  endpoint = userEndpoints.getUser,
  dailyLabel = true,
): LimitHit {
  const answer: Answer = { status: 429, headers, body: { type: 'json', value: { code: 429, message } } };
  return limitHit(endpoint, answer, readFault(answer), { dailyLabel, now });
}

describe('429 answers', () => {
  it.each([
    ['per second, by its sentence', hit(perSecond), { limit: 'label' }],
    ['per second, by its header', hit('', { 'x-ratelimit-type': 'QPS' }), { limit: 'label' }],
    [
      'per second, with seconds',
      hit(perSecond, { 'retry-after': '3' }),
      { limit: 'label', retryAfterMs: 3000 },
    ],
    ['nothing at all', hit(''), { limit: 'label' }],
    [
      'daily, only the sentence: until midnight',
      hit(daily),
      { limit: 'day', bySentence: true, retryAfterMs: 2 * hour },
    ],
    [
      'daily, ISO date',
      hit('', { 'x-ratelimit-type': 'Daily-limit', 'retry-after': '2026-08-04T00:00:00Z' }),
      { limit: 'day', retryAfterMs: 2 * hour },
    ],
    [
      'daily, HTTP date',
      hit(daily, { 'retry-after': 'Tue, 04 Aug 2026 00:00:00 GMT' }),
      { limit: 'day', bySentence: true, retryAfterMs: 2 * hour },
    ],
    ['daily for one user', hit(userDaily), { limit: 'objectDay', retryAfterMs: 2 * hour }],
    ['two requests for one user', hit(concurrent), { limit: 'object' }],
    [
      'daily where the label has no day: one call is used up',
      hit(daily, {}, userEndpoints.createUser, false),
      { limit: 'objectDay', retryAfterMs: 2 * hour },
    ],
    [
      'daily for a call with an allowance of its own, whatever the label has',
      hit(daily, { 'x-ratelimit-type': 'Daily-limit' }, userEndpoints.updateUserEmail),
      { limit: 'objectDay', retryAfterMs: 2 * hour },
    ],
    [
      'e-mail changes of one user, text unknown',
      hit('Too many changes.', {}, userEndpoints.updateUserEmail),
      { limit: 'objectDay', retryAfterMs: 2 * hour },
    ],
    ['reads too close, text unknown', hit('Slow down.'), { limit: 'label' }],
    ['the second of an e-mail change', hit(perSecond, {}, userEndpoints.updateUserEmail), { limit: 'label' }],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });

  it.each([
    ['5', 5000],
    ['0.5', 500],
    ['2026-08-03T22:00:10Z', 10_000],
    ['Mon, 03 Aug 2026 22:00:10 GMT', 10_000],
    ['2020-05-31T00:00:00Z', 0],
    ['9'.repeat(400), 24 * hour],
    ['2999-01-01T00:00:00Z', 24 * hour],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('Retry-After %j is %j ms', (text, ms) => {
    expect(readRetryAfter(text, now)).toBe(ms);
  });
});
