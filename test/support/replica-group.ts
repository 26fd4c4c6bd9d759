import { setImmediate as nextTurn } from 'node:timers/promises';
import { newTrace } from '../../src/connector/context.js';
import { noMetrics } from '../../src/connector/ports.js';
import type { Answer } from '../../src/zoom/client/errors/answer.js';
import { createPacer, type Pacer } from '../../src/zoom/client/pacing/pacer.js';
import type { RatePlan } from '../../src/zoom/client/pacing/limits.js';
import type { ZoomEndpoint } from '../../src/zoom/kit/endpoint-table.js';
import { fakeClock, type FakeClock } from './fake-clock.js';
import type { RedisConnection } from './redis-server.js';

const ok: Answer = { status: 200, headers: {}, body: { type: 'empty' } };

/** Numbers from 0 up to 1, which repeat for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A replica: its pacer, and switches for what may happen to it. */
export interface Replica {
  readonly pacer: Pacer;
  /** No answer reaches a dead replica, and it sends nothing any more. */
  dead: boolean;
  /** It cannot reach Redis. */
  cutOff: boolean;
  readonly metrics: Map<string, () => number | undefined>;
}

const isDead = ({ dead }: Replica): boolean => dead;

/**
 * Replicas in virtual time that share one real Redis, which gets the virtual time with each script. Zoom counts
 * requests as they leave, or only as they are answered, depending on the place of the delay.
 */
export class ReplicaGroup {
  readonly clock: FakeClock = fakeClock();
  readonly counted: number[] = [];
  readonly replicas: Replica[] = [];
  commands = 0;
  #pending = 0;

  constructor(
    private readonly redis: RedisConnection | undefined,
    private readonly random: () => number,
    private readonly plan: RatePlan,
    private readonly delay: 'behind' | 'in front' = 'in front',
  ) {}

  /** @param shared - false for a replica that is alone and knows of no Redis. */
  add(shared = true): Replica {
    const metrics: Replica['metrics'] = new Map();
    const replica = { dead: false, cutOff: false, metrics };
    const options = { plan: this.plan, share: 1, maxConcurrency: 32 };
    const reported = {
      ...noMetrics,
      dayRemaining: (pool: string, read: () => number | undefined) => void metrics.set(pool, read),
    };
    const pacer = createPacer(
      options,
      { clock: this.clock, random: this.random, metrics: reported },
      shared
        ? {
            connection: {
              evalScript: (script, keys, args) => this.#evaluate(replica, script, keys, args),
              replicas: () => this.replicas.length,
            },
            keyPrefix: 'test:{account}:',
            replica: `r${this.replicas.length}`,
          }
        : undefined,
    );
    const whole = Object.assign(replica, { pacer });
    this.replicas.push(whole);
    return whole;
  }

  /** Sends one request and waits for its answer. */
  async call(replica: Replica, endpoint: ZoomEndpoint, answer = ok): Promise<void> {
    const context = { requestId: 'op', signal: new AbortController().signal, trace: newTrace() };
    const slot = await replica.pacer.acquire(endpoint, context, 600_000);
    if (isDead(replica)) return;
    const latency = 50 + 100 * this.random();
    this.counted.push(this.clock.now() + (this.delay === 'in front' ? latency : 0));
    await this.clock.sleep(latency);
    if (!isDead(replica)) slot.release(answer);
  }

  /** Keeps so many requests under way until the time. */
  async busy(replica: Replica, endpoint: ZoomEndpoint, until: number, callers = 24): Promise<void> {
    const caller = async (): Promise<void> => {
      while (this.clock.now() < until && !isDead(replica)) await this.call(replica, endpoint);
    };
    await Promise.all(Array.from({ length: callers }, caller));
  }

  /** Lets the virtual time pass; what Redis does takes its part of it only by the random latency. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1) {
      await this.clock.advance(1);
      while (this.#pending > 0) await nextTurn();
    }
  }

  /** The largest number of requests that Zoom counted in a window, from a time on. */
  densest(windowMs: number): number {
    const times = [...this.counted].sort((a, b) => a - b);
    let first = 0;
    return times.reduce((most, time, index) => {
      while ((times[first] ?? 0) <= time - windowMs) first += 1;
      return Math.max(most, index - first + 1);
    }, 0);
  }

  within(from: number, until: number): number {
    return this.counted.filter((time) => time >= from && time < until).length;
  }

  async #evaluate(
    replica: { readonly dead: boolean; readonly cutOff: boolean },
    script: string,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    await this.clock.sleep(3 * this.random());
    if (replica.cutOff || replica.dead || this.redis === undefined) throw new Error('Redis is away.');
    this.commands += 1;
    this.#pending += 1;
    const words = ['EVAL', script, String(keys.length), ...keys, ...args, String(this.clock.now())];
    const reply = await this.redis.command(...words).finally(() => (this.#pending -= 1));
    await this.clock.sleep(3 * this.random());
    return reply;
  }
}
