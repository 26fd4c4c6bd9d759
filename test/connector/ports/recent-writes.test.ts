import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AttributeDeclaration, Values } from '../../../src/connid/attribute.js';
import { newTrace } from '../../../src/connector/context.js';
import { createMemoryLock } from '../../../src/connector/memory/lock.js';
import { SharedLock } from '../../../src/connector/redis/lock.js';
import { SharedRecentWrites } from '../../../src/connector/redis/recent-writes.js';
import { RecentWrites, type WrittenAttribute } from '../../../src/connector/writes/recent-writes.js';
import { systemClock } from '../../../src/zoom/kit/clock.js';
import { describeWithRedis } from '../../support/with-redis.js';
import { type ReplicaStates, startReplicaStates } from '../../support/replica-states.js';

const single: AttributeDeclaration = { type: 'String', subtype: '__STRING_CASE_IGNORE__', description: '' };
const multiple: AttributeDeclaration = { type: 'String', multiValued: true, description: '' };
const object = { objectClass: 'Person', uid: 'p1' };
const declarations = (_objectClass: string, name: string) => (name === 'LIST' ? multiple : single);

/** Where operations report writes, and where reads look for them. */
interface Memory {
  readonly writer: RecentWrites;
  readonly reader: RecentWrites;
  /** The operations that wrote have ended, and a read begins. */
  passOn(): Promise<void>;
  close?(): void;
}

const one = (changes: Partial<WrittenAttribute>): WrittenAttribute => ({
  ...{ ...object, name: 'A', declaration: single, values: [], added: [], removed: [] },
  ...changes,
});
const list = (changes: Partial<WrittenAttribute>): WrittenAttribute =>
  one({ name: 'LIST', declaration: multiple, ...changes });

/** The rules that hold wherever the memory is. */
function remembers(make: () => Memory): void {
  let memory: Memory;
  beforeEach(() => {
    memory = make();
  });
  afterEach(() => memory.close?.());

  const over = async (read: Values | undefined, name = 'A'): Promise<Values | undefined> => {
    await memory.passOn();
    return memory.reader.overlayOf(object).over(name, read);
  };
  const isGone = async (): Promise<boolean> => {
    await memory.passOn();
    return memory.reader.isGone(object);
  };

  it('a single value beats what a read shows', async () => {
    memory.writer.remember(one({ values: ['new'] }));
    expect(await over(['old'])).toEqual(['new']);
    expect(await over([])).toEqual(['new']);
  });

  it('a single value gives way to a read that agrees, in the spelling of the read', async () => {
    memory.writer.remember(one({ values: ['Jane@Example.com'] }));
    expect(await over(['jane@example.com'])).toEqual(['jane@example.com']);
  });

  it('a single value does not make up for what was not read, and may be none', async () => {
    memory.writer.remember(one({ values: [] }));
    expect(await over(undefined)).toBeUndefined();
    expect(await over(['x'], 'B')).toEqual(['x']);
    expect(await over(['old'])).toEqual([]);
  });

  it('a value is forgotten when a later write is in doubt', async () => {
    memory.writer.remember(one({ values: ['new'] }));
    memory.writer.invalidate(one({ values: ['newer'] }));
    expect(await over(['old'])).toEqual(['old']);
  });

  it('a write counts also when the object was read before it', async () => {
    const overlay = memory.reader.overlayOf(object);
    memory.writer.remember(one({ values: ['new'] }));
    await memory.passOn();
    expect(overlay.over('A', ['old'])).toEqual(['new']);
  });

  it('several values come and go one by one; those of others stay', async () => {
    memory.writer.remember(list({ added: ['a'], removed: ['b'] }));
    expect(await over(['b', 'other'], 'LIST')).toEqual(['other', 'a']);
    expect(await over(['a', 'other'], 'LIST')).toEqual(['a', 'other']);
  });

  it('several values are forgotten one by one when a later write is in doubt', async () => {
    memory.writer.remember(list({ added: ['a', 'b'] }));
    memory.writer.invalidate(list({ removed: ['a'] }));
    expect(await over([], 'LIST')).toEqual(['b']);
  });

  it('several values leave with the object they name', async () => {
    memory.writer.remember(list({ added: ['g1', 'g2'] }));
    memory.writer.rememberDeleted({ objectClass: 'Club', uid: 'g1' });
    expect(await over([], 'LIST')).toEqual(['g2']);
    memory.writer.forget({ objectClass: 'Club', uid: 'g2' });
    expect(await over([], 'LIST')).toEqual([]);
  });

  it('a deleted object is gone until it is made again', async () => {
    memory.writer.rememberDeleted(object);
    expect(await isGone()).toBe(true);
    memory.writer.forget(object);
    expect(await isGone()).toBe(false);
  });
}

