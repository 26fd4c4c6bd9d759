/**
 * Measures what several accounts cost in one process of the service: its memory, and the memory, keys and commands of
 * Redis. All accounts are at one simulator, which answers on many addresses of this computer; to the service each
 * address is an account of its own.
 * Usage: npm run bench:accounts -- [numbers of accounts]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RedisConnection, startRedis } from '../test/support/redis-server.js';
import { keepAliveClient, type KeepAliveClient } from './keep-alive-client.js';
import { memoryOf, startProcess } from './service-process.js';
import { type SimulatorProcess, startSimulator } from './simulator-process.js';

const numbers = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10, 50];
const restMs = 5_000;
const idleSeconds = 20;

const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell) => String(cell).padEnd(14)).join('')}\n`);

const nameOf = (index: number): string => `account-${index}`;

function configFor({ credentials, url }: SimulatorProcess, count: number, redisUrl: string): object {
  const { accountId, clientId, clientSecret } = credentials;
  const { port } = new URL(url);
  const account = (index: number): object => {
    const base = `http://127.0.1.${index + 1}:${port}`;
    const oauth2ClientCredentials = { tokenUrl: `${base}/oauth/token`, clientId, clientSecret };
    return {
      service: { target: 'zoom', serviceUrl: `${base}/v2`, scimUrl: `${base}/scim2` },
      security: { authenticator: { oauth2ClientCredentials } },
      custom: { accountId },
      rateLimit: { plan: 'business' },
    };
  };
  const connectors = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [nameOf(index), account(index)]),
  );
  return { connectors, server: { port: 0 }, state: { redisUrl }, logging: { level: 'error' } };
}

interface RedisFacts {
  readonly sent: number;
  readonly bytes: number;
  readonly keys: number;
}

async function factsOf(redis: RedisConnection): Promise<RedisFacts> {
  const text = String(await redis.command('INFO', 'everything'));
  const sent = Number(/cmdstat_evalsha:calls=(\d+)/.exec(text)?.[1] ?? 0);
  const bytes = Number(/used_memory_dataset:(\d+)/.exec(text)?.[1] ?? 0);
  return { sent, bytes, keys: Number(await redis.command('DBSIZE')) };
}

/** Uses an account as a platform does: a page of users, then an update and a get of one of them. */
async function use(client: KeepAliveClient, name: string): Promise<void> {
  const post = (operation: string, body: object): Promise<string> =>
    client.post(`/v1/connectors/${name}/${operation}`, { objectClass: 'ZoomUser', ...body });
  const filter = { equals: { STATUS: 'active' } };
  const found = await post('search', { filter, options: { pageSize: 20, attributesToGet: ['DEPT'] } });
  const uid = (JSON.parse(found) as { results: { uid: string }[] }).results[0]?.uid;
  await post('update-delta', { uid, deltas: [{ name: 'DEPT', valuesToReplace: [name] }] });
  await post('get', { uid, options: { attributesToGet: ['DEPT'] } });
}

async function measure(count: number): Promise<void> {
  const simulator = await startSimulator({ users: 100, plan: 'none', latencyMs: 20 }, '0.0.0.0');
  const redis = await startRedis();
  const connection = await redis.connect();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'connector.json');
  writeFileSync(file, JSON.stringify(configFor(simulator, count, redis.url)));
  const start = performance.now();
  const service = await startProcess(['dist/main.js', 'serve', '--config', file]);
  const startMs = performance.now() - start;
  await sleep(restMs);
  const atRest = memoryOf(service.pid).now;
  const before = await factsOf(connection);
  await sleep(idleSeconds * 1_000);
  const idle = await factsOf(connection);
  const client = keepAliveClient(service.url);
  for (let index = 0; index < count; index += 1) await use(client, nameOf(index));
  const used = await factsOf(connection);
  await sleep(restMs);
  row([
    count,
    `${(startMs / 1000).toFixed(1)} s`,
    `${Math.round(atRest)} MiB`,
    `${Math.round(memoryOf(service.pid).now)} MiB`,
    ((idle.sent - before.sent) / idleSeconds).toFixed(2),
    ((used.sent - idle.sent) / count).toFixed(1),
    used.keys,
    `${Math.round((used.bytes - before.bytes) / 1024 / count)} KiB`,
  ]);
  client.close();
  await service.stop();
  simulator.stop();
  connection.close();
  await redis.stop();
  rmSync(folder, { recursive: true });
}

row(['accounts', 'start', 'at rest', 'after use', 'idle cmds/s', 'cmds/account', 'keys', 'Redis/account']);
for (const count of numbers) await measure(count);
