import { describe, expect, it } from '@jest/globals';
import { laneLimit, laneOf, sharedWindow } from '../../../../src/zoom/client/pacing/limits.js';
import { rateLesson } from '../../../../src/zoom/client/pacing/rate-answer.js';
import { phoneEndpoints } from '../../../../src/zoom/user/phone/endpoints.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';

const light = { family: 'rest', label: 'light' } as const;
const heavy = { family: 'rest', label: 'heavy' } as const;

describe("Zoom's limits", () => {
  it.each([
    ['business', light, { window: { requests: 80, windowMs: 1_000 } }],
    ['pro', { family: 'rest', label: 'medium' }, { window: { requests: 20, windowMs: 1_000 } }],
    [
      'free',
      light,
      { window: { requests: 4, windowMs: 1_000 }, day: { requests: 6_000, pool: 'rest/light' } },
    ],
    [
      'pro',
      heavy,
      { window: { requests: 10, windowMs: 1_000 }, day: { requests: 30_000, pool: 'rest/heavy' } },
    ],
    [
      'business',
      { family: 'phone', label: 'resourceIntensive' },
      { window: { requests: 10, windowMs: 60_000 }, day: { requests: 30_000, pool: 'phone/heavy' } },
    ],
    ['none', light, undefined],
  ] as const)('%s %o', (plan, lane, limit) => {
    expect(laneLimit(plan, 1, lane)).toEqual(limit);
  });

  it('divides by the share, and makes windows longer where less than one request is left', () => {
    expect(laneLimit('business', 0.5, heavy)).toMatchObject({
      window: { requests: 20 },
      day: { requests: 30_000 },
    });
    expect(sharedWindow({ requests: 10, windowMs: 1_000 }, 0.3)).toEqual({ requests: 3, windowMs: 1_000 });
    expect(sharedWindow({ requests: 1, windowMs: 1_000 }, 0.25)).toEqual({ requests: 1, windowMs: 4_000 });
  });

  it('keeps Zoom Phone apart', () => {
    expect(laneOf(phoneEndpoints.getPhoneUser)).toEqual({ family: 'phone', label: 'light' });
    expect(laneOf({ ...userEndpoints.getUser, api: 'scim' })).toEqual(light);
  });
});

describe('rate limit headers', () => {
  const lesson = (headers: Record<string, string>, share = 1): ReturnType<typeof rateLesson> =>
    rateLesson(light, { status: 200, headers, body: { type: 'empty' } }, share);

  it('teach the real limit of a second when it is a published one', () => {
    const headers = {
      'x-ratelimit-category': 'Light',
      'x-ratelimit-limit': '30',
      'x-ratelimit-remaining': '29',
    };
    expect(lesson(headers)).toEqual({
      window: { requests: 30, windowMs: 1_000 },
      counted: 1,
      dayUsedUp: false,
    });
    expect(lesson(headers, 0.5).window).toEqual({ requests: 15, windowMs: 1_000 });
  });

  it.each([
    ['no headers', {}],
    ['another category', { 'x-ratelimit-category': 'Heavy', 'x-ratelimit-limit': '4' }],
    ['a number nobody published', { 'x-ratelimit-limit': '7', 'x-ratelimit-remaining': '0' }],
    ['a day with something left', { 'x-ratelimit-limit': '6000', 'x-ratelimit-remaining': '5893' }],
  ])('teach nothing: %s', (_, headers) => {
    expect(lesson(headers)).toEqual({ dayUsedUp: false });
  });

  it('tell that the day is used up', () => {
    expect(lesson({ 'x-ratelimit-limit': '6000', 'x-ratelimit-remaining': '0' })).toEqual({
      dayUsedUp: true,
    });
  });
});
