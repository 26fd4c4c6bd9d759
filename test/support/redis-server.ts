import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A connection that speaks just enough of Redis' protocol for tests: texts there; texts and numbers back. */
export interface RedisConnection {
  command(...words: readonly string[]): Promise<unknown>;
  close(): void;
}

/** A `redis-server` of its own, without a port: it listens on a socket in a folder of its own. */
export interface RedisServer {
  readonly path: string;
  readonly process: ChildProcess;
  connect(): Promise<RedisConnection>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const path = join(folder, 'redis.sock');
  const child = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder]);
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('redis-server ended.')));
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('ready to accept')) resolve();
    });
  });
  return {
    path,
    process: child,
    connect: () => connectTo(path),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

export async function connectTo(path: string): Promise<RedisConnection> {
  const socket = connect(path);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const waiting: Waiting[] = [];
  readReplies(socket, waiting);
  const failAll = (): void => waiting.splice(0).forEach(({ reject }) => reject(new Error('Redis is away.')));
  socket.on('error', failAll).on('close', failAll);
  return {
    command: (...words) =>
      new Promise((resolve, reject) => {
        if (!socket.writable) throw new Error('Redis is away.');
        waiting.push({ resolve, reject });
        const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
        socket.write(`*${words.length}\r\n${parts.join('')}`);
      }),
    close: () => socket.destroy(),
  };
}

function readReplies(socket: Socket, waiting: Waiting[]): void {
  let buffer = Buffer.alloc(0);
  socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (let reply = firstReply(buffer); reply !== undefined; reply = firstReply(buffer)) {
      buffer = buffer.subarray(reply.length);
      const next = waiting.shift();
      if (reply.value instanceof Error) next?.reject(reply.value);
      else next?.resolve(reply.value);
    }
  });
}

/** The first whole reply: a line, an error, a number or a text. */
function firstReply(buffer: Buffer): { readonly value: unknown; readonly length: number } | undefined {
  const end = buffer.indexOf('\r\n');
  if (end < 0) return undefined;
  const line = buffer.toString('utf8', 1, end);
  const length = end + 2;
  const type = String.fromCharCode(buffer[0] ?? 0);
  if (type === '-') return { value: new Error(line), length };
  if (type === ':') return { value: Number(line), length };
  if (type !== '$') return { value: line, length };
  const size = Number(line);
  if (size < 0) return { value: undefined, length };
  const whole = length + size + 2;
  if (buffer.length < whole) return undefined;
  return { value: buffer.toString('utf8', length, length + size), length: whole };
}