describe('recent writes of one process', () => {
  let now = 1_000_000;
  let recent: RecentWrites;
  beforeEach(() => {
    recent = new RecentWrites(() => now);
  });

  remembers(() => {
    const memory = new RecentWrites(() => now);
    return { writer: memory, reader: memory, passOn: () => Promise.resolve() };
  });

  it('count for ten seconds', () => {
    recent.remember(one({ values: ['new'] }));
    recent.rememberDeleted({ ...object, uid: 'p2' });
    now += 9_999;
    expect(recent.overlayOf(object).over('A', ['old'])).toEqual(['new']);
    expect(recent.isGone({ ...object, uid: 'p2' })).toBe(true);
    now += 1;
    expect(recent.overlayOf(object).over('A', ['old'])).toEqual(['old']);
    expect(recent.isGone({ ...object, uid: 'p2' })).toBe(false);
  });

  it('of a list each have their own time', () => {
    recent.remember(list({ added: ['a'] }));
    now += 6_000;
    recent.remember(list({ added: ['b'] }));
    now += 6_000;
    expect(recent.overlayOf(object).over('LIST', [])).toEqual(['b']);
  });

  it('that are reported late count from the write on', () => {
    recent.remember(one({ values: ['new'] }), 9_000);
    now += 1_000;
    expect(recent.overlayOf(object).over('A', ['old'])).toEqual(['old']);
  });

  it('are remembered of a bounded number of objects, the latest', () => {
    for (let index = 0; index < 10_001; index += 1) recent.remember(one({ uid: `p${index}`, values: ['x'] }));
    const valuesOf = (uid: string) => recent.overlayOf({ ...object, uid }).over('A', ['old']);
    expect(valuesOf('p0')).toEqual(['old']);
    expect(valuesOf('p10000')).toEqual(['x']);
  });
});

describeWithRedis('recent writes of replicas', () => {
  let states: ReplicaStates;
  beforeAll(async () => (states = await startReplicaStates()));
  afterAll(() => states.close());

  interface Replica {
    readonly recent: SharedRecentWrites;
    readonly lock: SharedLock;
  }

  function replica(): Replica {
    const state = states.add();
    const now = () => performance.now();
    const recent = new SharedRecentWrites(state, now);
    const pause = (ms: number, signal: AbortSignal) => systemClock.sleep(ms, signal);
    return { recent, lock: new SharedLock({ state, now, recent, local: createMemoryLock(), pause }) };
  }

  /** Ends an operation: its reports leave with its lock. */
  async function end({ lock }: Replica): Promise<void> {
    const context = { requestId: 'r', signal: new AbortController().signal, trace: newTrace() };
    await lock.run('x', () => Promise.resolve(), context);
  }

  remembers(() => {
    states.fresh();
    const [one_, two] = [replica(), replica()];
    return {
      writer: one_.recent,
      reader: two.recent,
      passOn: async () => {
        await end(one_);
        await two.recent.refresh(declarations);
      },
      close: () => {
        one_.lock.close();
        two.lock.close();
      },
    };
  });

  it('do not come back as those of others', async () => {
    states.fresh();
    const [a, b] = [replica(), replica()];
    a.recent.rememberDeleted(object);
    await end(a);
    await b.recent.refresh(declarations);
    await end(b);
    b.recent.forget(object);
    await a.recent.refresh(declarations);
    expect([a.recent.isGone(object), b.recent.isGone(object)]).toEqual([true, false]);
    expect(await logLength()).toBe(1);
  });

  it('show Redis neither values nor objects, and end there with their time', async () => {
    states.fresh();
    const a = replica();
    a.recent.remember(one({ uid: 'canary', values: ['canary@example.com'] }));
    await end(a);
    const [key = ''] = (await states.keys()).filter((each) => each.includes(':recent'));
    expect(key + String(await states.redis.command('DUMP', key))).not.toMatch(/canary|Person/);
    expect(Number(await states.redis.command('PTTL', key))).toBeLessThanOrEqual(20_000);
  });

  it('of a version that reports otherwise do not hurt', async () => {
    states.fresh();
    const [state, reader] = [states.add(), replica()];
    const write = async (reports: unknown): Promise<void> => {
      const entry = await state.sealing.seal(reports, reader.recent.logKey);
      await states.redis.command('XADD', reader.recent.logKey, '*', 'by', 'other', 'entry', entry);
    };
    await write([{ is: 'something new' }, { is: 'remember' }, null]);
    await reader.recent.refresh(declarations);
    await write([{ is: 'rememberDeleted', object }]);
    await reader.recent.refresh(declarations);
    expect(reader.recent.isGone(object)).toBe(true);
  });

  it('are looked for once by all reads that wait', async () => {
    states.fresh();
    const [a, b] = [replica(), replica()];
    a.recent.remember(one({ values: ['new'] }));
    await end(a);
    await b.recent.refresh(declarations);
    const before = await looks();
    await Promise.all(Array.from({ length: 50 }, () => b.recent.refresh(declarations)));
    expect((await looks()) - before).toBeLessThanOrEqual(2);
  });

  async function logLength(): Promise<number> {
    const [key = ''] = (await states.keys()).filter((each) => each.includes(':recent'));
    return Number(await states.redis.command('XLEN', key));
  }

  async function looks(): Promise<number> {
    const text = String(await states.redis.command('INFO', 'commandstats'));
    return Number(/cmdstat_xrange:calls=(\d+)/.exec(text)?.[1] ?? 0);
  }
});
