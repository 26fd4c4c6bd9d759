import { afterEach, describe, expect, it } from '@jest/globals';
import { createSimulator } from '../../src/simulator/simulator.js';
import { until } from '../support/raw-client.js';
import { pass, pendingTimers, useVirtualTime } from '../support/virtual-time.js';
import { type Harness, request, startHarness } from './harness.js';

useVirtualTime();

describe('The server', () => {
  let harness: Harness;
  afterEach(() => harness.stop());

  it('accepts a trailing slash and sends a tracking id', async () => {
    harness = await startHarness();
    const answer = await harness.call('GET /groups/');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-zm-trackingid')).toMatch(/^v=2\.0;clid=us04;rid=WEB_[0-9a-f]{32}$/);
  });

  it('does not know other paths', async () => {
    harness = await startHarness();
    const answer = await harness.call('GET /nothing');
    expect([answer.status, answer.body]).toEqual([
      400,
      { code: 2300, message: 'This API endpoint is not recognized.' },
    ]);
    harness.sim.setOptions({ unknownPathStatus: 404 });
    expect((await harness.call('DELETE /users')).status).toBe(404);
  });

  it('measures how many calls run at once', async () => {
    harness = await startHarness();
    const bearer = await harness.token();
    harness.sim.setOptions({ latencyMs: { min: 700, max: 800 } });
    const calls = Array.from({ length: 8 }, () => request(harness.url, 'GET /users', { bearer }));
    await until(() => pendingTimers() === 8);
    await pass(800);
    await Promise.all(calls);
    expect(harness.sim.log.peak).toBe(8);
    expect(harness.sim.requests.map((entry) => entry.concurrent)).toContain(8);
  });

  it('refuses writes when the installing admin may not make them', async () => {
    harness = await startHarness({ adminPermissions: false });
    expect((await harness.call('PATCH /users/me', { dept: 'x' })).body['code']).toBe(200);
    expect((await harness.call('GET /users/me')).status).toBe(200);
  });

  it('gives the same answers to the same calls', async () => {
    const run = async (): Promise<string[]> => {
      harness = await startHarness();
      const user = { action: 'ssoCreate', user_info: { email: 'new@example.com', type: 2 } };
      const answers = [
        await harness.call('GET /users?page_size=10'),
        await harness.call('POST /users', user),
        await harness.call('GET /users/new@example.com'),
        await harness.call('GET /phone/users'),
      ];
      const token = await harness.token();
      await harness.stop();
      return [token, ...answers.map((answer) => answer.text)];
    };
    expect(await run()).toEqual(await run());
  });

  it('can run beside others, on any port', async () => {
    harness = await startHarness();
    const other = createSimulator({ users: 3, groups: 0 });
    const { url } = await other.listen({ host: '127.0.0.1', port: 0 });
    expect(url).not.toBe(harness.url);
    await other.close();
    await expect(fetch(url)).rejects.toThrow();
  });
});
