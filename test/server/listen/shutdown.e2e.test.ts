import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeEach, describe, expect, it } from '@jest/globals';

import { listen, type RunningServer } from '../../../src/server/listen/listen.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { begin, parseLines, until } from '../../support/raw-client.js';

const getUser = { objectClass: 'ZoomUser', uid: 'U1' };

/** Longer than anything else takes here, on a busy machine, too. */
const generousMs = 10_000;
const briefMs = 300;

let fixture: Fixture;
let server: RunningServer;

const serve = (shutdownGraceMs: number) => listen(fixture, { host: '127.0.0.1', port: 0, shutdownGraceMs });

beforeEach(async () => {
  fixture = createFixture({ timings: { abortGraceMs: 100 } });
  fixture.connector.seed('jill@example.com');
  server = await serve(generousMs);
});

async function serveBriefly(): Promise<void> {
  await server.close();
  server = await serve(briefMs);
}

/** Closes the server and says how long that took. */
async function timeToClose(): Promise<number> {
  const start = performance.now();
  await server.close();
  return performance.now() - start;
}

describe('a shutdown', () => {
  it('lets running operations finish and accepts no new connections', async () => {
    fixture.connector.hook = () => sleep(150);
    const { answer } = await begin(server.port, '/v1/get', getUser);
    await until(() => fixture.running.count === 1);
    const closed = timeToClose();
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
    expect((await answer).statusCode).toBe(200);
    (await answer).resume();
    expect(await closed).toBeLessThan(generousMs);
    expect(await server.close()).toBe('finished');
  });

  it('aborts what would not finish in time, which then fails cleanly', async () => {
    await serveBriefly();
    fixture.connector.hook = (_operation, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const { answer } = await begin(server.port, '/v1/get', getUser);
    await until(() => fixture.running.count === 1);
    const closed = server.close();
    const message = await answer;
    expect(message.statusCode).toBe(503);
    expect(JSON.parse(await text(message))).toMatchObject({
      exception: 'RetryableException',
      detail: 'The service is shutting down.',
    });
    expect(await closed).toBe('aborted');
  });

  it('ends streams with a line that says so', async () => {
    await serveBriefly();
    fixture.connector.seed('jack@example.com');
    let rows = 0;
    fixture.connector.hook = (operation) =>
      operation === 'row' && ++rows === 2 ? new Promise(() => undefined) : undefined;
    const { answer } = await begin(
      server.port,
      '/v1/search',
      { objectClass: 'ZoomUser' },
      'application/x-ndjson',
    );
    const body = text(await answer);
    const closed = timeToClose();
    expect(parseLines(await body).at(-1)).toMatchObject({ error: { exception: 'RetryableException' } });
    // The search itself never ends, so the whole grace period passes.
    expect(await closed).toBeGreaterThan(briefMs - 20);
    expect(await server.close()).toBe('cut');
  });

  it('is not held up by connections that are kept open', async () => {
    const agent = new Agent({ keepAlive: true });
    const sent = request({ host: '127.0.0.1', port: server.port, path: '/livez', agent });
    sent.end();
    const [message] = (await once(sent, 'response')) as [IncomingMessage];
    await text(message);
    expect(await timeToClose()).toBeLessThan(generousMs);
    expect(await server.close()).toBe('finished');
    agent.destroy();
  });

  it('is not held up by a caller who sends half a request', async () => {
    await serveBriefly();
    const sent = request({
      host: '127.0.0.1',
      port: server.port,
      path: '/v1/get',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': 100 },
    });
    sent.on('error', () => undefined);
    sent.write('{');
    await sleep(50);
    expect(await timeToClose()).toBeLessThan(generousMs);
  });

  it('waits for operations whose callers have left', async () => {
    let finished = false;
    fixture.connector.hook = async () => {
      await sleep(300);
      finished = true;
    };
    const { sent, answer } = await begin(server.port, '/v1/delete', getUser);
    answer.catch(() => undefined);
    await until(() => fixture.running.count === 1);
    sent.destroy();
    await server.close();
    expect(finished).toBe(true);
  });
});
