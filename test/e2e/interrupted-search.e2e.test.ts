import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import { begin, type Listening, listenOn, parseLines, until } from '../support/raw-client.js';
import { fastClock } from '../support/fast-clock.js';
import { startService, type TestService } from '../support/service.js';
import { flowUntil, pass, untilSteady, useVirtualTime } from '../support/virtual-time.js';

const users = 120;
const lines = 'application/x-ndjson';
const search = { objectClass: 'ZoomUser', options: { attributesToGet: ['DEPT'] } };

let service: TestService;
let server: Listening;
beforeEach(async () => {
  const settings = {
    rest: { ioErrorRetries: 1 },
    results: { importBatchSize: 30 },
    simulator: { users },
  };
  service = await startService(settings, { client: { clock: fastClock(100) } });
  server = await listenOn(service);
});
afterEach(async () => {
  await server.close();
  await service.close();
});

async function stream(): Promise<Record<string, unknown>[]> {
  const { answer } = await begin(server.port, '/v1/search', search, lines);
  return parseLines(await text(await answer));
}

const uidsOf = (parsed: Record<string, unknown>[]) =>
  parsed.flatMap(({ object }) => (object === undefined ? [] : [(object as { uid: string }).uid]));

/** Strikes the list of users from its sixth call on, which asks for a page in the middle of the active ones. */
const strike = (action: FaultAction, times: number) =>
  service.simulator.faults.add({ match: { method: 'GET', path: '/users', nth: 6, times }, action });

const staleToken: FaultAction = {
  kind: 'status',
  status: 400,
  body: { code: 300, message: 'The next page token is invalid or expired.' },
};

describe('a listing that is interrupted half-way', () => {
  it.each<[string, FaultAction]>([
    ['a page token that has expired', staleToken],
    ['an access token that has expired', { kind: 'token', state: 'expired' }],
    ['an access token that was revoked', { kind: 'token', state: 'revoked' }],
    ['a dropped connection', { kind: 'drop', when: 'after' }],
    ['half an answer', { kind: 'truncate' }],
    ["a page of Zoom's edge", { kind: 'html', status: 502 }],
    ['a rate limit', { kind: 'rateLimit', limit: 'second' }],
  ])('recovers from %s: everybody is given once', async (_, action) => {
    strike(action, 1);
    const parsed = await stream();
    expect(parsed.at(-1)).toHaveProperty('searchResult');
    expect(new Set(uidsOf(parsed)).size).toBe(users);
    expect(uidsOf(parsed)).toHaveLength(users);
    expect(service.simulator.faults.list()).toMatchObject([{ struck: 1 }]);
  });

  it.each<[string, FaultAction, string]>([
    ['page tokens that always expire', staleToken, 'ConnectorIOException'],
    ['an outage', { kind: 'status', status: 503 }, 'ConnectorIOException'],
    ['a daily limit', { kind: 'rateLimit', limit: 'daily' }, 'RetryableException'],
    [
      'a missing scope',
      {
        kind: 'status',
        status: 400,
        body: { code: 4711, message: 'Invalid access token, does not contain scopes.' },
      },
      'PermissionDeniedException',
    ],
  ])('fails visibly with %s', async (_, action, exception) => {
    strike(action, 10_000);
    const parsed = await stream();
    expect(parsed.at(-1)).toMatchObject({ error: { exception } });
    expect(uidsOf(parsed).length).toBeGreaterThan(0);
    expect(parsed.filter((line) => 'searchResult' in line)).toEqual([]);
    service.simulator.faults.clear();
    strike(action, 10_000);
    const whole = await service.post('search', search);
    expect(whole.status).toBeGreaterThanOrEqual(400);
    expect(whole.body).toMatchObject({ exception });
    expect(whole.body).not.toHaveProperty('results');
  });

  it('goes on with the next page after a page that failed', async () => {
    const page = (cookie: string | null) =>
      service.post('search', {
        ...search,
        options: { ...search.options, pageSize: 80, pagedResultsCookie: cookie },
      });
    const first = (await page(null)).body as { results: { uid: string }[]; pagedResultsCookie: string };
    service.simulator.faults.add({
      match: { method: 'GET', path: '/users' },
      action: { kind: 'status', status: 503 },
    });
    expect((await page(first.pagedResultsCookie)).status).toBeGreaterThanOrEqual(500);
    service.simulator.faults.clear();
    const second = (await page(first.pagedResultsCookie)).body as typeof first;
    const uids = [...first.results, ...second.results].map(({ uid }) => uid);
    expect([new Set(uids).size, second.pagedResultsCookie]).toEqual([users, null]);
  });
});

describe('a caller that goes away', () => {
  useVirtualTime();

  it.each(['application/json', lines])('stops the calls to Zoom: %s', async (accept) => {
    const { simulator } = service;
    simulator.setOptions({ latencyMs: 30 });
    const { sent, answer } = await begin(server.port, '/v1/search', { objectClass: 'ZoomUser' }, accept);
    answer.then((message) => message.on('error', () => undefined)).catch(() => undefined);
    await flowUntil(until(() => simulator.log.total > 12));
    sent.destroy();
    // Calls under way may still arrive. The whole search has a call for each user, and more.
    await untilSteady(() => simulator.log.total);
    await pass(60_000);
    await untilSteady(() => simulator.log.total);
    expect(simulator.log.total).toBeLessThan(users);
  });
});
