import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifiersOf } from '../../../src/cli/verifiers.js';
import { createFixture, type Fixture } from '../../support/fixture.js';
import { type Answer, get } from '../../support/http-client.js';
import { audience, issuer, type Pair, pairOf, seconds, signedBy } from '../../support/json-web-tokens.js';
import { captureLog, type LogCapture } from '../../support/log-capture.js';
import { until } from '../../support/raw-client.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { pass, useVirtualTime } from '../../support/virtual-time.js';

useVirtualTime();
const folder = useTemporaryFolder();

let first: Pair;
let second: Pair;
beforeAll(async () => {
  [first, second] = await Promise.all([pairOf('first', 'RS256'), pairOf('second', 'RS256')]);
});

/** The issuer: it answers with the status, or not at all. */
let server: Server;
let requests: number;
let status: number | 'silent';
beforeEach(async () => {
  [requests, status] = [0, 500];
  server = createServer((_request, response) => {
    requests += 1;
    if (status !== 'silent') response.writeHead(status).end(JSON.stringify({ keys: [first.jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

let fixture: Fixture;
let log: LogCapture;
const time = { now: seconds * 1000 };

/** Starts a service that trusts the keys at the issuer's URL, or in a file. */
function start(jwksFile: string | null = null): void {
  log = captureLog();
  time.now = seconds * 1000;
  const { port } = server.address() as AddressInfo;
  const jwksUri = jwksFile === null ? `http://127.0.0.1:${port}/keys` : null;
  const rules = { issuer, audience, algorithms: ['RS256' as const], clockToleranceSeconds: 30 };
  const jwt = { jwksUri, jwksFile, ...rules };
  fixture = createFixture({ verifiers: verifiersOf({ bearerTokens: [], jwt }, log.logger, () => time.now) });
}

async function call(pair: Pair): Promise<Answer> {
  const token = await signedBy(pair);
  return get(fixture, '/v1/connector', { Authorization: `Bearer ${token}`, 'X-Request-Id': 'R1' });
}

const problem = {
  type: 'urn:zoom-connector:http:keys-unavailable',
  title: 'The token cannot be checked, because the keys of its issuer cannot be had.',
  status: 503,
  exception: null,
  requestId: 'R1',
  hint: expect.stringContaining('Repeat the request later'),
};

describe('keys that cannot be had', () => {
  it('are a 503 with the time after which to come again, then they are asked for again', async () => {
    start();
    const refused = await call(first);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject(problem);
    time.now += 3_500;
    expect((await call(first)).headers['retry-after']).toBe('2');
    expect(requests).toBe(1);
    status = 200;
    time.now += 1_500;
    expect((await call(first)).status).toBe(200);
    expect(requests).toBe(2);
    expect(fixture.connector.contexts).toEqual([]);
  });

  it('are given up after five seconds without an answer', async () => {
    start();
    status = 'silent';
    let answer: Answer | undefined;
    const answered = call(first).then((received) => (answer = received));
    await until(() => requests === 1);
    await pass(4_999);
    expect(answer).toBeUndefined();
    expect(log.entries()).toEqual([]);
    await pass(1);
    await answered;
    expect(answer?.body).toMatchObject(problem);
    expect(log.entries()).toMatchObject([
      {
        level: 'error',
        message: 'the keys of the token issuer cannot be had',
        problem: 'no answer in 5 seconds',
      },
    ]);
  });
});

describe('a file of keys', () => {
  const file = (): string => join(folder.path, 'keys.json');
  const publish = (...pairs: readonly Pair[]) =>
    writeFile(file(), JSON.stringify({ keys: pairs.map(({ jwk }) => jwk) }));

  it('that changes takes effect after a second, with the keys that come and those that go', async () => {
    await publish(first);
    start(file());
    expect((await call(first)).status).toBe(200);
    expect((await call(second)).status).toBe(401);
    await publish(second);
    time.now += 999;
    expect([(await call(first)).status, (await call(second)).status]).toEqual([200, 401]);
    time.now += 1;
    expect([(await call(first)).status, (await call(second)).status]).toEqual([401, 200]);
    expect(log.entries()).toEqual([]);
  });

  it('that is broken or gone is reported, and the keys of before stay in use', async () => {
    await publish(first);
    start(file());
    await call(first);
    await writeFile(file(), '{"keys":');
    time.now += 1_000;
    expect((await call(first)).status).toBe(200);
    await rename(file(), `${file()}.old`);
    time.now += 1_000;
    expect((await call(first)).status).toBe(200);
    expect((await call(second)).status).toBe(503);
    const problems = log.entries().map((entry) => entry['problem']);
    expect(problems).toEqual(['it is not JSON', 'the file cannot be read (ENOENT)']);
    await publish(first, second);
    time.now += 1_000;
    expect([(await call(first)).status, (await call(second)).status]).toEqual([200, 200]);
    expect(log.entries().at(-1)).toMatchObject({ level: 'info', keys: file() });
  });
});
