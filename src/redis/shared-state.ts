import { randomUUID } from 'node:crypto';
import type { RedisStatus, SharedState } from '../connector/redis/shared-state.js';
import type { RedisLink } from './redis-link.js';
import { Slowness } from './slowness.js';
import { RedisFailure, timedReply } from './timed-reply.js';

/** Settings of the shared state, as in `connector.json`. */
export interface StateSettings {
  readonly url: string;
  readonly keyPrefix: string;
  readonly onOutage: SharedState['onOutage'];
}

/** The shared state in Redis, as long as the service runs. */
export interface RedisState extends SharedState {
  /** `undefined` after it was closed. */
  status(): RedisStatus | undefined;
  close(): void;
}

/** A command that takes longer than this is given up, in milliseconds. */
const commandMs = 300;
/** A connection must be there after this time. */
const connectMs = 1_000;
/** A replica shows that it lives, and learns of others, this often. */
const beatMs = 5_000;
/** While Redis is away, this often. */
const awayBeatMs = 1_000;
/** A connection that has answered nothing for this long is replaced. */
const silentMs = 3_000;
/** A replica that has not been seen for this long does not count. */
const seenMs = 16_000;

const presenceScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])
`;

/**
 * Keeps a connection to Redis. A command that fails or is slow makes Redis count as away: further ones then fail at
 * once, so that no operation waits for it. A look at it every second finds out when it is back.
 * @param onChange - called when Redis is lost, and when it is back.
 */
export function connectState(
  settings: StateSettings,
  onChange: (status: RedisStatus, reason: string) => void,
): RedisState {
  return new Connection(settings, onChange);
}

class Connection implements RedisState {
  readonly replica = randomUUID();
  readonly keyPrefix: string;
  readonly onOutage: SharedState['onOutage'];
  readonly #listeners = new Set<(message: string) => void>();
  readonly #slowness = new Slowness();
  /** Settled when the first attempt to reach Redis has ended. */
  readonly #tried: Promise<void>;
  #link: RedisLink | undefined;
  #status: RedisStatus = { redis: 'away', since: new Date().toISOString() };
  #isFirst = true;
  #replicas = 1;
  #lastReply = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isLooking = false;

  constructor(
    private readonly settings: StateSettings,
    private readonly onChange: (status: RedisStatus, reason: string) => void,
  ) {
    this.keyPrefix = settings.keyPrefix;
    this.onOutage = settings.onOutage;
    this.#tried = this.#beat();
  }

  get channel(): string {
    return `${this.keyPrefix}replica:${this.replica}`;
  }

  status(): RedisStatus | undefined {
    return this.#isClosed ? undefined : this.#status;
  }

  replicas(): number {
    return this.#replicas;
  }

  onMessage(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async evalScript(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    if (this.#isFirst) await this.#tried;
    if (this.#status.redis === 'away') throw new Error('Redis is away.');
    try {
      return await this.#run(script, keys, args);
    } catch (thrown) {
      this.#setAway(reasonOf(thrown));
      throw thrown;
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = undefined;
  }

  async #run(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    if (this.#link === undefined) throw new Error('Redis is away.');
    const { reply, tookMs } = await timedReply(this.#link.evalScript(script, keys, args), commandMs);
    this.#lastReply = performance.now();
    if (this.#slowness.add(tookMs, this.#lastReply)) this.#setAway('slow answers');
    return reply;
  }

  /** Looks at Redis, connects if necessary, and plans the next look. */
  async #beat(): Promise<void> {
    this.#isLooking = true;
    try {
      await this.#look();
    } catch (thrown) {
      this.#setAway(reasonOf(thrown));
      if (performance.now() - this.#lastReply > silentMs) this.#drop();
    }
    this.#isLooking = false;
    this.#isFirst = false;
    this.#planBeat();
  }

  #planBeat(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed || this.#isLooking) return;
    const next = this.#status.redis === 'up' ? beatMs : awayBeatMs;
    this.#timer = setTimeout(() => void this.#beat(), next);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#link ??= await this.#open();
    const key = `${this.keyPrefix}replicas`;
    const look = this.#link.evalScript(presenceScript, [key], [this.replica, String(seenMs)]);
    const { reply, tookMs } = await timedReply(look, commandMs);
    this.#lastReply = performance.now();
    this.#replicas = Math.max(1, Number(reply));
    if (this.#status.redis === 'away' && this.#slowness.isGood(tookMs)) this.#setUp();
  }

  async #open(): Promise<RedisLink> {
    // The library is loaded only where there is Redis.
    const { openLink } = await import('./redis-link.js');
    return openLink({
      url: this.settings.url,
      channel: this.channel,
      limitMs: connectMs,
      onMessage: (message) => {
        for (const listener of this.#listeners) listener(message);
      },
      onBroken: (reason) => {
        this.#link = undefined;
        if (!this.#isClosed) this.#setAway(reason);
      },
    });
  }

  #drop(): void {
    this.#link?.close();
    this.#link = undefined;
    this.#lastReply = performance.now();
  }

  #setAway(reason: string): void {
    if (this.#status.redis === 'away' && !this.#isFirst) return;
    this.#change('away', reason);
    this.#planBeat();
  }

  #setUp(): void {
    this.#slowness.forget();
    this.#change('up', 'Redis answers');
  }

  #change(redis: RedisStatus['redis'], reason: string): void {
    this.#isFirst = false;
    this.#status = { redis, since: new Date().toISOString() };
    this.onChange(this.#status, reason);
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof RedisFailure ? thrown.message : 'an error of the connection';
}
