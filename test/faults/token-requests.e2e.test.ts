import { expect, it } from '@jest/globals';
import type { FaultAction } from '../../src/simulator/faults/fault.js';
import { fastClock } from '../support/fast-clock.js';
import { startService } from '../support/service.js';
import { setUpFaults } from './run-case.js';

const match = { method: 'POST', path: '/oauth/token' };
const wrongClient = { reason: 'Invalid client_id or client_secret', error: 'invalid_client' };
const wrongAccount = { reason: 'Bad Request', error: 'invalid_request' };
const disabledApp = { reason: 'The app has been disabled', error: 'invalid_request' };

const passing: readonly [string, FaultAction][] = [
  ['503', { kind: 'status', status: 503 }],
  ['HTML', { kind: 'html', status: 502 }],
  ['a dropped connection', { kind: 'drop', when: 'before' }],
  ['a lost answer', { kind: 'drop', when: 'after' }],
  ['JSON cut short', { kind: 'truncate' }],
];

it.each(passing)('%s instead of a token is made good', async (_, action) => {
  const { service } = await setUpFaults();
  service.simulator.faults.add({ match: { ...match, nth: 1 }, action });
  expect((await service.post('test')).status).toBe(200);
  expect(service.simulator.requests.filter(({ family }) => family === 'oauth')).toHaveLength(2);
  await service.close();
});

it.each(passing)('%s instead of every token ends the operation', async (_, action) => {
  const { service } = await setUpFaults();
  service.simulator.faults.add({ match, action });
  const answer = await service.post('test');
  expect(answer.status).toBe(502);
  expect(service.calls()).toEqual([]);
  await service.close();
});

it.each<[string, FaultAction]>([
  ['an answer', { kind: 'status', status: 429, headers: { 'Retry-After': '30' } }],
  ['a page', { kind: 'html', status: 429 }],
])(
  'after %s that says "too many" the client asks for no token before the time is over',
  async (_, action) => {
    const clock = fastClock(1000);
    const service = await startService({}, { client: { clock } });
    service.simulator.faults.add({ match: { ...match, nth: 1 }, action });
    const [first, second] = [await service.post('test'), await service.post('test')];
    expect(first.body).toMatchObject({ status: 503, exception: 'RetryableException' });
    expect(second.body).toEqual({ ...(first.body as object), requestId: expect.any(String) as unknown });
    expect(service.simulator.requests).toHaveLength(1);
    clock.skip(30_000);
    expect((await service.post('test')).status).toBe(200);
    await service.close();
  },
);

it('a day that Zoom names is not waited out: a minute later a token is asked for', async () => {
  const clock = fastClock(1000);
  const service = await startService({}, { client: { clock } });
  const action = { kind: 'status', status: 429, headers: { 'Retry-After': '86400' } } as const;
  service.simulator.faults.add({ match: { ...match, nth: 1 }, action });
  expect((await service.post('test')).body).toMatchObject({ status: 503, retryAfter: 86_400 });
  clock.skip(59_000);
  expect((await service.post('test')).body).toMatchObject({ status: 503, retryAfter: 86_341 });
  clock.skip(1_000);
  expect((await service.post('test')).status).toBe(200);
  await service.close();
});

it.each([
  ['a wrong secret', wrongClient, 'clientSecret'],
  ['a wrong account', wrongAccount, 'custom.accountId'],
  ['an app that is switched off', disabledApp, 'activate'],
])('%s is answered with the setting to correct, without a second try', async (_, body, hint) => {
  const { service } = await setUpFaults();
  service.simulator.faults.add({ match, action: { kind: 'status', status: 400, body } });
  const answer = await service.post('create', {
    objectClass: 'ZoomUser',
    attributes: { __NAME__: 'jill@example.com' },
  });
  expect(answer.status).toBe(502);
  expect(answer.body).toMatchObject({
    exception: 'ConnectionFailedException',
    hint: expect.stringContaining(hint) as unknown,
  });
  const { text } = await service.get('/metrics');
  expect(text).toContain('zoom_connector_tokens_fetched_total{outcome="failed"} 1');
  expect(service.simulator.requests).toHaveLength(1);
  await service.close();
});
