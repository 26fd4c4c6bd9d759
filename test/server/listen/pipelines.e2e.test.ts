import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, type RunningServer } from '../../../src/server/listen/listen.js';
import { maxWaiting } from '../../../src/server/listen/pipelines.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { until } from '../../support/raw-client.js';
import { untilSteady } from '../../support/virtual-time.js';

const servers: RunningServer[] = [];

async function start(fixture: Fixture): Promise<RunningServer> {
  const server = await listen(fixture, { host: '127.0.0.1', port: 0, shutdownGraceMs: 100 });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A connection, and the ids of the requests that have been answered, in the order of the answers. */
interface Connection {
  readonly socket: Socket;
  readonly answered: readonly number[];
}

function open({ port }: RunningServer): Connection {
  const socket = connect(port, '127.0.0.1');
  const answered: number[] = [];
  let line = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    const lines = (line + String(chunk)).split('\r\n');
    line = (lines.pop() ?? '').slice(0, 1_000);
    for (const [, id] of lines.map((one) => /^X-Request-Id: R(\d+)$/i.exec(one) ?? [])) {
      if (id !== undefined) answered.push(Number(id));
    }
  });
  return { socket, answered };
}

const head = (method: string, path: string, id: string, more = ''): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: ${id}\r\n${more}\r\n`;

const get = (id: number, path = '/v1/connector'): string => head('GET', path, `R${id}`);

const post = (id: number, path: string, body: object): string => {
  const text = JSON.stringify(body);
  const length = `Content-Type: application/json\r\nContent-Length: ${text.length}\r\n`;
  return head('POST', path, `R${id}`, length) + text;
};

const getUser = { objectClass: 'ZoomUser', uid: 'U1' };

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A service whose operations wait until the test lets go, and the largest number of them at the same time. */
function holding() {
  const fixture = createFixture();
  fixture.connector.seed('jill@example.com');
  let running = 0;
  const most = { running: 0 };
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  fixture.connector.hook = async () => {
    most.running = Math.max(most.running, (running += 1));
    await released;
    running -= 1;
  };
  return { fixture, most, release: () => release() };
}

describe('requests that a caller sends without waiting for the answers', () => {
  it('are all answered, in their order', async () => {
    const { socket, answered } = open(await start(createFixture()));
    const count = 5_000;
    socket.write(
      upTo(count)
        .map((id) => get(id))
        .join(''),
    );
    await until(() => answered.length === count);
    expect(answered).toEqual(upTo(count));
    socket.destroy();
  });

  it('run one at a time, with their bodies', async () => {
    const { fixture, most, release } = holding();
    const { socket, answered } = open(await start(fixture));
    const count = 3 * maxWaiting;
    const body = { ...getUser, nameHint: 'x'.repeat(2_000) };
    socket.write(
      upTo(count)
        .map((id) => post(id, '/v1/get', body))
        .join(''),
    );
    await until(() => fixture.running.count === 1);
    await untilSteady(() => fixture.connector.contexts.length);
    expect(fixture.connector.contexts).toHaveLength(1);
    release();
    await until(() => answered.length === count);
    expect([answered, most.running]).toEqual([upTo(count), 1]);
    socket.destroy();
  });

  it('are not read ahead, however many they are', async () => {
    const { fixture, release } = holding();
    const { socket, answered } = open(await start(fixture));
    const count = 200_000;
    socket.write(post(0, '/v1/get', getUser));
    await until(() => fixture.running.count === 1);
    socket.write(
      upTo(count)
        .map((id) => get(id + 1))
        .join(''),
    );
    await untilSteady(() => socket.writableLength);
    // What the service has not read is in the buffers of the system, and the rest still with the caller.
    expect(socket.writableLength).toBeGreaterThan(0);
    release();
    await until(() => answered.length > 2 * maxWaiting);
    socket.destroy();
  });

  it('do not run while the caller does not read the answers', async () => {
    const fixture = createFixture();
    upTo(200).forEach((index) => fixture.connector.seed(`${'x'.repeat(1_000)}${index}@example.com`));
    const { socket, answered } = open(await start(fixture));
    socket.pause();
    const count = 100;
    socket.write(
      upTo(count)
        .map((id) => post(id, '/v1/search', { objectClass: 'ZoomUser' }))
        .join(''),
    );
    await until(() => fixture.connector.contexts.length > 0);
    await untilSteady(() => fixture.connector.contexts.length);
    expect(fixture.connector.contexts.length).toBeLessThan(count);
    socket.resume();
    await until(() => answered.length === count);
    expect(answered).toEqual(upTo(count));
    socket.destroy();
  });

  it('are not begun after their caller has left', async () => {
    const { fixture, release } = holding();
    const { socket } = open(await start(fixture));
    socket.write(post(0, '/v1/get', getUser) + post(1, '/v1/delete', getUser));
    await until(() => fixture.running.count === 1);
    socket.destroy();
    await until(() => fixture.connector.contexts[0]?.signal.aborted === true);
    release();
    await until(() => fixture.running.count === 0);
    await untilSteady(() => fixture.connector.contexts.length);
    expect(fixture.connector.objects.has('U1')).toBe(true);
  });

  it('are not begun after an answer that ends the connection', async () => {
    const { fixture, release } = holding();
    const server = await start(fixture);
    const { socket, answered } = open(server);
    socket.write(
      post(0, '/v1/get', getUser) + post(1, '/v1/delete', getUser) + post(2, '/v1/delete', getUser),
    );
    await until(() => fixture.running.count === 1);
    fixture.running.beginStopping();
    release();
    await once(socket, 'close');
    expect(answered).toEqual([0, 1]);
    expect(fixture.connector.objects.has('U1')).toBe(true);
  });

  it('are each recorded in the log', async () => {
    const fixture = createFixture();
    const { socket } = open(await start(fixture));
    socket.write(
      upTo(3)
        .map((id) => get(id, '/nowhere'))
        .join(''),
    );
    await until(() => fixture.log.entries().length === 3);
    expect(fixture.log.entries().map(({ requestId }) => requestId)).toEqual(['R0', 'R1', 'R2']);
    socket.destroy();
  });
});
