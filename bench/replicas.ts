/**
 * Measures replicas that share the state of one account over Redis: the part of the published rate that they use, the
 * number of 429 answers, and the commands of Redis for each call to Zoom. The services, the simulator, which enforces
 * the limits over any sliding second, and Redis are processes. Answers of Zoom take 50 to 150 ms. Readers get users,
 * writers update users that are theirs alone.
 * Usage: npm run bench:replicas -- [seconds]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type RedisConnection, startRedis } from '../test/support/redis-server.js';
import { callsIn, readCallCounts } from './call-metrics.js';
import { keepAliveClient } from './keep-alive-client.js';
import { memoryOf, type ServiceProcess, startServiceProcess } from './service-process.js';
import { startSimulator } from './simulator-process.js';

const seconds = Number(process.argv[2] ?? 60);
const warmUpSeconds = 10;
const limits = { business: 80, pro: 30 } as const;
const callers = 32;

interface Case {
  readonly plan: keyof typeof limits;
  readonly replicas: number;
  /** The number of replicas that get requests. */
  readonly busy: number;
  readonly work: 'gets' | 'updates';
}

const cases: readonly Case[] = (['pro', 'business'] as const).flatMap((plan) => [
  { plan, replicas: 2, busy: 1, work: 'gets' },
  { plan, replicas: 2, busy: 2, work: 'gets' },
  { plan, replicas: 3, busy: 3, work: 'gets' },
  { plan, replicas: 3, busy: 3, work: 'updates' },
]);

const row = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell) => String(cell).padEnd(12)).join('')}\n`);

/** Commands that replicas sent, and all that ran, those within scripts included. */
async function commands(redis: RedisConnection): Promise<{ readonly sent: number; readonly run: number }> {
  const text = String(await redis.command('INFO', 'commandstats'));
  const calls = [...text.matchAll(/^cmdstat_([\w|]+):calls=(\d+)/gm)].map(
    ([, name, count]) => [name, Number(count)] as const,
  );
  const sum = (of: typeof calls): number => of.reduce((all, [, count]) => all + count, 0);
  return { sent: sum(calls.filter(([name]) => name === 'evalsha')), run: sum(calls) };
}

/** Calls to Zoom so far, and the refusals among them. */
async function calls(services: readonly ServiceProcess[]): Promise<{ answered: number; refused: number }> {
  const all = (await Promise.all(services.map(readCallCounts))).flat();
  const refused = callsIn(all, { status: '429' });
  return { answered: callsIn(all) - refused - callsIn(all, { endpoint: 'getToken' }), refused };
}

async function uidsOf({ url }: ServiceProcess): Promise<readonly string[]> {
  const client = keepAliveClient(url);
  const filter = { equals: { STATUS: 'active' } };
  const body = { objectClass: 'ZoomUser', filter, options: { attributesToGet: ['STATUS'], pageSize: 200 } };
  const { results } = JSON.parse(await client.post('/v1/search', body)) as { results: { uid: string }[] };
  client.close();
  return results.map(({ uid }) => uid);
}

/** Keeps a replica busy until it is stopped. */
function work({ url }: ServiceProcess, kind: Case['work'], uids: readonly string[]): () => void {
  const client = keepAliveClient(url);
  let isStopped = false;
  const caller = async (uid: string): Promise<void> => {
    for (let count = 0; !isStopped; count += 1) {
      const deltas = [{ name: 'DEPT', valuesToReplace: [`D${count}`] }];
      const request = { objectClass: 'ZoomUser', uid };
      const options = { attributesToGet: ['DEPT'] };
      const sent =
        kind === 'gets'
          ? client.post('/v1/get', { ...request, options })
          : client.post('/v1/update-delta', { ...request, deltas });
      await sent.catch(() => sleep(10));
    }
  };
  for (const uid of uids) void caller(uid);
  return () => {
    isStopped = true;
    client.close();
  };
}

async function run({ busy, plan, replicas, work: kind }: Case): Promise<void> {
  const redis = await startRedis();
  const connection = await redis.connect();
  const simulator = await startSimulator({ users: 400, plan, latencyMs: { min: 50, max: 150 } });
  const settings = { results: {}, plan, redisUrl: redis.url } as const;
  const services = await Promise.all(
    Array.from({ length: replicas }, () => startServiceProcess(simulator, settings)),
  );
  const [first] = services;
  const uids = first === undefined ? [] : await uidsOf(first);
  const stops = services
    .slice(0, busy)
    .map((service, index) => work(service, kind, uids.slice(index * callers, (index + 1) * callers)));
  await sleep(warmUpSeconds * 1_000);
  const [before, commandsBefore] = [await calls(services), await commands(connection)];
  await sleep(seconds * 1_000);
  const [after, commandsAfter] = [await calls(services), await commands(connection)];
  const answered = after.answered - before.answered;
  const memory = services.reduce((sum, { pid }) => sum + memoryOf(pid).now, 0) / replicas;
  row([
    ...[plan, replicas, busy, kind, answered],
    `${((100 * answered) / (limits[plan] * seconds)).toFixed(1)} %`,
    after.refused,
    ((commandsAfter.sent - commandsBefore.sent) / answered).toFixed(2),
    ((commandsAfter.run - commandsBefore.run) / answered).toFixed(2),
    `${Math.round(memory)} MiB`,
  ]);
  for (const stop of stops) stop();
  await Promise.all(services.map((service) => service.stop()));
  simulator.stop();
  connection.close();
  await redis.stop();
}

row(['plan', 'replicas', 'busy', 'work', 'calls', 'of the rate', '429', 'sent/call', 'run/call', 'memory']);
for (const each of cases) await run(each);
