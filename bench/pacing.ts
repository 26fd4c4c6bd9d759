/**
 * Measures the share of Zoom's published rate that the client uses, and the number of 429 answers.
 * The client reads single users from a simulator in another process, which enforces the limits over any sliding second.
 * Calls are delayed by 50 to 150 ms, after the simulator counts them (a slow Zoom) or before (a slow network).
 * Usage: npm run bench:pacing -- [seconds] [plan]
 */
import { newTrace } from '../src/connector/context.js';
import { noMetrics } from '../src/connector/ports.js';
import { GuardedString } from '../src/connid/guarded-string.js';
import { createZoomClient, type ZoomClient } from '../src/zoom/client/zoom-client.js';
import { userEndpoints } from '../src/zoom/user/endpoints.js';
import { startSimulator, type SimulatorProcess } from './simulator-process.js';

interface Case {
  readonly plan: 'business' | 'pro';
  readonly delay: 'behind' | 'in front';
  readonly headers: boolean;
}

interface Counts {
  answered: number;
  refused: number;
}

const seconds = Number(process.argv[2] ?? 60);
const warmUpSeconds = 10;
const limits = { business: 80, pro: 30 } as const;
const plans = (['business', 'pro'] as const).filter((plan) => (process.argv[3] ?? plan) === plan);
const cases: readonly Case[] = plans.flatMap((plan) =>
  (['behind', 'in front'] as const).flatMap((delay) =>
    [true, false].map((headers) => ({ plan, delay, headers })),
  ),
);

const line = (text: string): void => void process.stdout.write(`${text}\n`);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Random delays before the simulator counts the call. With the constant 50 ms they add up to 50 to 150 ms. */
const inFront = [50, 25, 12.5, 6.25, 3.125, 1.5625, 1.5625].map((ms) => ({
  match: { path: '/users/{userId}' },
  action: { kind: 'delay', ms },
  probability: 0.5,
}));

function faultsOf(delay: Case['delay']): object[] {
  if (delay === 'behind') return [];
  const always = { match: { path: '/users/{userId}' }, action: { kind: 'delay', ms: 50 } };
  return [
    always,
    ...inFront.map(({ match, action, probability }) => ({ match: { ...match, probability }, action })),
  ];
}

async function run({ plan, delay, headers }: Case): Promise<string> {
  const simulator = await startSimulator({
    users: 500,
    plan,
    rateLimitHeaders: headers,
    latencyMs: delay === 'behind' ? { min: 50, max: 150 } : 0,
    faults: faultsOf(delay) as never,
  });
  const counts: Counts = { answered: 0, refused: 0 };
  const client = clientFor(simulator, plan, counts);
  const stopping = { now: false };
  const work = importForever(client, stopping);
  await sleep(warmUpSeconds * 1_000);
  const before = { ...counts };
  await sleep(seconds * 1_000);
  const answered = counts.answered - before.answered;
  const warmRefused = before.refused;
  stopping.now = true;
  await work;
  await client.close();
  simulator.stop();
  const used = ((100 * answered) / (limits[plan] * seconds)).toFixed(2);
  return row([
    plan,
    delay,
    headers ? 'yes' : 'no',
    String(answered),
    `${used} %`,
    String(counts.refused - warmRefused),
    String(warmRefused),
  ]);
}

function clientFor({ url, credentials }: SimulatorProcess, plan: Case['plan'], counts: Counts): ZoomClient {
  const options = {
    serviceUrl: `${url}/v2`,
    scimUrl: `${url}/scim2`,
    tokenUrl: `${url}/oauth/token`,
    ...credentials,
    clientSecret: new GuardedString(credentials.clientSecret),
    ioErrorRetries: 5,
    requestTimeoutMs: 30_000,
    maxConcurrency: 32,
    maxWaitMs: 60_000,
    maxAnswerBytes: 256 * 1024 * 1024,
    sendTraceparent: true,
    plan,
    share: 1,
  };
  const targetCall = ({ endpoint, status }: { endpoint: string; status: number | 'error' }): void => {
    if (endpoint !== 'getUser') return;
    if (status === 429) counts.refused += 1;
    else counts.answered += 1;
  };
  return createZoomClient(options, { metrics: { ...noMetrics, targetCall } });
}

/** Works like an import: lists the ids, then reads the users, 32 at a time, again and again. */
async function importForever(client: ZoomClient, stopping: { now: boolean }): Promise<void> {
  const context = {
    requestId: 'bench',
    signal: new AbortController().signal,
    trace: newTrace(),
  };
  const list = await client.send(
    { endpoint: userEndpoints.listUsers, query: { page_size: 300 }, why: 'bench' },
    context,
  );
  const ids = (list as { users: { id: string }[] }).users.map(({ id }) => id);
  let next = 0;
  const reader = async (): Promise<void> => {
    while (!stopping.now) {
      const userId = ids[(next += 1) % ids.length] ?? '';
      await client.send({ endpoint: userEndpoints.getUser, params: { userId }, why: 'bench' }, context);
    }
  };
  await Promise.all(Array.from({ length: 32 }, reader));
}

function row(cells: readonly string[]): string {
  return cells.map((cell) => cell.padEnd(12)).join('');
}

line(row(['plan', 'delay', 'headers', `calls/${seconds}s`, 'of the rate', '429', '429 warm-up']));
for (const each of cases) line(await run(each));
