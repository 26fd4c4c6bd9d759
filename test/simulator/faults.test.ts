import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/raw-client.js';
import { pass, pendingTimers, useVirtualTime } from '../support/virtual-time.js';
import { type Harness, startHarness } from './harness.js';

useVirtualTime();

describe('Faults', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  it('strike the n-th call of a pattern', async () => {
    harness = await startHarness();
    harness.sim.faults.add({
      match: { method: 'GET', path: '/users/{userId}', nth: 2 },
      action: { kind: 'status', status: 503, body: { code: 503 } },
    });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await harness.call('GET /users/me')).status);
    expect(statuses).toEqual([200, 503, 200]);
    expect((await harness.call('GET /users')).status).toBe(200);
  });

  it('strike a number of calls whose path fits a glob', async () => {
    harness = await startHarness();
    harness.sim.faults.add({ match: { path: '/users/**', times: 1 }, action: { kind: 'html', status: 502 } });
    const answer = await harness.call('GET /users/me/token');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('<html>');
    expect((await harness.call('GET /users/me/token')).status).toBe(200);
  });

  it('strike at random, the same way for the same seed', async () => {
    const run = async (): Promise<number[]> => {
      harness = await startHarness();
      harness.sim.faults.add({ match: { probability: 0.5 }, action: { kind: 'status', status: 500 } });
      await harness.token();
      const statuses = [];
      for (let index = 0; index < 12; index += 1) statuses.push((await harness.call('GET /users')).status);
      await harness.stop();
      return statuses;
    };
    const statuses = await run();
    expect(new Set(statuses).size).toBeGreaterThan(1);
    expect(await run()).toEqual(statuses);
  });

  it.each(['before', 'after'] as const)('drop the connection %s processing', async (when) => {
    harness = await startHarness();
    await harness.call('GET /groups');
    harness.sim.faults.add({ match: { path: '/groups', times: 1 }, action: { kind: 'drop', when } });
    await expect(harness.call('POST /groups', { name: 'Dropped' })).rejects.toThrow();
    expect(harness.sim.state.groups.byName('Dropped') !== undefined).toBe(when === 'after');
    expect(harness.sim.requests.at(-1)).toMatchObject({
      status: 0,
      fault: 'fault-1',
      body: { name: 'Dropped' },
    });
  });

  it('delay, cut off and spoil tokens', async () => {
    harness = await startHarness();
    await harness.call('GET /users');
    harness.sim.faults.add({ match: { times: 1 }, action: { kind: 'delay', ms: 60 } });
    const delayed = harness.call('GET /users');
    await until(() => pendingTimers() === 1);
    const [request] = harness.sim.requests.slice(-1);
    await pass(59);
    expect(request?.status).toBe(0);
    await pass(1);
    expect((await delayed).status).toBe(200);
    harness.sim.faults.add({ match: { times: 1 }, action: { kind: 'truncate' } });
    const cut = await harness.call('GET /users');
    expect(cut.status).toBe(200);
    expect(() => JSON.parse(cut.text) as unknown).toThrow(SyntaxError);
    harness.sim.faults.add({ match: { times: 1 }, action: { kind: 'token', state: 'expired' } });
    expect((await harness.call('GET /users')).body).toEqual({
      code: 124,
      message: 'Access token is expired.',
    });
  });

  it.each([
    ['iso', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
    ['http', /GMT$/],
    ['seconds', /^\d+$/],
  ] as const)('answer 429 with Retry-After as %s', async (retryAfter, form) => {
    harness = await startHarness();
    harness.sim.faults.add({ action: { kind: 'rateLimit', limit: 'daily', retryAfter } });
    const answer = await fetch(`${harness.url}/v2/users`);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toMatch(form);
    expect(answer.headers.get('x-ratelimit-type')).toBe('Daily-limit');
  });

  it('answer 429 with nothing but a sentence', async () => {
    harness = await startHarness({ rateLimitHeaders: false });
    harness.sim.faults.add({ action: { kind: 'rateLimit', limit: 'second' } });
    const answer = await fetch(`${harness.url}/v2/users`);
    expect(answer.headers.get('retry-after') ?? answer.headers.get('x-ratelimit-type')).toBeNull();
    expect(await answer.json()).toMatchObject({ code: 429, message: expect.stringContaining('per-second') });
  });

  it('come from the options and strike the token endpoint too', async () => {
    harness = await startHarness({
      faults: [{ match: { path: '/oauth/token' }, action: { kind: 'status', status: 500, body: 'down' } }],
    });
    const answer = await fetch(`${harness.url}/oauth/token`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([500, 'down']);
  });
});
