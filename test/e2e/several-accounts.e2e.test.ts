import { runInThisContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type Connectors, startConnectors } from '../../src/cli/connectors.js';
import { createServiceApp } from '../../src/cli/serve.js';
import { createMetrics } from '../../src/server/metrics.js';
import { createConnectorFactory } from '../../src/zoom/connector-factory.js';
import { load } from '../config/load.js';
import { captureLog, type LogCapture } from '../support/log-capture.js';
import { until } from '../support/raw-client.js';
import { tokenDigest } from '../../src/server/auth/bearer-tokens.js';

const account = { service: { target: 'simulator' }, rateLimit: { plan: 'none' } };
const small = { users: 20, groups: 3, phoneUsers: 0, plan: 'none' };

/** A request. The body of its answer is JSON of any form. */
type Sent = Omit<request.Test, 'expect' | 'then'> & {
  expect(status: number): Sent;
} & PromiseLike<{ readonly status: number; readonly body: unknown; readonly text: string }>;

interface Served {
  readonly connectors: Connectors;
  readonly log: LogCapture;
  readonly send: (method: 'get' | 'post', path: string, body?: object, token?: string) => Sent;
  /** Takes over a changed configuration. */
  change(json: object): Promise<void>;
}

async function serve(json: object): Promise<Served> {
  const log = captureLog();
  const metrics = createMetrics();
  const { accounts, config } = await load(json);
  const factory = createConnectorFactory(
    { version: '0.0.0-test', client: { logger: log.logger, metrics } },
    { metricsOf: (name) => metrics.forConnector(name) },
  );
  const connectors = await startConnectors(accounts, factory, (name) => metrics.forgetConnector(name));
  const { handler } = createServiceApp(config, {
    ...{ connectors, logger: log.logger, metrics },
  });
  return {
    connectors,
    log,
    send: (method, path, body, token) => {
      const sent = request(handler)[method](path);
      if (token !== undefined) sent.set('Authorization', `Bearer ${token}`);
      return body === undefined ? sent : sent.send(body);
    },
    change: async (next) => connectors.replace((await load(next)).accounts),
  };
}

const two = { connectors: { eu: { ...account, simulator: small }, us: { ...account, simulator: small } } };
const at = (name: string, operation: string): string => `/v1/connectors/${name}/${operation}`;
const search = (options: object = {}): object => ({ objectClass: 'ZoomUser', options });
const newUser = (name: string): object => ({
  objectClass: 'ZoomUser',
  attributes: { __NAME__: name, FIRST_NAME: 'A', LAST_NAME: 'B', TYPE: 1 },
});

