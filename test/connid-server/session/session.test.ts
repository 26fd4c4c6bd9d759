import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { WireObject } from '../../../src/connid-server/codec/wire-value.js';
import { helloResponse } from '../../../src/connid-server/messages/answers.js';
import { ConnectorError } from '../../../src/connid/errors.js';
import { until } from '../../support/raw-client.js';
import { pass, pendingTimers, useVirtualTime } from '../../support/virtual-time.js';
import { int, pool, stream, type } from '../codec/wire-bytes.js';
import { hello, type HostClient, operationRequest } from '../host-client.js';
import { guarded, uid, wire } from '../wire-values.js';
import { counting, fixtures, key, limits, nothing, start } from './fixture.js';

const tlsFolder = join(import.meta.dirname, '..', '..', 'support', 'tls');
const pem = (file: string): string => readFileSync(join(tlsFolder, file), 'utf8');

const search = operationRequest('SearchApiOp', 'search');

describe('a session', () => {
  it('answers Hello, Echo and operations one after another', async () => {
    const fixture = await start();
    const client = await fixture.connect();
    client.request(key, hello);
    expect(await client.expect('HelloResponse')).toEqual(helloResponse({ startedAt: 20 }));
    client.request(key, { kind: 'EchoMessage', value: uid('u1'), objectXml: null });
    expect((await client.expect('EchoMessage')).value).toEqual(uid('u1'));
    client.request(key, operationRequest('TestApiOp', 'test'));
    expect(await client.receive()).toEqual({ kind: 'OperationResponsePart', exception: null, result: null });
    expect(fixture.operations).toMatchObject([{ caller: 'key 1', peer: '127.0.0.1' }]);
  });

  it('answers requests that come all at once, from a host that has ended its side', async () => {
    const client = await (await start()).connect();
    client.request(key, hello);
    client.request(key, hello);
    client.socket.end();
    await client.expect('HelloResponse');
    await client.expect('HelloResponse');
    expect(await client.receive()).toBeUndefined();
  });

  it('works over TLS', async () => {
    const fixture = await start(nothing, { tls: { cert: pem('server.pem'), key: pem('server.key') } });
    const client = await fixture.connect({ ca: pem('ca.pem') });
    client.request(key, hello);
    client.socket.end();
    await client.expect('HelloResponse');
    expect(await client.receive()).toBeUndefined();
  });

  it('refuses TLS without forward secrecy, as the server for HTTP does', async () => {
    const fixture = await start(nothing, { tls: { cert: pem('rsa.pem'), key: pem('rsa.key') } });
    const tls = { ca: pem('rsa.pem'), maxVersion: 'TLSv1.2' } as const;
    await fixture.connect(tls);
    await expect(fixture.connect({ ...tls, ciphers: 'AES128-GCM-SHA256' })).rejects.toThrow();
    await until(() => fixture.refusals.length === 1);
    expect(fixture.refusals).toEqual(['The TLS handshake failed.']);
  });

  it('refuses a wrong key as Java does, and takes the right one after it', async () => {
    const fixture = await start();
    const client = await fixture.connect();
    client.request('canary-wrong', hello);
    const refused = await client.expect('HelloResponse');
    expect(refused.exception).toMatchObject({ kind: 'InvalidCredentialException' });
    client.request('canary-wrong', search);
    const part = await client.expect('OperationResponsePart');
    expect(part.exception?.class).toBe(
      'org.identityconnectors.framework.common.exceptions.InvalidCredentialException',
    );
    client.request(key, hello);
    expect((await client.expect('HelloResponse')).exception).toBeNull();
    expect(fixture.refusals).toEqual(['A key is wrong.', 'A key is wrong.']);
    expect(fixture.operations).toEqual([]);
  });

  it('answers failures, of calls that cannot begin and of those that have begun', async () => {
    const fixture = await start(async function* () {
      yield await Promise.resolve(uid('u1'));
      throw new ConnectorError('unknownUid', 'There is none.');
    });
    const client = await fixture.connect();
    client.request(key, operationRequest('SyncApiOp', 'sync'));
    expect((await client.expect('OperationResponsePart')).exception?.class).toBe(
      'java.lang.UnsupportedOperationException',
    );
    client.request(key, search);
    expect((await client.expect('OperationResponsePart')).result).toEqual(uid('u1'));
    expect((await client.expect('OperationResponsePart')).exception?.message).toBe('There is none.');
    client.request(key, hello);
    await client.expect('HelloResponse');
  });
});

