import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Route } from '../../src/simulator/http/route.js';
import { SlidingWindow } from '../../src/simulator/limits/counters.js';
import { routeTable } from '../../src/simulator/routes.js';
import type { World } from '../../src/simulator/world.js';
import { type Harness, startHarness } from './harness.js';
import { assertProperty } from '../support/assert-property.js';

describe('Rate limits', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  const statuses = async (route: string, count: number): Promise<number[]> => {
    const result = [];
    for (let index = 0; index < count; index += 1) result.push((await harness.call(route)).status);
    return result;
  };
  const accepted = async (route: string, count: number): Promise<number> =>
    (await statuses(route, count)).filter((status) => status !== 429).length;

  it.each([
    ['free', 'GET /users/me', 4],
    ['free', 'GET /users', 2],
    ['pro', 'GET /users/me', 30],
    ['pro', 'GET /users', 20],
    ['business', 'GET /users/me', 80],
    ['business', 'GET /users', 60],
    ['none', 'GET /users', 100],
  ] as const)('of plan %s let %s through %s times a second', async (plan, route, calls) => {
    harness = await startHarness({ plan });
    expect(await accepted(route, 100)).toBe(calls);
    harness.sim.clock.advance(1000);
    expect((await statuses(route, 1))[0]).toBe(200);
  });

  it('hold over any second, not only over calendar seconds', async () => {
    harness = await startHarness({ plan: 'free' });
    harness.sim.clock.advance(900);
    expect(await accepted('GET /users/me', 2)).toBe(2);
    harness.sim.clock.advance(600);
    expect(await accepted('GET /users/me', 5)).toBe(2);
    harness.sim.clock.advance(400);
    expect(await accepted('GET /users/me', 5)).toBe(2);
  });

  it('are the same for every window, wherever it is placed', () => {
    assertProperty(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (pauses) => {
        const window = new SlidingWindow(5, 1000);
        const times: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          if (!window.hasRoom(now)) continue;
          window.add(now);
          times.push(now);
        }
        return times.every(
          (start) => times.filter((time) => time >= start && time < start + 1000).length <= 5,
        );
      }),
    );
  });

  it('share one bucket among calls with the same label, and answer in words and headers', async () => {
    harness = await startHarness({ plan: 'free' });
    await statuses('GET /users', 1);
    const second = await harness.call('GET /groups');
    expect(second.headers.get('x-ratelimit-category')).toBe('Medium');
    expect(second.headers.get('x-ratelimit-remaining')).toBe('0');
    const { status, body, headers } = await harness.call('GET /users');
    expect([status, body]).toEqual([
      429,
      {
        code: 429,
        message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
      },
    ]);
    expect(headers.get('x-ratelimit-type')).toBe('QPS');
    expect(headers.get('x-ratelimit-limit')).toBe('2');
    expect(headers.get('retry-after')).toBeNull();
  });

  it('say nothing in headers when those are off', async () => {
    harness = await startHarness({ plan: 'free', rateLimitHeaders: false });
    await statuses('GET /users', 2);
    const { status, headers } = await harness.call('GET /users');
    expect(status).toBe(429);
    expect([...headers.keys()].filter((name) => name.startsWith('x-ratelimit'))).toEqual([]);
  });

  it('count days in UTC and name the next midnight', async () => {
    harness = await startHarness({ plan: 'free', tokenLifeSeconds: 1_000_000 });
    const world = harness.sim.state as World;
    const [listUsers] = routeTable as [Route];
    for (let index = 0; index < 2000; index += 1) {
      world.limiter.admit(world, listUsers);
      harness.sim.clock.advance(500);
    }
    const { body, headers } = await harness.call('GET /users');
    expect(body['message']).toContain('maximum daily rate limit');
    expect(headers.get('x-ratelimit-type')).toBe('Daily-limit');
    expect(headers.get('retry-after')).toBe('2026-01-16T00:00:00Z');
    harness.sim.clock.advance(12 * 3_600_000);
    expect((await harness.call('GET /users')).status).toBe(200);
  });

  it('allow a free account 50 invitations a day', async () => {
    harness = await startHarness({ plan: 'free' });
    const invite = async (index: number): Promise<number> => {
      harness.sim.clock.advance(1000);
      const info = { email: `invited${index}@example.com`, type: 1 };
      return (await harness.call('POST /users', { action: 'create', user_info: info })).status;
    };
    for (let index = 0; index < 50; index += 1) expect(await invite(index)).toBe(201);
    expect(await invite(50)).toBe(429);
  });

  it('allow 100 new groups a day', async () => {
    harness = await startHarness({ plan: 'business' });
    const add = (name: string): ReturnType<Harness['call']> => {
      harness.sim.clock.advance(1000);
      return harness.call('POST /groups', { name });
    };
    for (let index = 0; index < 100; index += 1) expect((await add(`New ${index}`)).status).toBe(201);
    expect((await add('One more')).body['message']).toBe('It has reached the maximum number of groups.');
  });

  it('do not count calls without a valid token', async () => {
    harness = await startHarness({ plan: 'free' });
    for (let index = 0; index < 5; index += 1) await fetch(`${harness.url}/v2/users`);
    expect((await harness.call('GET /users')).status).toBe(200);
  });
});