describe('a service with two accounts', () => {
  let service: Served;
  beforeAll(async () => (service = await serve(two)));
  afterAll(() => service.connectors.close());

  it('keeps them apart', async () => {
    await service.send('post', at('eu', 'create'), newUser('only.eu@example.com')).expect(201);
    const filter = { equals: { EMAIL: 'only.eu@example.com' } };
    const found = async (name: string): Promise<number> => {
      const { body } = await service.send('post', at(name, 'search'), { objectClass: 'ZoomUser', filter });
      return (body as { results: unknown[] }).results.length;
    };
    expect([await found('eu'), await found('us')]).toEqual([1, 0]);
  });

  it('lists them', async () => {
    const { body } = await service.send('get', '/v1/connectors').expect(200);
    expect(body).toEqual({
      connectors: ['eu', 'us'].map((name) => ({ name, target: 'simulator', api: 'rest' })),
    });
  });

  it('says where operations are, and which connectors there are not', async () => {
    const plain = await service.send('post', '/v1/search', search()).expect(404);
    expect(plain.body).toMatchObject({
      exception: null,
      detail: expect.stringContaining('/v1/connectors/{name}/') as unknown,
    });
    for (const name of ['asia', 'EU', '..%2Feu', 'eu%00', '__proto__']) {
      const { body } = await service.send('post', at(name, 'search'), search()).expect(404);
      expect(body).toMatchObject({ exception: null });
    }
    await service.send('get', at('eu', 'search')).expect(405);
    await service.send('post', at('eu', 'validate'), {}).expect(404);
  });

  it('accepts the cookie of a search only where it was given', async () => {
    const first = await service.send('post', at('eu', 'search'), search({ pageSize: 5 })).expect(200);
    const { pagedResultsCookie } = first.body as { pagedResultsCookie: string };
    const next = search({ pageSize: 5, pagedResultsCookie });
    await service.send('post', at('us', 'search'), next).expect(400);
    await service.send('post', at('eu', 'search'), next).expect(200);
  });

  it('names the connector in log lines, audit records and metrics', async () => {
    await service.send('post', at('us', 'create'), newUser('logged@example.com')).expect(201);
    const lines = service.log.entries().filter(({ operation }) => operation === 'create');
    expect(lines.filter(({ connector }) => connector === 'us').map(({ message }) => message)).toEqual(
      expect.arrayContaining(['write', 'operation']),
    );
    const { text } = await service.send('get', '/metrics').expect(200);
    expect(text).toMatch(/operation_duration_seconds_count\{connector="us",operation="create",.*\} 1\n/);
    expect(text).toMatch(/zoom_call_duration_seconds_count\{connector="us",endpoint="createUser",.*\} 1\n/);
    expect(text).toMatch(/tokens_fetched_total\{connector="eu",outcome="ok"\} 1\n/);
  });

  it('counts the last known states of Zoom, and names no connector where everyone may look', async () => {
    await service.send('post', at('eu', 'search'), search({ pageSize: 1 })).expect(200);
    const { body } = await service.send('get', '/readyz').expect(200);
    expect(body).toMatchObject({
      status: 'ready',
      targets: { unreachable: 0 },
    });
    expect(JSON.stringify(body)).not.toMatch(/"(eu|us)"/);
  });

  it('describes the paths of connectors in the OpenAPI document', async () => {
    const { body } = await service.send('get', '/openapi.json').expect(200);
    const { paths } = body as { paths: Record<string, unknown> };
    expect(Object.keys(paths)).toContain('/v1/connectors/{connector}/search');
    expect(Object.keys(paths)).not.toContain('/v1/search');
    expect(Object.keys(paths)).toContain('/v1/validate');
  });
});

describe('a token for some connectors', () => {
  let service: Served;
  beforeAll(async () => {
    const token = (name: string, connectors?: string[]) => ({
      ...{ name, sha256: tokenDigest(name), scopes: ['read', 'write'] },
      ...(connectors !== undefined && { connectors }),
    });
    const bearerTokens = [token('limited', ['eu']), token('unlimited')];
    service = await serve({ ...two, server: { authentication: { bearerTokens } } });
  });
  afterAll(() => service.connectors.close());

  it('may use these and see these, and does not learn of others', async () => {
    const status = async (name: string, token: string): Promise<number> =>
      (await service.send('get', at(name, 'schema'), undefined, token)).status;
    expect([
      await status('eu', 'limited'),
      await status('us', 'limited'),
      await status('asia', 'limited'),
    ]).toEqual([200, 403, 403]);
    expect([await status('us', 'unlimited'), await status('asia', 'unlimited')]).toEqual([200, 404]);
    const names = async (token: string): Promise<string[]> => {
      const { body } = await service.send('get', '/v1/connectors', undefined, token);
      return (body as { connectors: { name: string }[] }).connectors.map(({ name }) => name);
    };
    expect([await names('limited'), await names('unlimited')]).toEqual([['eu'], ['eu', 'us']]);
    await service.send('get', '/metrics', undefined, 'limited').expect(403);
    await service.send('get', '/metrics', undefined, 'unlimited').expect(200);
  });

  it('is refused before anything is read or written, and the attempt is in the audit', async () => {
    await service.send('post', at('us', 'create'), newUser('refused@example.com'), 'limited').expect(403);
    const [record] = service.log.entries().filter(({ message }) => message === 'write');
    expect(record).toMatchObject({ caller: 'limited', operation: 'create', outcome: 'forbidden' });
  });
});

