import { afterEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../src/connector/object-class/call.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { GuardedString } from '../../../src/connid/guarded-string.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { membershipEndpoints, userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { scriptedServer, type ScriptedAnswer, type ScriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/raw-client.js';
import { flowUntil, pass, useVirtualTime } from '../../support/virtual-time.js';
import { testClient, testContext } from '../../support/zoom-client.js';
import { canary } from '../../support/canary.js';

const userId = 'KDcuGIm1QgePTO8WbOqwIQ';
const getUser: Call = { endpoint: userEndpoints.getUser, params: { userId }, why: 'test' };
const updateUser: Call = { ...getUser, endpoint: userEndpoints.updateUser, body: { dept: 'R&D' } };

let server: ScriptedServer;
let client: ZoomClient;

async function start(script: ScriptedAnswer[], tokens: ScriptedAnswer[] = []): Promise<void> {
  server = await scriptedServer(script, tokens);
  client = testClient(server.url);
}

afterEach(async () => {
  await client.close();
  await server.close();
});

describe('the Zoom client', () => {
  it('sends token, method, path and body, and reads the answer without losing digits', async () => {
    await start([{ status: 201, text: '{"id":"x","zoom_one_type":576460752303423488}' }]);
    const body = { user_info: { password: new GuardedString('p4ss'), zoom_one_type: 576460752303423488n } };
    const context = testContext();
    const answer = await client.send({ endpoint: userEndpoints.createUser, body, why: 'test' }, context);
    expect(answer).toEqual({ id: 'x', zoom_one_type: 576460752303423488n });
    expect(server.calls).toMatchObject([
      {
        method: 'POST',
        url: '/v2/users',
        headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
        body: '{"user_info":{"password":"p4ss","zoom_one_type":576460752303423488}}',
      },
    ]);
    expect(context.trace.calls).toBe(1);
  });

  it('asks for the token with a form body and basic credentials, once for many callers', async () => {
    await start([{ json: { id: userId } }], [{ json: { access_token: 't', expires_in: 3600 } }]);
    await Promise.all(Array.from({ length: 50 }, () => client.send(getUser, testContext())));
    const tokens = server.seen.filter(({ url }) => url === '/oauth/token');
    expect(tokens).toHaveLength(1);
    expect(tokens).toMatchObject([
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`client-id:${canary.clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=account_credentials&account_id=q6gBJVO5TzexKYTb_I2rpg',
      },
    ]);
  });

  it.each([401, 400])('replaces a token that Zoom refuses with %i and code 124, once', async (status) => {
    const refusal = { status, json: { code: 124, message: 'Invalid access token.' } };
    await start([refusal, { json: { id: userId } }]);
    const context = testContext();
    expect(await client.send(getUser, context)).toEqual({ id: userId });
    expect(server.calls.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(context.trace.calls).toBe(2);
  });

  it('makes one token call when fifty concurrent requests are refused with the same token', async () => {
    const answer: ScriptedAnswer = (request, response) => {
      const fresh = request.headers.authorization === 'Bearer token-2';
      response.writeHead(fresh ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(fresh ? { id: userId } : { code: 124, message: 'Access token is expired.' }),
      );
    };
    await start([answer]);
    await Promise.all(Array.from({ length: 50 }, () => client.send(getUser, testContext())));
    expect(server.seen.filter(({ url }) => url === '/oauth/token')).toHaveLength(2);
  });

  it('gives up on a token that is refused twice', async () => {
    await start([{ status: 401, json: { code: 124, message: 'Invalid access token.' } }]);
    await expect(client.send(getUser, testContext())).rejects.toMatchObject({ kind: 'connectionFailed' });
    expect(server.calls).toHaveLength(2);
  });

  it('answers undefined for an empty answer to a change', async () => {
    await start([{ status: 204 }]);
    expect(await client.send(updateUser, testContext())).toBeUndefined();
  });

  it('takes settled codes for success', async () => {
    await start([{ status: 404, json: { code: 4131, message: 'Group member does not exist.' } }]);
    const params = { groupId: userId, memberId: userId };
    const call: Call = {
      endpoint: membershipEndpoints.removeGroupMember,
      params,
      why: 'test',
      settledBy: [4131],
    };
    expect(await client.send(call, testContext())).toBeUndefined();
  });

  it('takes a 2xx with code and message for an error', async () => {
    await start([{ json: { code: 200, message: 'Only available for Paid account.' } }]);
    await expect(client.send(updateUser, testContext())).rejects.toMatchObject({
      kind: 'permissionDenied',
      details: { upstream: { status: 200, code: 200, message: 'Only available for Paid account.' } },
    });
  });

  it('takes the answer about another object for an unknown uid', async () => {
    await start([{ json: { id: 'AAAAAAAAAAAAAAAAAAAAAA' } }]);
    await expect(client.send(getUser, testContext())).rejects.toMatchObject({ kind: 'unknownUid' });
    const byAddress = { ...getUser, params: { userId: 'jill@example.com' } };
    expect(await client.send(byAddress, testContext())).toEqual({ id: 'AAAAAAAAAAAAAAAAAAAAAA' });
  });

  it('sends nothing for a uid that can be none', async () => {
    await start([]);
    await expect(client.send({ ...getUser, params: { userId: 'me' } }, testContext())).rejects.toMatchObject({
      kind: 'unknownUid',
    });
    expect(server.seen).toHaveLength(0);
  });

  it.each(['', '<html>Found</html>'])('does not follow redirects, nor repeat them (%j)', async (text) => {
    await start([{ status: 302, text, headers: { location: 'http://127.0.0.1:1/elsewhere' } }]);
    await expect(client.send(getUser, testContext())).rejects.toMatchObject({ kind: 'configuration' });
    expect(server.calls).toHaveLength(1);
  });

  it('stops when the caller goes away, and tells a deadline from a caller', async () => {
    const [gone, late] = [new AbortController(), new AbortController()];
    await start([() => gone.abort(), () => late.abort(new DOMException('late', 'TimeoutError'))]);
    await expect(client.send(getUser, testContext(gone.signal))).rejects.toMatchObject({
      kind: 'connectionBroken',
    });
    await expect(client.send(getUser, testContext(late.signal))).rejects.toMatchObject({
      kind: 'timeout',
    });
    const reason = new ConnectorError('timeout', 'ours');
    await expect(client.send(getUser, testContext(AbortSignal.abort(reason)))).rejects.toBe(reason);
  });

  it('repeats a read after a time-out, a dropped connection and a page of HTML', async () => {
    const drop: ScriptedAnswer = (_, response) => response.destroy();
    await start([
      drop,
      { status: 502, text: '<html>' },
      { status: 200, text: '{"id":' },
      { json: { id: userId } },
    ]);
    const context = testContext();
    expect(await client.send(getUser, context)).toEqual({ id: userId });
    expect(context.trace.calls).toBe(4);
  });

  it('reads the scopes of a token and the state of the target', async () => {
    await start([{ json: { id: userId } }]);
    expect(client.state()).toEqual({ reachable: 'unknown' });
    expect(await client.freshScopes(testContext())).toEqual(['user:read:admin', 'group:read:admin']);
    await client.send(getUser, testContext());
    expect(client.state()).toMatchObject({ reachable: true });
  });

  it('says what to correct when Zoom is not there', async () => {
    await start([]);
    const lost = testClient('http://127.0.0.1:1', { ioErrorRetries: 0 });
    const failure = await lost.send(getUser, testContext()).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: 'connectionFailed',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(lost.state()).toMatchObject({ reachable: false });
  });

  it('goes through a proxy when one is configured', async () => {
    const answer: ScriptedAnswer = (request, response) => {
      const isToken = request.url.endsWith('/oauth/token');
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isToken ? { access_token: 't', expires_in: 3600 } : { id: userId }));
    };
    await start([answer]);
    const { host } = new URL(server.url);
    const behind = testClient('http://127.0.0.1:1', { proxy: `http://proxy-user:proxy-pass@${host}` });
    expect(await behind.send(getUser, testContext())).toEqual({ id: userId });
    expect(server.seen.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:1/oauth/token',
      `http://127.0.0.1:1/v2/users/${userId}`,
    ]);
    const credentials = Buffer.from('proxy-user:proxy-pass').toString('base64');
    expect(server.seen[1]?.headers['proxy-authorization']).toBe(`Basic ${credentials}`);
    await behind.close();
  });

  it('uses the SCIM token for SCIM alone, and never renews it', async () => {
    await start([{ status: 401, json: { code: 124, message: 'Invalid access token.' } }]);
    const scim = testClient(server.url, { scimBearerToken: new GuardedString('scim-token') });
    const call: Call = {
      ...getUser,
      endpoint: { ...userEndpoints.getUser, api: 'scim', path: '/Users/{userId}' },
    };
    await expect(scim.send(call, testContext())).rejects.toMatchObject({ kind: 'connectionFailed' });
    expect(server.seen).toMatchObject([
      { url: `/scim2/Users/${userId}`, headers: { authorization: 'Bearer scim-token' } },
    ]);
    await scim.close();
  });
});

describe('a request that takes too long', () => {
  useVirtualTime();

  it('is ended, repeated and named', async () => {
    await start([() => undefined]);
    const impatient = testClient(server.url, { requestTimeoutMs: 20_000, ioErrorRetries: 1 });
    const outcome = impatient.send(getUser, testContext()).catch((error: unknown) => error);
    for (const calls of [1, 2]) {
      await flowUntil(until(() => server.calls.length === calls));
      await pass(20_000);
    }
    expect(await outcome).toMatchObject({
      kind: 'connectionBroken',
      message: 'The connection to Zoom failed during getUser (timeout).',
    });
    expect(server.calls).toHaveLength(2);
    await impatient.close();
  });
});
