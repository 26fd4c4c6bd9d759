import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatorOptions } from '../../src/simulator/options/options.js';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.js';
import { type RedisServer, type RedisTls, startRedis } from '../support/redis-server.js';

/** An answer of a replica, and how long it took. */
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly ms: number;
}

/** A replica of the service: a process of its own. */
export interface Replica {
  readonly process: ChildProcess;
  post(operation: string, body: object): Promise<Answered>;
  get(path: string): Promise<string>;
  /** Lines of its log so far with this message. */
  logged(message: string): readonly Readonly<Record<string, unknown>>[];
}

/** A simulated account, a Redis, and replicas of the service that share it. */
export interface ServiceGroup {
  readonly simulator: Simulator;
  readonly redis: RedisServer;
  readonly replicas: readonly Replica[];
  /** A replica by chance. */
  any(): Replica;
  /** Repeats an operation as a platform does: after 503, wherever it goes then. */
  persistent(operation: string, body: object): Promise<Answered>;
  close(): Promise<void>;
}

interface GroupSettings {
  readonly replicas: number;
  readonly account: Partial<SimulatorOptions>;
  readonly onOutage?: 'continue' | 'refuseWrites';
  /** The certificate of Redis, which then speaks TLS. */
  readonly tls?: RedisTls;
}

export async function startGroup({
  account,
  onOutage = 'continue',
  replicas,
  tls,
}: GroupSettings): Promise<ServiceGroup> {
  const simulator = createSimulator({ plan: 'none', phoneUsers: 0, groups: 5, ...account });
  const { url } = await simulator.listen();
  const redis = await startRedis(tls);
  const folder = await mkdtemp(join(tmpdir(), 'replicas-'));
  const { accountId, clientId, clientSecret } = simulator.credentials;
  const file = join(folder, 'connector.json');
  const config = {
    service: { target: 'zoom', serviceUrl: `${url}/v2`, scimUrl: `${url}/scim2` },
    security: {
      authenticator: { oauth2ClientCredentials: { tokenUrl: `${url}/oauth/token`, clientId, clientSecret } },
    },
    custom: { accountId },
    rateLimit: { plan: account.plan ?? 'none' },
    server: { port: 0 },
    state: { redisUrl: redis.url, onOutage },
  };
  await writeFile(file, JSON.stringify(config));
  const started = await Promise.all(Array.from({ length: replicas }, () => startReplica(file, tls)));
  const any = (): Replica => {
    const [one] = started.slice(Math.floor(Math.random() * replicas));
    if (one === undefined) throw new Error('a group has replicas');
    return one;
  };
  return {
    simulator,
    redis,
    replicas: started,
    any,
    persistent: async (operation, body) => {
      for (;;) {
        const answer = await any().post(operation, body);
        if (answer.status !== 503) return answer;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    close: async () => {
      await Promise.all(started.map(({ process: child }) => end(child)));
      await simulator.close();
      await redis.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function startReplica(file: string, tls?: RedisTls): Promise<Replica> {
  const child = spawn(process.execPath, ['dist/main.js', 'serve', '--config', file], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...(tls !== undefined && { NODE_EXTRA_CA_CERTS: tls.ca }) },
  });
  let log = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the replica ended: ${log}`)));
    child.stdout.on('data', (text: Buffer) => {
      log += text.toString();
      const found = /listening on (http:\/\/[^\s"]+)/.exec(log)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    process: child,
    post: async (operation, body) => {
      const start = performance.now();
      const answer = await fetch(`${url}/v1/${operation}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      const parsed = (text === '' ? {} : JSON.parse(text)) as Answered['body'];
      return { status: answer.status, body: parsed, ms: performance.now() - start };
    },
    get: async (path) => (await fetch(`${url}${path}`)).text(),
    logged: (message) =>
      log
        .split('\n')
        .filter((line) => line.includes(`"message":"${message}"`))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
