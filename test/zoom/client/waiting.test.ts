import { afterEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../src/connector/object-class/call.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fastClock } from '../../support/fast-clock.js';
import { scriptedServer, type ScriptedServer } from '../../support/scripted-server.js';
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
    const seen = new Map<string, number>();
    server = await scriptedServer([
      ({ url }, response) => {
        const attempts = (seen.get(url) ?? 0) + 1;
        seen.set(url, attempts);
        const isRefused = attempts <= 2;
        response.writeHead(isRefused ? 429 : 200, isRefused ? tooFast.headers : {});
        response.end(JSON.stringify(isRefused ? tooFast.json : {}));
      },
    ]);
    client = testClient(server.url, { maxWaitMs: 12_000 }, { clock: fastClock(20) });
    const context = testContext();
    const ids = Array.from({ length: 20 }, (_, index) => `${userId.slice(2)}${10 + index}`);
    const calls = ids.map((id) => client.send({ ...getUser, params: { userId: id } }, context));
    expect(await Promise.all(calls)).toHaveLength(ids.length);
    expect(context.trace.waitedMs).toBeGreaterThan(12_000);
  });
});
