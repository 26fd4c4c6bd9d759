import { Agent, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { beforeEach, describe, expect, it } from '@jest/globals';

import { ConnectorError } from '../../../src/connid/errors.js';
import { listen, type RunningServer } from '../../../src/server/listen/listen.js';
import type { ShutdownOutcome } from '../../../src/server/listen/shutdown.js';
import { untilAborted } from '../../support/fake-connector.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { begin, parseLines, until } from '../../support/raw-client.js';
import { pass, untilSteady, useVirtualTime } from '../../support/virtual-time.js';

const getUser = { objectClass: 'ZoomUser', uid: 'U1' };

const abortGraceMs = 3_000;
const graceMs = 10_000;
/** In this time the server still accepts connections. */
const lingerMs = 250;
/** The server aborts what still runs so early that the answers get out in the grace period. */
const untilAbortMs = graceMs - abortGraceMs - 500;

let fixture: Fixture;
let server: RunningServer;
let closed: boolean;

useVirtualTime();
beforeEach(async () => {
  fixture = createFixture({ timings: { abortGraceMs } });
  fixture.connector.seed('jill@example.com');
  server = await listen(fixture, { host: '127.0.0.1', port: 0, shutdownGraceMs: graceMs });
  closed = false;
});

async function close(): Promise<ShutdownOutcome> {
  const outcome = await server.close();
  closed = true;
  return outcome;
}

/** Holds every operation of the connector until the test lets go. */
function holdOperations(): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  fixture.connector.hook = () => held;
  return release;
}

describe('a shutdown', () => {
  it('lets running operations finish and, after a moment, accepts no new connections', async () => {
    const release = holdOperations();
    const { answer } = await begin(server.port, '/v1/get', getUser);
    await until(() => fixture.running.count === 1);
    const closing = close();
    await pass(lingerMs - 1);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await pass(1);
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
    await pass(untilAbortMs - lingerMs - 1);
    release();
    expect((await answer).statusCode).toBe(200);
    await text(await answer);
    await pass(100);
    expect(await closing).toBe('finished');
  });

  it('answers requests that were not read yet, and does nothing for them', async () => {
    const sent = JSON.stringify(getUser);
    const head = `POST /v1/delete HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const request = `${head}Content-Length: ${sent.length}\r\n\r\n${sent}`;
    const used = connect(server.port, '127.0.0.1');
    used.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(used, 'data');
    const unused = connect(server.port, '127.0.0.1');
    await once(unused, 'connect');
    const answers = [used, unused].map((socket) => text(socket));
    used.write(request);
    unused.write(request);
    const closing = close();
    const late = connect(server.port, '127.0.0.1');
    late.write(request);
    for (const answer of await Promise.all([...answers, text(late)])) {
      expect(answer).toMatch(/^HTTP\/1\.1 503 /m);
      expect(answer).toMatch(/^Connection: close\r$/im);
      expect(answer).toMatch(/^Retry-After: 5\r$/im);
      expect(JSON.parse(answer.slice(answer.lastIndexOf('\r\n')))).toMatchObject({
        exception: 'RetryableException',
        hint: 'Nothing was done. Repeat the request.',
        retryAfter: 5,
      });
    }
    await pass(lingerMs + 100);
    expect(await closing).toBe('finished');
    expect(fixture.connector.objects.has('U1')).toBe(true);
  });

  it('aborts what would not finish in time, which then fails cleanly', async () => {
    fixture.connector.hook = async (operation, context) => {
      await untilAborted(operation, context);
      context.signal.throwIfAborted();
    };
    const { answer } = await begin(server.port, '/v1/get', getUser);
    await until(() => fixture.running.count === 1);
    const closing = close();
    await pass(untilAbortMs - 1);
    expect(fixture.connector.contexts[0]?.signal.aborted).toBe(false);
    await pass(1);
    const message = await answer;
    expect(message.statusCode).toBe(503);
    expect(JSON.parse(await text(message))).toMatchObject({
      exception: 'RetryableException',
      detail: 'The service is shutting down.',
    });
    await pass(100);
    expect(await closing).toBe('aborted');
  });

  it('ends streams with a line that says so', async () => {
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
    const closing = close();
    await pass(graceMs - 1);
    expect(parseLines(await body).at(-1)).toMatchObject({ error: { exception: 'RetryableException' } });
    // The search itself never ends, so the whole grace period passes.
    expect(closed).toBe(false);
    await pass(1);
    expect(await closing).toBe('cut');
  });

  it('is not held up by connections that are kept open', async () => {
    const agent = new Agent({ keepAlive: true });
    const sent = request({ host: '127.0.0.1', port: server.port, path: '/livez', agent });
    sent.end();
    const [message] = (await once(sent, 'response')) as [IncomingMessage];
    await text(message);
    const closing = close();
    await pass(lingerMs + 100);
    expect(await closing).toBe('finished');
    agent.destroy();
  });

  it('is not held up by a caller who sends half a request', async () => {
    const sent = request({
      host: '127.0.0.1',
      port: server.port,
      path: '/v1/get',
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': 100 },
    });
    sent.on('error', () => undefined);
    sent.write('{');
    await once(sent, 'socket');
    await untilSteady(() => sent.socket?.bytesWritten ?? 0);
    const closing = close();
    await pass(graceMs);
    await closing;
  });

  it('waits for a write without an answer, and cuts it off while there is time to say that it is in doubt', async () => {
    fixture.connector.hook = async (_operation, { cut }) => {
      if (cut?.aborted === false) await once(cut, 'abort');
      throw new ConnectorError('retryable', 'Cut off.', { unknown: ['DEPT'] });
    };
    const { answer } = await begin(server.port, '/v1/delete', getUser);
    await until(() => fixture.running.count === 1);
    const closing = close();
    await pass(graceMs - 501);
    expect(fixture.connector.contexts[0]).toMatchObject({
      signal: { aborted: true },
      cut: { aborted: false },
    });
    await pass(1);
    expect(JSON.parse(await text(await answer))).toMatchObject({ detail: 'Cut off.', unknown: ['DEPT'] });
    expect(fixture.log.entries()).toContainEqual(
      expect.objectContaining({ message: 'write', outcome: 'RetryableException', unknown: ['DEPT'] }),
    );
    await pass(100);
    expect(await closing).toBe('aborted');
  });

  it('waits for operations whose callers have left', async () => {
    const release = holdOperations();
    const { sent, answer } = await begin(server.port, '/v1/delete', getUser);
    answer.catch(() => undefined);
    await until(() => fixture.running.count === 1);
    sent.destroy();
    const closing = close();
    await pass(untilAbortMs - 1);
    expect(closed).toBe(false);
    release();
    await closing;
    expect(fixture.connector.objects.has('U1')).toBe(false);
  });
});
