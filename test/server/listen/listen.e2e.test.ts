import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterEach, describe, expect, it } from '@jest/globals';

import { listen, type ListenOptions, type RunningServer } from '../../../src/server/listen/listen.js';
import { createFixture } from '../../support/fixture.js';

const running: RunningServer[] = [];

async function start(options: Partial<ListenOptions> = {}): Promise<RunningServer> {
  const server = await listen(createFixture(), {
    host: '127.0.0.1',
    port: 0,
    shutdownGraceMs: 200,
    ...options,
  });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const pem = (file: string): string =>
  readFileSync(new URL(`../../support/tls/${file}`, import.meta.url), 'utf8');
const serverTls = { cert: pem('server.pem'), key: pem('server.key') };

/** Sends bytes and gives back everything that is answered until the connection ends. */
async function raw({ port }: RunningServer, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  return text(socket);
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

describe('listen', () => {
  it('serves on a free port and says where', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
  });

  it('says in one sentence that a port is in use', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use: stop the program that uses it, or choose another with server.port.`,
    );
  });

  it('says that an address is not one of this computer', async () => {
    const app = { ...createFixture(), authenticated: true };
    await expect(listen(app, { host: '192.0.2.1', port: 0 })).rejects.toThrow(
      '(EADDRNOTAVAIL): check server.host',
    );
  });

  it('does not serve the network without authentication', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow('loopback interface only');
  });

  it('closes once, however often it is asked to', async () => {
    const server = await start();
    await Promise.all([server.close(), server.close()]);
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
  });
});

describe('broken and slow requests', () => {
  const layer = { exception: null, requestId: expect.any(String) };

  it('are answered with a problem when they are no HTTP', async () => {
    const answer = await raw(await start(), 'NONSENSE\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(bodyOf(answer)).toMatchObject({ ...layer, type: 'urn:zoom-connector:http:bad-request' });
  });

  it('are answered with a problem when their header is too large', async () => {
    const answer = await raw(await start(), `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(bodyOf(answer)).toMatchObject({ ...layer, status: 431 });
  });

  it('do not hold a connection by sending their header drop by drop', async () => {
    const connections = { headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 20 };
    const answer = await raw(await start({ connections }), 'GET /livez HTTP/1.1\r\nHost: localhost');
    expect(bodyOf(answer)).toMatchObject({ ...layer, status: 408 });
  });

  it('do not hold a connection by sending their body drop by drop', async () => {
    const connections = { headersTimeout: 60, requestTimeout: 80, connectionsCheckingInterval: 20 };
    const head =
      'POST /v1/get HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{';
    expect(await raw(await start({ connections }), head)).toContain('408');
  });

  it.each(['100-continue', 'the-impossible'])(
    'get an ordinary answer, whatever they expect (%s)',
    async (expectation) => {
      const request = `GET /livez HTTP/1.1\r\nHost: localhost\r\nExpect: ${expectation}\r\nConnection: close\r\n\r\n`;
      expect(await raw(await start(), request)).toMatch(/HTTP\/1\.1 200 OK[^]*alive/);
    },
  );

  it('do not break an answer that is under way', async () => {
    const server = await start();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const rest = text(socket);
    socket.write('NONSENSE\r\n\r\n');
    expect(await rest).not.toContain('HTTP/1.1 400');
  });
});

describe('TLS', () => {
  interface TlsAnswer {
    readonly status: number | undefined;
  }

  function call(port: number, client: object = {}): Promise<TlsAnswer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/livez', ca: pem('ca.pem'), agent: false, ...client };
      httpsGet(options, (response) => {
        response.resume();
        resolve({ status: response.statusCode });
      }).on('error', reject);
    });
  }

  it('serves HTTPS', async () => {
    const server = await start({ tls: serverTls });
    expect(server.url).toBe(`https://127.0.0.1:${server.port}`);
    expect(await call(server.port)).toEqual({ status: 200 });
  });

  it('demands certificates of clients', async () => {
    const problems: string[] = [];
    const tls = { ...serverTls, clientCa: pem('ca.pem') };
    const { port } = await start({ tls, onBrokenConnection: (code) => problems.push(code) });
    await expect(call(port)).rejects.toThrow();
    expect(problems).toEqual(['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE']);
    expect(await call(port, { cert: pem('client.pem'), key: pem('client.key') })).toEqual({ status: 200 });
  });

  const rsa = { tls: { cert: pem('rsa.pem'), key: pem('rsa.key') } };

  it.each(['TLSv1.3', 'TLSv1.2'])('serves %s with forward secrecy', async (maxVersion) => {
    const { port } = await start(rsa);
    expect(await call(port, { ca: pem('rsa.pem'), maxVersion })).toEqual({ status: 200 });
  });

  it.each([
    ['without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256:AES256-GCM-SHA384' }],
    ['without authenticated encryption', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA256' }],
    ['older than 1.2', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }],
  ])('refuses TLS %s', async (_case, client) => {
    const problems: string[] = [];
    const { port } = await start({ ...rsa, onBrokenConnection: (code) => problems.push(code) });
    await expect(call(port, { ca: pem('rsa.pem'), ...client })).rejects.toThrow();
    expect(problems).toEqual([expect.stringMatching(/^ERR_SSL_(NO_SHARED_CIPHER|UNSUPPORTED_PROTOCOL)$/)]);
  });

  it.each([
    ['is empty', ''],
    ['is other text', 'no certificate'],
    ['is a key', pem('client.key')],
    ['is damaged', pem('ca.pem').replace(/^MII/m, 'AAA')],
    ['has a damaged certificate behind a good one', pem('ca.pem') + pem('ca.pem').replace(/^MII/m, 'AAA')],
  ])('does not start with a client CA that %s', async (_case, clientCa) => {
    await expect(start({ tls: { ...serverTls, clientCa } })).rejects.toMatchObject({
      kind: 'configuration',
      message: 'The client CA contains no usable certificate.',
      details: { hint: expect.stringContaining('server.tls.clientCaFile') },
    });
  });

  it('says that certificate and key cannot be used', async () => {
    const mixed = { cert: serverTls.cert, key: pem('client.key') };
    await expect(start({ tls: mixed })).rejects.toThrow(
      'The TLS certificate, its key or the client CA cannot be used.',
    );
    await expect(start({ tls: { cert: 'x', key: 'y' } })).rejects.toMatchObject({ kind: 'configuration' });
  });
});
