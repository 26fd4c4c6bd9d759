import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { newTrace } from '../src/connector/context.js';
import { noMetrics } from '../src/connector/ports.js';
import { GuardedString } from '../src/connid/guarded-string.js';
import type { RatePlan } from '../src/zoom/client/pacing/limits.js';
import { createPacer } from '../src/zoom/client/pacing/pacer.js';
import { createZoomClient } from '../src/zoom/client/zoom-client.js';
import { systemClock } from '../src/zoom/kit/clock.js';
import { userEndpoints } from '../src/zoom/user/endpoints.js';
import { connectTo } from '../test/support/redis-server.js';
import type { SimulatorProcess } from './simulator-process.js';

/** The work of a replica process. */
export interface ReplicaOptions {
  readonly simulator: Pick<SimulatorProcess, 'url' | 'credentials'>;
  readonly plan: RatePlan;
  /** The socket of the `redis-server`. */
  readonly redis: string;
  readonly name: string;
  readonly replicas: number;
  /** Requests under way; a replica with 0 is idle. */
  readonly readers: number;
}

/** Calls so far. */
export interface ReplicaCounts {
  readonly answered: number;
  readonly refused: number;
  readonly rssBytes: number;
}

/** A client in a process of its own, which reads users as fast as the limits let it. */
export interface ReplicaProcess {
  counts(): Promise<ReplicaCounts>;
  stop(): void;
}

export function startReplica(options: ReplicaOptions): ReplicaProcess {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(options)]);
  return {
    counts: () =>
      new Promise((resolve) => {
        child.once('message', (counts) => resolve(counts as ReplicaCounts));
        child.send('counts');
      }),
    stop: () => void child.kill(),
  };
}

async function runReplica({
  name,
  plan,
  readers,
  redis,
  replicas,
  simulator,
}: ReplicaOptions): Promise<void> {
  const counts = { answered: 0, refused: 0 };
  process.on('message', () => process.send?.({ ...counts, rssBytes: process.memoryUsage().rss }));
  process.on('disconnect', () => process.exit(0));
  const { credentials, url } = simulator;
  const options = {
    ...{ serviceUrl: `${url}/v2`, scimUrl: `${url}/scim2`, tokenUrl: `${url}/oauth/token` },
    ...credentials,
    clientSecret: new GuardedString(credentials.clientSecret),
    ...{ ioErrorRetries: 5, requestTimeoutMs: 30_000, maxConcurrency: 32, maxWaitMs: 60_000 },
    ...{ maxAnswerBytes: 256 * 1024 * 1024, plan, share: 1 },
  };
  const metrics = {
    ...noMetrics,
    targetCall: ({ status }: { readonly status: number | 'error' }): void => {
      if (status === 429) counts.refused += 1;
      else counts.answered += 1;
    },
  };
  const connection = await connectTo(redis);
  const load = (script: string): Promise<unknown> => connection.command('SCRIPT', 'LOAD', script);
  const loaded = new Map<string, Promise<unknown>>();
  const group = {
    connection: {
      evalScript: async (script: string, keys: readonly string[], args: readonly string[]) => {
        const sha = loaded.get(script) ?? load(script);
        loaded.set(script, sha);
        return connection.command('EVALSHA', String(await sha), String(keys.length), ...keys, ...args);
      },
      replicas: () => replicas,
    },
    keyPrefix: 'bench:{account}:rate:',
    replica: name,
  };
  const pacer = createPacer(options, { clock: systemClock, random: Math.random, metrics }, group);
  const client = createZoomClient(options, { metrics }, { pacer });
  const context = { requestId: 'bench', signal: new AbortController().signal, trace: newTrace() };
  const reader = async (): Promise<void> => {
    const params = { userId: 'nobody@example.com' };
    for (;;) {
      await client
        .send({ endpoint: userEndpoints.getUser, params, why: 'bench' }, context)
        .catch(() => sleep(1));
    }
  };
  for (let index = 0; index < readers; index += 1) void reader();
}

if (process.send !== undefined) await runReplica(JSON.parse(process.argv[2] ?? '{}') as ReplicaOptions);
