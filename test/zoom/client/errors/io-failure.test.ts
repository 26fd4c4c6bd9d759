import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { failureError } from '../../../../src/zoom/client/errors/failure-errors.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';
import { testClient, testContext } from '../../../support/zoom-client.js';

const getUser = {
  endpoint: userEndpoints.getUser,
  params: { userId: 'KDcuGIm1QgePTO8WbOqwIQ' },
  why: 'test',
};
const tlsFile = (name: string): Buffer =>
  readFileSync(new URL(`../../../support/tls/${name}`, import.meta.url));

let server: Server | undefined;

afterEach(
  () => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
);

async function portOf(started: Server): Promise<number> {
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.address() as AddressInfo).port;
}

async function failureAt(url: string, proxy?: string): Promise<unknown> {
  const client = testClient(url, { ioErrorRetries: 0, ...(proxy !== undefined && { proxy }) });
  const failure = await client.send(getUser, testContext()).catch((error: unknown) => error);
  await client.close();
  return failure;
}

const containing = (text: string): unknown => expect.stringContaining(text);

describe('what an administrator is told when Zoom is out of reach', () => {
  it('where nothing answers', async () => {
    expect(await failureAt('http://127.0.0.1:1')).toMatchObject({
      kind: 'connectionFailed',
      message: 'Zoom cannot be reached for getToken: nothing answers at 127.0.0.1 port 1 (ECONNREFUSED).',
      details: { hint: containing('rest.proxy') },
    });
  });

  it('that it is the proxy that does not answer', async () => {
    expect(await failureAt('http://127.0.0.1:2', 'http://127.0.0.1:1')).toMatchObject({
      message: containing('nothing answers at 127.0.0.1 port 1 '),
    });
  });

  it('whose certificate is not accepted', async () => {
    const port = await portOf(createHttpsServer({ cert: tlsFile('server.pem'), key: tlsFile('server.key') }));
    expect(await failureAt(`https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'connectionFailed',
      message: containing(`the TLS certificate of 127.0.0.1:${port} is not accepted`),
      details: { hint: containing('NODE_EXTRA_CA_CERTS') },
    });
  });

  it('that a port does not speak TLS', async () => {
    const port = await portOf(createHttpServer());
    expect(await failureAt(`https://127.0.0.1:${port}`)).toMatchObject({
      kind: 'connectionBroken',
      details: { hint: containing('TLS failed') },
    });
  });

  it.each([
    ['ENOTFOUND', false, 'connectionFailed', 'Check name resolution'],
    ['timeout', true, 'connectionBroken', 'rest.requestTimeoutMs'],
    ['ECONNRESET', true, 'connectionBroken', 'firewall'],
  ])('%s', (code, sent, kind, hint) => {
    const error = failureError(getUser, { type: 'io', code, sent, host: 'api.zoom.us' });
    expect(error).toMatchObject({ kind, details: { hint: containing(hint) } });
  });
});
