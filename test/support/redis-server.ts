import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';

/** A connection for tests: it sends any command. */
export interface RedisConnection {
  command(...words: readonly string[]): Promise<unknown>;
  close(): void;
}

/** A `redis-server` of its own on a free port, which keeps nothing on disk. */
export interface RedisServer {
  readonly url: string;
  readonly process: ChildProcess;
  connect(): Promise<RedisConnection>;
  /** Ends it without a farewell. */
  crash(): Promise<void>;
  /** Starts another one, empty, on the same port; ends the running one first. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** The files of a certificate. */
export interface RedisTls {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

/** @param tls - lets it listen with TLS only. */
export async function startRedis(tls?: RedisTls): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let child = await launch(folder, port, tls);
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const url = `${tls === undefined ? 'redis' : 'rediss'}://127.0.0.1:${port}`;
  return {
    url,
    get process() {
      return child;
    },
    connect: () => connectTo(url),
    crash: end,
    restart: async () => {
      await end();
      child = await launch(folder, port, tls);
    },
    stop: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number, tls?: RedisTls): Promise<ChildProcess> {
  const listening =
    tls === undefined
      ? { port }
      : {
          ...{ port: 0, 'tls-port': port, 'tls-auth-clients': 'no' },
          ...{ 'tls-cert-file': tls.cert, 'tls-key-file': tls.key, 'tls-ca-cert-file': tls.ca },
        };
  const options = { ...listening, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('redis-server ended.')));
    child.stdout.on('data', (text: Buffer) => {
      if (/ready to accept/i.test(text.toString())) resolve();
    });
  });
  return child;
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function connectTo(url: string): Promise<RedisConnection> {
  const client = createClient({ url });
  client.on('error', () => undefined);
  await client.connect();
  return { command: (...words) => client.sendCommand([...words]), close: () => client.destroy() };
}
