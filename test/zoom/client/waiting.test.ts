import { afterEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../src/connector/call.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { userEndpoints } from '../../../src/zoom/endpoints/users.js';
import { fastClock } from '../../support/fast-clock.js';
import { scriptedServer, type ScriptedAnswer, type ScriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const userId = 'KDcuGIm1QgePTO8WbOqwIQ';
const getUser: Call = { endpoint: userEndpoints.getUser, params: { userId }, why: 'test' };
const tooFast = {
  status: 429,
  headers: { 'Retry-After': '1' },
  json: { code: 429, message: 'You have reached the maximum per-second rate limit for this API.' },
};

let server: ScriptedServer;
let client: ZoomClient;

afterEach(async () => {
  await client.close();
  await server.close();
});

describe('waiting for rate limits', () => {
  it('goes by the code where the status is another one', async () => {
    server = await scriptedServer([{ ...tooFast, status: 400 }, { json: { id: userId } }]);
    client = testClient(server.url, {}, { clock: fastClock(100) });
    expect(await client.send(getUser, testContext())).toEqual({ id: userId });
  });

  it('counts for each call by itself, whatever the others of its operation wait', async () => {
    const calls = 10;
    const script = [...Array.from({ length: 2 * calls }, () => tooFast), { json: { id: userId } }];
    server = await scriptedServer(script);
    client = testClient(server.url, { maxWaitMs: 6_000 }, { clock: fastClock(100) });
    const context = testContext();
    const answers = Array.from({ length: calls }, () => client.send(getUser, context));
    expect(await Promise.all(answers)).toHaveLength(calls);
    expect(context.trace.waitedMs).toBeGreaterThan(6_000);
  });
});