describe('a search over a session', () => {
  it('asks after 200 results if the host wants more, and ends with an end and the result', async () => {
    const client = await (await start(() => counting(401))).connect();
    client.request(key, search);
    const kinds = (await client.answer()).map(({ kind }) => kind);
    const part = Array<string>(200).fill('OperationResponsePart');
    const pause = 'OperationResponsePause';
    expect(kinds).toEqual([
      ...part,
      pause,
      ...part,
      pause,
      'OperationResponsePart',
      'OperationResponseEnd',
      'OperationResponsePart',
    ]);
  });

  it.each<[string, (client: HostClient) => void]>([
    ['stops', (client) => client.send({ kind: 'OperationRequestStopData' })],
    ['ends its side', (client) => client.socket.end()],
  ])('ends when the host %s', async (_, stop) => {
    let ended = false;
    const fixture = await start(async function* () {
      try {
        return yield* counting(1_000);
      } finally {
        ended = true;
      }
    });
    const client = await fixture.connect();
    client.request(key, search);
    for (let index = 0; index < 200; index += 1) await client.expect('OperationResponsePart');
    await client.expect('OperationResponsePause');
    stop(client);
    await client.expect('OperationResponseEnd');
    expect((await client.expect('OperationResponsePart')).result).toBeNull();
    expect(ended).toBe(true);
  });

  it('waits for a host that reads slowly, and ends when it leaves', async () => {
    const large: WireObject = { kind: 'String', value: 'x'.repeat(50_000) };
    let sent = 0;
    let ended = false;
    const fixture = await start(async function* ({ signal }) {
      try {
        for (; !signal.aborted; sent += 1) yield await Promise.resolve(large);
      } finally {
        ended = true;
      }
      return null;
    });
    const client = await fixture.connect();
    client.request(key, search);
    await until(() => sent > 2);
    const settled = async (): Promise<number> => {
      for (let before = -1; before !== sent;) {
        before = sent;
        for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
      }
      return sent;
    };
    expect(await settled()).toBeLessThan(200);
    client.close();
    await until(() => ended);
    expect(fixture.failures).toEqual([]);
  });
});

const broken = 'The bytes break the protocol or its limits.';
const noKey = 'A request begins with something else than a locale and a key.';

describe('a session ends', () => {
  const long = 'x'.repeat(3_000);

  it.each<[string, (client: HostClient) => void, string]>([
    ['for another protocol', (client) => client.sendBytes(Buffer.from('GET / HTTP/1.1\r\n\r\n')), broken],
    ['for something else than a locale', (client) => client.send(wire('x'), guarded(key), hello), noKey],
    [
      'without a key',
      (client) => client.send({ kind: 'Locale', language: '', country: '', variant: '' }, null),
      noKey,
    ],
    [
      'for a huge locale',
      (client) => client.send({ kind: 'Locale', language: long, country: '', variant: '' }),
      broken,
    ],
    ['for a huge request with a wrong key', (client) => client.request('canary-wrong', wire(long)), broken],
    ['for a negative number of names', (client) => client.sendBytes(stream(int(-1))), broken],
    [
      'for a huge number of names',
      (client) => client.sendBytes(stream(int(2 ** 31 - 1), int(2 ** 31 - 1))),
      broken,
    ],
    [
      'for a message that is no request',
      (client) => client.request(key, wire('x')),
      'A message is no request.',
    ],
    [
      'in the middle of a locale',
      (client) => client.sendBytes(stream(pool('Locale'), type(0)).subarray(0, 20)),
      broken,
    ],
  ])('%s, without an answer', async (_, send, reason) => {
    const fixture = await start();
    const client = await fixture.connect();
    send(client);
    client.socket.end();
    expect(await client.receive()).toBeUndefined();
    await until(() => fixture.refusals.includes(reason));
  });

  it('with an answer if the request cannot be decoded', async () => {
    const fixture = await start();
    const client = await fixture.connect();
    client.send({ kind: 'Locale', language: '', country: '', variant: '' }, guarded(key));
    client.sendBytes(Uint8Array.from([...int(0), ...type(99), 0x48]));
    expect((await client.expect('ErrorResponse')).exception).toEqual({
      kind: 'ConnectorException',
      message: 'Undeclared code: 99',
    });
    expect(await client.receive()).toBeUndefined();
    expect(fixture.refusals).toEqual([broken]);
  });
});