describe('a changed configuration', () => {
  let service: Served;
  beforeEach(async () => (service = await serve(two)));

  const instance = (name: string) => service.connectors.get(name)?.current();
  const users = async (name: string): Promise<number> => {
    const { body } = await service.send('post', at(name, 'search'), search({ attributesToGet: ['STATUS'] }));
    return (body as { results: unknown[] }).results.length;
  };

  it('adds, changes and removes connectors, and leaves the others as they are', async () => {
    const [eu, us] = [instance('eu'), instance('us')];
    await service.change({
      connectors: { ...two.connectors, asia: { ...account, simulator: { ...small, users: 30 } } },
    });
    expect([instance('eu') === eu, instance('us') === us, await users('asia')]).toEqual([true, true, 30]);
    await service.change({
      connectors: { eu: two.connectors.eu, us: { ...account, simulator: { ...small, users: 40 } } },
    });
    expect([instance('eu') === eu, await users('us')]).toEqual([true, 40]);
    await service.send('get', at('asia', 'schema')).expect(404);
    await service.change({ ...two, logging: { level: 'debug' }, connectors: { eu: two.connectors.eu } });
    expect(instance('eu') === eu).toBe(true);
    await service.send('get', at('us', 'schema')).expect(404);
    await service.connectors.close();
  });

  it('changes nothing when one connector cannot be made', async () => {
    const before = [instance('eu'), instance('us')];
    const broken = { ...account, simulator: small, custom: { attributeNames: { TYPE: 'EMAIL' } } };
    const connectors = { eu: { ...account, simulator: { ...small, users: 99 } }, us: broken, asia: account };
    await expect(service.change({ connectors })).rejects.toMatchObject({ kind: 'configuration' });
    expect([instance('eu'), instance('us')]).toEqual(before);
    expect(service.connectors.names()).toEqual(['eu', 'us']);
    await service.connectors.close();
  });

  it('takes the gauges of a removed connector with it', async () => {
    const gauges = async (): Promise<string[]> => {
      const { text } = await service.send('get', '/metrics').expect(200);
      return text
        .split('\n')
        .filter((line) => /^zoom_connector_(listed|rate_limit_(queue|day)).*connector="us"/.test(line));
    };
    await users('us');
    expect((await gauges()).join()).toContain('listed_users{connector="us",status="active"}');
    await service.change({ connectors: { eu: two.connectors.eu } });
    while ((await gauges()).length > 0) await new Promise((resolve) => setImmediate(resolve));
    await service.connectors.close();
  });

  it('lets an operation of a removed connector end', async () => {
    const simulator = service.connectors.get('us')?.target().simulation?.simulator;
    simulator?.setOptions({ latencyMs: 50 });
    const running = users('us');
    await until(() => (simulator?.requests.length ?? 0) > 0);
    await service.change({ connectors: { eu: two.connectors.eu } });
    expect(await running).toBe(20);
    await service.connectors.close();
  });

  it('goes on when a removed connector cannot be closed, and reports that at its own end', async () => {
    // Jest gives tests a copy of `process`, which hears of no rejections.
    const realProcess = runInThisContext('process') as NodeJS.Process;
    const unhandled: unknown[] = [];
    let fail = (): void => undefined;
    const failed = new Promise<void>((resolve) => (fail = resolve));
    const note = (reason: unknown): void => void unhandled.push(reason);
    const make = createConnectorFactory({ version: '0.0.0-test' });
    const { accounts } = await load(two);
    const connectors = await startConnectors(accounts, (config, name) => {
      const made = make(config, name);
      if (name !== 'us') return made;
      return {
        ...made,
        close: () =>
          made
            .close()
            .finally(fail)
            .then(() => Promise.reject(new Error('stuck'))),
      };
    });
    const url = connectors.get('us')?.target().simulation?.url ?? '';
    realProcess.on('unhandledRejection', note);
    try {
      await connectors.replace((await load({ connectors: { eu: two.connectors.eu } })).accounts);
      await failed;
      await new Promise((resolve) => setImmediate(resolve));
      await expect(connectors.close()).rejects.toThrow('stuck');
    } finally {
      realProcess.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    await service.connectors.close();
  });
});
