import { createClient, ErrorReply, type RedisClientType } from '@redis/client';
import { createHash } from 'node:crypto';
import { RedisFailure, timedReply } from './timed-reply.js';

/** A connection to Redis, and a second one for messages. It is used until it breaks, and never repaired. */
export interface RedisLink {
  /**
   * Runs a Lua script. Texts are returned as texts.
   * @throws RedisFailure
   */
  evalScript(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  close(): void;
}

interface LinkOptions {
  readonly url: string;
  /** The connection must be there after this time, in milliseconds. */
  readonly limitMs: number;
  /** The channel of the messages. */
  readonly channel: string;
  readonly onMessage: (message: string) => void;
  /** Called once, when either connection has ended. */
  readonly onBroken: (reason: string) => void;
}

/** More commands than this wait for Redis only when it is no help any more. */
const maxQueued = 10_000;

/**
 * Connects to Redis.
 * @throws RedisFailure when that fails.
 */
export async function openLink({
  channel,
  limitMs,
  onBroken,
  onMessage,
  url,
}: LinkOptions): Promise<RedisLink> {
  const options = {
    url,
    name: 'zoom-connector',
    disableOfflineQueue: true,
    commandsQueueMaxLength: maxQueued,
    socket: { connectTimeout: limitMs, reconnectStrategy: false },
  } as const;
  const [commands, messages] = [createClient(options), createClient(options)];
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    for (const each of [commands, messages]) if (each.isOpen) each.destroy();
  };
  const broken = (error: unknown): void => {
    if (!isOpen) return;
    close();
    onBroken(failureOf(error).message);
  };
  for (const each of [commands, messages]) each.on('error', broken).on('end', broken);
  try {
    const connected = Promise.all([commands.connect(), messages.connect()]);
    await timedReply(
      connected.then(() => messages.subscribe(channel, onMessage)),
      limitMs,
    );
  } catch (thrown) {
    close();
    throw failureOf(thrown);
  }
  return { evalScript: scriptRunner(commands), close };
}

/** Sends scripts by their digest. Redis forgets them when it restarts. */
function scriptRunner(client: RedisClientType): RedisLink['evalScript'] {
  const digests = new Map<string, string>();
  return async (script, keys, args) => {
    const digest = digests.get(script) ?? createHash('sha1').update(script).digest('hex');
    digests.set(script, digest);
    const options = { keys: [...keys], arguments: [...args] };
    try {
      return await client.evalSha(digest, options);
    } catch (thrown) {
      if (!isUnknownScript(thrown)) throw failureOf(thrown);
    }
    return client.eval(script, options).catch((thrown: unknown) => {
      throw failureOf(thrown);
    });
  };
}

function isUnknownScript(thrown: unknown): boolean {
  return thrown instanceof ErrorReply && thrown.message.startsWith('NOSCRIPT');
}

/** Keeps the codes of refusals (`OOM`, `READONLY`, `WRONGPASS`, …) and of the system (`ECONNREFUSED`). */
function failureOf(thrown: unknown): RedisFailure {
  if (thrown instanceof RedisFailure) return thrown;
  if (thrown instanceof ErrorReply) {
    return new RedisFailure(/^[A-Z]+\b/.exec(thrown.message)?.[0] ?? 'an error of Redis');
  }
  const code = (thrown as { readonly code?: unknown } | undefined)?.code;
  return new RedisFailure(typeof code === 'string' ? code : 'the connection ended');
}
