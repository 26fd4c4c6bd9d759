import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newTrace, type OperationContext } from '../../../src/connector/context.js';
import { createMemoryLock } from '../../../src/connector/memory/lock.js';
import { SharedLock } from '../../../src/connector/redis/lock.js';
import { SharedRecentWrites } from '../../../src/connector/redis/recent-writes.js';
import type { Lock } from '../../../src/connector/ports.js';
import { systemClock } from '../../../src/zoom/kit/clock.js';
import { describeWithRedis } from '../../support/with-redis.js';
import { type ReplicaStates, startReplicaStates } from '../../support/replica-states.js';

const never = new AbortController().signal;
const operation = (signal: AbortSignal = never): OperationContext => ({
  requestId: 'r',
  signal,
  trace: newTrace(),
});

/** Work that ends when it is told to. */
function piece(name: string, log: string[]) {
  let end: () => void = () => undefined;
  let begin: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const work = async (): Promise<string> => {
    log.push(`${name} begins`);
    begin();
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end, begun };
}

/** The rules of every lock. @param locks - makes the locks of two requests; they may be those of two replicas. */
function behavesAsLock(locks: () => readonly [Lock, Lock]): void {
  it('runs work under one key one after the other, and under others at the same time', async () => {
    const [one, two] = locks();
    const log: string[] = [];
    const [a, b, c] = [piece('a', log), piece('b', log), piece('c', log)];
    const first = one.run('x', a.work, operation());
    await a.begun;
    const runs = [first, two.run('x', b.work, operation()), two.run('y', c.work, operation())];
    await c.begun;
    for (const { end } of [c, b, a]) end();
    expect(await Promise.all(runs)).toEqual(['a', 'b', 'c']);
    expect(log.indexOf('b begins')).toBeGreaterThan(log.indexOf('a ends'));
    expect(log.indexOf('c begins')).toBeLessThan(log.indexOf('a ends'));
  });

  it('lets who gives up go at once, and still nobody in before it is free', async () => {
    const [one, two] = locks();
    const log: string[] = [];
    const [a, c] = [piece('a', log), piece('c', log)];
    const gone = new AbortController();
    const first = one.run('x', a.work, operation());
    await a.begun;
    const second = two.run('x', () => Promise.reject(new Error('never begun')), operation(gone.signal));
    const third = two.run('x', c.work, operation());
    gone.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    expect(log).toEqual(['a begins']);
    a.end();
    c.end();
    await Promise.all([first, third]);
    expect(log).toEqual(['a begins', 'a ends', 'c begins', 'c ends']);
  });

  it('goes on after work that fails, and begins none for who has gone already', async () => {
    const [one, two] = locks();
    await expect(one.run('x', () => Promise.reject(new Error('failed')), operation())).rejects.toThrow(
      'failed',
    );
    const begun: string[] = [];
    const late = two.run(
      'x',
      () => Promise.resolve(begun.push('late')),
      operation(AbortSignal.abort(new Error('gone'))),
    );
    await expect(late).rejects.toThrow('gone');
    expect(await one.run('x', () => Promise.resolve('next'), operation())).toBe('next');
    expect(begun).toEqual([]);
  });

  it('lets in one at a time, however many come', async () => {
    const all = locks();
    let [inside, most] = [0, 0];
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    const runs = Array.from({ length: 60 }, (_, index) =>
      (index % 2 === 0 ? all[0] : all[1]).run('x', work, operation()),
    );
    await Promise.all(runs);
    expect(most).toBe(1);
  });
}

describe('the lock of one process', () => {
  behavesAsLock(() => {
    const lock = createMemoryLock();
    return [lock, lock];
  });
});

describeWithRedis('the lock of replicas', () => {
  let states: ReplicaStates;
  let open: SharedLock[] = [];

  beforeAll(async () => (states = await startReplicaStates()));
  afterAll(() => states.close());
  beforeEach(() => {
    for (const lock of open) lock.close();
    open = [];
    states.fresh();
  });

  function replica(onOutage: 'continue' | 'refuseWrites' = 'continue'): SharedLock {
    const state = states.add({ onOutage });
    const now = () => performance.now();
    const lock = new SharedLock({
      state,
      now,
      local: createMemoryLock(),
      recent: new SharedRecentWrites(state, now),
      pause: (ms, signal) => systemClock.sleep(ms, signal),
    });
    open.push(lock);
    return lock;
  }

  behavesAsLock(() => [replica(), replica()]);

  it('gives replicas their turns in the order in which they came', async () => {
    const replicas = [replica(), replica(), replica()];
    const log: string[] = [];
    const pieces = replicas.map((_, index) => piece(String(index), log));
    const runs: Promise<string>[] = [];
    for (const [index, lock] of replicas.entries()) {
      const { begun, work } = pieces[index] ?? piece('', log);
      runs.push(lock.run('x', work, operation()));
      // The first one begins; the others are in the queue when Redis knows them.
      if (index === 0) await begun;
      else await waitingFor(index + 1);
    }
    for (const { end } of pieces) end();
    await Promise.all(runs);
    expect(log.filter((line) => line.endsWith('begins'))).toEqual(['0 begins', '1 begins', '2 begins']);
  });

  /** Waits until so many entries stand in the queue, without looking into it: each makes it longer. */
  async function waitingFor(entries: number): Promise<void> {
    for (;;) {
      const keys = (await states.keys()).filter((key) => key.includes(':lock:'));
      const lengths = await Promise.all(keys.map((key) => states.redis.command('STRLEN', key)));
      if (Math.max(0, ...lengths.map(Number)) > 100 * entries) return;
    }
  }

  it('refuses further writes of who has lost it', async () => {
    const lock = replica();
    const context = operation();
    const confirmed: string[] = [];
    await lock.run(
      'x',
      async () => {
        await lock.confirm(context);
        confirmed.push('held');
        await states.redis.command('FLUSHALL');
        await expect(lock.confirm(context)).rejects.toMatchObject({ kind: 'retryable' });
      },
      context,
    );
    expect(confirmed).toEqual(['held']);
    await lock.confirm(context);
  });

  it('shows Redis neither the name of the object nor that of the account', async () => {
    await replica().run(
      'Person/name/canary@example.com',
      async () => {
        const keys = await states.keys();
        expect(keys.filter((key) => key.includes(':lock:'))).toHaveLength(1);
        expect(keys.join()).not.toMatch(/canary|Person|account/);
      },
      operation(),
    );
    const keys = await states.keys();
    expect(keys.filter((key) => key.includes(':lock:'))).toEqual([]);
  });

  it('holds within one replica while Redis is away, or refuses writes', async () => {
    const [goesOn, refuses] = [replica(), replica('refuseWrites')];
    await Promise.all([goesOn, refuses].map((lock) => lock.run('x', () => Promise.resolve(), operation())));
    await states.server.crash();
    const context = operation();
    const work = async (): Promise<string> => {
      await goesOn.confirm(context);
      return 'done';
    };
    expect(await goesOn.run('x', work, context)).toBe('done');
    await expect(refuses.run('x', () => Promise.resolve(), operation())).rejects.toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 5 },
    });
    await states.server.restart();
  });
});
