/**
 * Measures replicas that share the rate of one account over Redis: the part of the published rate that they use, the
 * number of 429 answers, and the commands that Redis runs for each call to Zoom. Each replica and the simulator, which
 * enforces the limits over any sliding second, is a process of its own. Answers take 50 to 150 ms.
 * Usage: npm run bench:replicas -- [seconds]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { startRedis, type RedisConnection } from '../test/support/redis-server.js';
import { type ReplicaCounts, startReplica } from './replica-process.js';
import { startSimulator } from './simulator-process.js';

const seconds = Number(process.argv[2] ?? 60);
const warmUpSeconds = 10;
const limits = { business: 80, pro: 30 } as const;
const cases = (['pro', 'business'] as const).flatMap((plan) =>
  [
    { replicas: 2, busy: 1 },
    { replicas: 2, busy: 2 },
    { replicas: 3, busy: 3 },
  ].map((each) => ({ plan, ...each })),
);

type Case = (typeof cases)[number];

const line = (cells: readonly (string | number)[]): void =>
  void process.stdout.write(`${cells.map((cell) => String(cell).padEnd(13)).join('')}\n`);

const total = (all: readonly ReplicaCounts[], what: keyof ReplicaCounts): number =>
  all.reduce((sum, counts) => sum + counts[what], 0);

/** Commands that clients sent, and all that ran, those within scripts included. */
async function commands(redis: RedisConnection): Promise<{ readonly sent: number; readonly run: number }> {
  const text = String(await redis.command('INFO', 'commandstats'));
  const calls = [...text.matchAll(/^cmdstat_([\w|]+):calls=(\d+)/gm)].map(
    ([, name, n]) => [name, Number(n)] as const,
  );
  const sum = (of: readonly (readonly [string | undefined, number])[]): number =>
    of.reduce((all, [, n]) => all + n, 0);
  return { sent: sum(calls.filter(([name]) => name === 'evalsha')), run: sum(calls) };
}

async function run({ busy, plan, replicas }: Case): Promise<void> {
  const redis = await startRedis();
  const connection = await redis.connect();
  const simulator = await startSimulator({ users: 10, plan, latencyMs: { min: 50, max: 150 } });
  const { credentials, url } = simulator;
  const running = Array.from({ length: replicas }, (_, index) =>
    startReplica({
      ...{ simulator: { url, credentials }, plan, redis: redis.path, name: `r${index}`, replicas },
      readers: index < busy ? 32 : 0,
    }),
  );
  const now = (): Promise<ReplicaCounts[]> => Promise.all(running.map((replica) => replica.counts()));
  await sleep(warmUpSeconds * 1_000);
  const [before, commandsBefore] = [await now(), await commands(connection)];
  await sleep(seconds * 1_000);
  const [after, commandsAfter] = [await now(), await commands(connection)];
  const answered = total(after, 'answered') - total(before, 'answered');
  line([
    ...[plan, replicas, busy, answered],
    `${((100 * answered) / (limits[plan] * seconds)).toFixed(1)} %`,
    ...[total(after, 'refused') - total(before, 'refused'), total(before, 'refused')],
    ((commandsAfter.sent - commandsBefore.sent) / answered).toFixed(2),
    ((commandsAfter.run - commandsBefore.run) / answered).toFixed(2),
    `${Math.round(total(after, 'rssBytes') / replicas / 2 ** 20)} MB`,
  ]);
  for (const replica of running) replica.stop();
  simulator.stop();
  connection.close();
  await redis.stop();
}

const header = [
  'plan',
  'replicas',
  'busy',
  'calls',
  'of the rate',
  '429',
  '429 before',
  'sent/call',
  'run/call',
  'memory',
];
line(header);
for (const each of cases) await run(each);