describe('time in a session', () => {
  useVirtualTime();

  /** Lets time pass once something waits for it. */
  async function passWhenWaiting(ms: number): Promise<void> {
    await until(() => pendingTimers() > 0);
    await pass(ms);
  }

  it('ends for a stranger who does not show the key, in however many parts', async () => {
    const client = await (await start()).connect();
    await until(() => pendingTimers() > 0);
    for (const byte of stream(pool('Locale', 'language')).subarray(0, 8)) {
      client.sendBytes(Uint8Array.of(byte));
      await passWhenWaiting(limits.keyMs / 8);
    }
    expect(await client.receive()).toBeUndefined();
  });

  it('grows before each further answer to a wrong key, and a right key never waits', async () => {
    const fixture = await start();
    const trying = await fixture.connect();
    for (let times = 0; times < 5; times += 1) {
      trying.request('canary-wrong', hello);
      expect((await trying.expect('HelloResponse')).exception).toMatchObject({ message: /wrong|invalid/ });
    }
    for (const [waitMs, more] of [
      [250, 500],
      [500, 1_000],
    ] as const) {
      trying.request('canary-wrong', search);
      let isAnswered = false;
      const answer = trying.expect('OperationResponsePart').finally(() => (isAnswered = true));
      await until(() => pendingTimers() > 0);
      await pass(waitMs - 1);
      expect(isAnswered).toBe(false);
      const other = await fixture.connect();
      other.request(key, hello);
      expect((await other.expect('HelloResponse')).exception).toBeNull();
      await pass(more);
      expect((await answer).exception?.class).toContain('InvalidCredentialException');
    }
    expect(fixture.refusals).toHaveLength(6);
  });

  it('ends for a known host that is idle', async () => {
    const client = await (await start()).connect();
    client.request(key, hello);
    await client.expect('HelloResponse');
    await passWhenWaiting(limits.idleMs - 1);
    client.request(key, hello);
    await client.expect('HelloResponse');
    await passWhenWaiting(limits.idleMs);
    expect(await client.receive()).toBeUndefined();
  });

  it('ends for a host that does not say if it wants more', async () => {
    const client = await (await start(() => counting(1_000))).connect();
    client.request(key, search);
    for (let index = 0; index < 200; index += 1) await client.expect('OperationResponsePart');
    await client.expect('OperationResponsePause');
    await passWhenWaiting(limits.idleMs);
    expect(await client.receive()).toBeUndefined();
  });

  it('never passes in silence while a search waits, and the wait ends when the host stops', async () => {
    let release = (): void => undefined;
    const fixture = await start(async function* () {
      await new Promise<void>((resolve) => (release = resolve));
      yield uid('u1');
      return null;
    });
    const client = await fixture.connect();
    client.request(key, search);
    await until(() => fixture.operations.length === 1);
    for (let times = 0; times < 3; times += 1) {
      await passWhenWaiting(limits.silenceMs);
      await client.expect('OperationResponsePause');
      client.send({ kind: 'OperationRequestMoreData' });
    }
    release();
    expect(await client.answer()).toHaveLength(3);
    client.request(key, search);
    await until(() => fixture.operations.length === 2);
    await passWhenWaiting(limits.silenceMs);
    await client.expect('OperationResponsePause');
    client.send({ kind: 'OperationRequestStopData' });
    await until(() => fixture.aborted() === 1);
    release();
    await client.expect('OperationResponseEnd');
  });
});

describe('a connector server', () => {
  it('answers while 400 connections are idle', async () => {
    const fixture = await start();
    const idle = await Promise.all(Array.from({ length: 400 }, () => fixture.connect()));
    const client = await fixture.connect();
    client.request(key, hello);
    await client.expect('HelloResponse');
    for (const each of idle) each.close();
  });

  it('takes no more connections than it may', async () => {
    const fixture = await start(nothing, { maxConnections: 1 });
    const first = await fixture.connect();
    first.request(key, hello);
    await first.expect('HelloResponse');
    const second = await fixture.connect();
    expect(await second.receive()).toBeUndefined();
    expect(fixture.refusals).toEqual(['There are too many connections.']);
  });

  it('stops with the requests that run, and closes the other connections at once', async () => {
    let release = (): void => undefined;
    const server = await start(async function* () {
      await new Promise<void>((resolve) => (release = resolve));
      yield uid('u1');
      return null;
    });
    const [busy, idle] = [await server.connect(), await server.connect()];
    busy.request(key, search);
    await until(() => server.operations.length === 1);
    fixtures.length = 0;
    const closed = server.stop();
    expect(await idle.receive()).toBeUndefined();
    release();
    expect((await busy.answer()).map(({ kind }) => kind)).toEqual([
      'OperationResponsePart',
      'OperationResponseEnd',
      'OperationResponsePart',
    ]);
    busy.close();
    await closed;
  });

  it('says which setting is wrong if its port is taken', async () => {
    const { port } = await start();
    await expect(start(nothing, { port })).rejects.toThrow('choose another with connectorServer.port');
    const tls = { cert: 'x', key: 'y' };
    await expect(start(nothing, { tls })).rejects.toThrow('The TLS certificate of the connector server');
  });
});
