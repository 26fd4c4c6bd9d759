import { afterEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import type { Call } from '../../../src/connector/object-class/call.js';
import type { ClientDependencies, ZoomClientOptions } from '../../../src/zoom/client/options.js';
import type { ZoomClient } from '../../../src/zoom/client/zoom-client.js';
import { systemClock } from '../../../src/zoom/kit/clock.js';
import { userEndpoints } from '../../../src/zoom/user/endpoints.js';
import { fakeClock } from '../../support/fake-clock.js';
import { fastClock } from '../../support/fast-clock.js';
import { scriptedServer, type ScriptedAnswer, type ScriptedServer } from '../../support/scripted-server.js';
import { testClient, testContext } from '../../support/zoom-client.js';

const userId = 'KDcuGIm1QgePTO8WbOqwIQ';
const params = { userId };
const byAddress: Call = {
  endpoint: userEndpoints.getUser,
  params: { userId: 'jill@example.com' },
  why: 'look',
};
const createUser: Call = {
  endpoint: userEndpoints.createUser,
  body: { action: 'create', user_info: { email: 'jill@example.com', type: 1 } },
  why: 'create',
  lookFirst: (session) => session.send(byAddress),
};
const deleteUser: Call = { endpoint: userEndpoints.deleteUser, params, why: 'delete' };
const setPassword: Call = {
  endpoint: userEndpoints.updateUserPassword,
  params,
  body: { password: 'x' },
  why: 'password',
};

const drop = (_: unknown, response: ServerResponse): void => void response.destroy();
const absent: ScriptedAnswer = { status: 404, json: { code: 1001, message: 'User does not exist: x.' } };
const present: ScriptedAnswer = { json: { id: userId, email: 'jill@example.com' } };
const perSecond = 'You have reached the maximum per-second rate limit for this API. Try again later.';

let server: ScriptedServer;
let client: ZoomClient;

async function start(
  script: ScriptedAnswer[],
  changes: Partial<ZoomClientOptions> = {},
  deps: Partial<ClientDependencies> = {},
): Promise<void> {
  server = await scriptedServer(script);
  client = testClient(server.url, changes, deps);
}
const methods = (): string[] => server.calls.map(({ method }) => method);

afterEach(async () => {
  await client.close();
  await server.close();
});

describe('repetition', () => {
  it('repeats a call although the computer sets its clock meanwhile', async () => {
    const setTo = (ms: number) => (_: unknown, response: ServerResponse) => {
      offset = ms;
      response.destroy();
    };
    let offset = 0;
    const clock = { ...systemClock, now: () => systemClock.now() + offset };
    await start([setTo(86_400_000), setTo(-86_400_000), present], {}, { clock });
    expect(await client.send(byAddress, testContext())).toMatchObject({ id: userId });
  });

  it('comes at once the first time after a dropped connection, and after a pause from then on', async () => {
    const waits: number[] = [];
    const clock = { ...fastClock(2000), sleep: (ms: number) => Promise.resolve(void waits.push(ms)) };
    const outage: ScriptedAnswer = { status: 503, json: { message: 'Busy.' } };
    await start([drop, drop, drop, present, outage, present], {}, { clock, random: () => 1 });
    await client.send(byAddress, testContext());
    expect(waits).toEqual([0, 1_000, 2_000]);
    await client.send(byAddress, testContext());
    expect(waits.slice(3)).toEqual([500]);
  });

  it('finds the user that a create with a lost answer has made, and sends no second create', async () => {
    await start([drop, present]);
    expect(await client.send(createUser, testContext())).toEqual({ id: userId, email: 'jill@example.com' });
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('repeats a create whose look-up finds nobody', async () => {
    await start([drop, absent, { status: 201, json: { id: 'new' } }]);
    expect(await client.send(createUser, testContext())).toEqual({ id: 'new' });
    expect(methods()).toEqual(['POST', 'GET', 'POST']);
  });

  it('looks again when the repetition collides with the lost one', async () => {
    await start([drop, absent, { status: 409, json: { code: 1005, message: 'used' } }, present]);
    expect(await client.send(createUser, testContext())).toMatchObject({ id: userId });
    expect(methods()).toEqual(['POST', 'GET', 'POST', 'GET']);
  });

  it('looks also after the last attempt', async () => {
    await start([drop, present], { ioErrorRetries: 0 });
    expect(await client.send(createUser, testContext())).toMatchObject({ id: userId });
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('stops after the configured number of repetitions although nothing has happened', async () => {
    await start([drop, absent, drop, absent], { ioErrorRetries: 1 });
    await expect(client.send(createUser, testContext())).rejects.toMatchObject({ kind: 'connectionBroken' });
    expect(methods()).toEqual(['POST', 'GET', 'POST', 'GET']);
  });

  it('does not take a collision for the outcome while nobody knows what it collides with', async () => {
    await start([drop, absent, { status: 409, json: { code: 1005, message: 'used' } }, { status: 403 }]);
    await expect(client.send(createUser, testContext())).rejects.toMatchObject({
      kind: 'connectionBroken',
      message: expect.stringContaining('It is unknown whether the change took effect.') as unknown,
    });
  });

  it('knows after a refused repetition and a look that nothing has happened', async () => {
    const refusal = { status: 400, json: { code: 1116, message: 'domain' } };
    await start([drop, absent, refusal, absent]);
    await expect(client.send(createUser, testContext())).rejects.toMatchObject({
      kind: 'permissionDenied',
      message: expect.not.stringContaining('unknown') as unknown,
    });
  });

  it('says that the outcome is unknown when the look-up fails too', async () => {
    await start([drop, { status: 403, json: { code: 98765, message: 'no' } }]);
    await expect(client.send(createUser, testContext())).rejects.toMatchObject({
      kind: 'connectionBroken',
      message: expect.stringContaining('It is unknown whether the change took effect.') as unknown,
    });
    expect(methods()).toEqual(['POST', 'GET']);
  });

  it('does not repeat a create for which no look-up is given', async () => {
    await start([{ status: 503 }]);
    const { endpoint, body, why } = createUser;
    await expect(client.send({ endpoint, body: body ?? {}, why }, testContext())).rejects.toMatchObject({
      kind: 'connectorIO',
    });
    expect(methods()).toEqual(['POST']);
  });

  it('takes a deletion for done when its answer was lost and the object is gone', async () => {
    await start([drop, absent]);
    expect(await client.send(deleteUser, testContext())).toBeUndefined();
    expect(methods()).toEqual(['DELETE', 'DELETE']);
  });

  it('reports the deletion of what was not there', async () => {
    await start([absent]);
    await expect(client.send(deleteUser, testContext())).rejects.toMatchObject({ kind: 'unknownUid' });
  });

  it('never repeats a password change that may have happened, and says so', async () => {
    await start([drop]);
    await expect(client.send(setPassword, testContext())).rejects.toMatchObject({
      kind: 'connectionBroken',
      message: expect.stringContaining('unknown whether the change took effect') as unknown,
    });
    expect(methods()).toEqual(['PUT']);
  });

  it('repeats a password change that was refused for its token', async () => {
    await start([{ status: 401, json: { code: 124, message: 'Invalid access token.' } }, { status: 204 }]);
    expect(await client.send(setPassword, testContext())).toBeUndefined();
  });

  it('stops after the configured number of repetitions', async () => {
    await start([{ status: 500 }], { ioErrorRetries: 2 });
    await expect(client.send(deleteUser, testContext())).rejects.toMatchObject({ kind: 'connectorIO' });
    expect(server.calls).toHaveLength(3);
  });

  it('sends the same body again', async () => {
    await start([{ status: 502, text: '<html>' }, { status: 204 }]);
    await client.send(
      { ...deleteUser, endpoint: userEndpoints.updateUser, body: { zoom_one_type: 2n ** 59n } },
      testContext(),
    );
    const bodies = server.calls.map(({ body }) => body);
    expect(bodies).toEqual(['{"zoom_one_type":576460752303423488}', '{"zoom_one_type":576460752303423488}']);
    expect(server.calls[1]?.headers['content-type']).toBe('application/json');
  });

  it('waits out a second that is used up, for any call', async () => {
    const busy = { status: 429, json: { code: 429, message: perSecond }, headers: { 'Retry-After': '3' } };
    await start([busy, { status: 204 }], {}, { clock: fastClock(100) });
    const context = testContext();
    expect(await client.send(setPassword, context)).toBeUndefined();
    expect(context.trace.calls).toBe(2);
    expect(context.trace.waitedMs).toBeGreaterThanOrEqual(3_000);
  });

  it.each(['1000000000000', '2999-01-01T00:00:00Z', 'Tue, 01 Jan 2999 00:00:00 GMT'])(
    'heeds the Retry-After %s for a minute, then tries again',
    async (retryAfter) => {
      const busy = { status: 429, headers: { 'Retry-After': retryAfter } };
      await start([busy, { status: 204 }], { maxWaitMs: 61_000 }, { clock: fastClock(1e6) });
      const context = testContext();
      await client.send(deleteUser, context);
      expect(context.trace).toMatchObject({ calls: 2, waitedMs: 60_000 });
    },
  );

  it('heeds it for a minute as well where another request on the user is running', async () => {
    const message =
      'Too many concurrent requests. A request to disassociate this user has already been made.';
    const busy = { status: 429, json: { code: 429, message }, headers: { 'Retry-After': '1000000000000' } };
    const clock = fastClock(1e6);
    await start([busy, { status: 204 }], {}, { clock });
    await client.send(deleteUser, testContext());
    expect(clock.monotonic?.()).toBe(60_000);
  });

  it('sends no call between a 429 and the pause that it causes', async () => {
    const busy = { status: 429, headers: { 'Retry-After': '5' } };
    await start([busy, { status: 204 }], { maxConcurrency: 1, maxWaitMs: 60_000 }, { clock: fastClock(100) });
    const contexts = Array.from({ length: 5 }, () => testContext());
    await Promise.all(contexts.map((context) => client.send(deleteUser, context)));
    expect(Math.min(...contexts.map(({ trace }) => trace.waitedMs))).toBeGreaterThanOrEqual(5_000);
  });

  it('answers a used-up day at once, with the time', async () => {
    const clock = fakeClock();
    const headers = {
      'X-RateLimit-Type': 'Daily-limit',
      'Retry-After': new Date(clock.now() + 3_600_000).toISOString(),
    };
    await start([{ status: 429, json: { code: 429, message: 'x' }, headers }], {}, { clock });
    const failure = await client.send(deleteUser, testContext()).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 3_600, upstream: { status: 429 } },
    });
    expect(server.calls).toHaveLength(1);
  });

  it('tells the third e-mail change of a day from a busy label', async () => {
    await start([{ status: 429, json: { code: 429, message: 'Too many e-mail changes.' } }]);
    const call: Call = {
      endpoint: userEndpoints.updateUserEmail,
      params,
      body: { email: 'a@b.c' },
      why: 'test',
    };
    await expect(client.send(call, testContext())).rejects.toMatchObject({
      kind: 'preconditionFailed',
      details: { retryAfter: expect.any(Number) as unknown },
    });
  });

  it('gives up when a label stays used up longer than may be waited', async () => {
    const busy = { status: 429, json: { code: 429, message: perSecond }, headers: { 'Retry-After': '30' } };
    await start([busy], { maxWaitMs: 1_000 });
    await expect(client.send(deleteUser, testContext())).rejects.toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 30, upstream: { status: 429, code: 429 } },
    });
    expect(server.calls).toHaveLength(1);
  });

  it('stops waiting for the next try when the caller goes away', async () => {
    const gone = new AbortController();
    const sleep = (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
        gone.abort();
      });
    const busy = { status: 503, headers: { 'Retry-After': '20' } };
    await start([busy], {}, { clock: { ...systemClock, sleep } });
    await expect(client.send(deleteUser, testContext(gone.signal))).rejects.toMatchObject({
      kind: 'connectionBroken',
    });
    expect(server.calls).toHaveLength(1);
  });
});
