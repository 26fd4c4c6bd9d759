import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ListingContext, ListingContexts } from '../../../src/connector/ports.js';
import { createMemoryListingContexts } from '../../../src/connector/memory/listing-contexts.js';
import { createSharedListingContexts } from '../../../src/connector/redis/listing-contexts.js';
import { describeWithRedis } from '../../support/with-redis.js';
import { type ReplicaStates, startReplicaStates } from '../../support/replica-states.js';

const context = (id: string, first: number, end: number, bytes = 1, query = 'q'): ListingContext => ({
  id,
  query,
  first,
  end,
  bytes,
  data: id,
});

async function putAll(store: ListingContexts, ...list: readonly ListingContext[]): Promise<void> {
  for (const item of list) await store.put(item);
}

/** The rules of every store. @param stores - the one that puts and the one that takes; they may be of two replicas. */
function keepsContexts(stores: () => readonly [ListingContexts, ListingContexts]): void {
  it('are found by their walk', async () => {
    const [one, two] = stores();
    await putAll(one, context('a', 0, 10), context('b', 0, 10));
    expect(await two.take('b', 10)).toMatchObject({ data: 'b' });
    expect(await two.take('c', 10)).toBeUndefined();
  });

  it('are found by the shortest way to a position, the latest first', async () => {
    const [one, two] = stores();
    await putAll(one, context('far', 0, 10), context('near', 20, 30), context('beyond', 60, 70));
    await putAll(one, context('other', 40, 50, 1, 'r'));
    expect(await two.takeNearest('q', 45)).toMatchObject({ id: 'near' });
    expect(await two.takeNearest('q', 5)).toMatchObject({ id: 'far' });
    expect(await two.takeNearest('s', 5)).toBeUndefined();
  });
}

function contexts(bounds: { maxBytes?: number; maxCount?: number } = {}) {
  const time = { now: 0 };
  const limits = { maxBytes: 100, maxCount: 10, lifeMs: 1000, ...bounds };
  const store = createMemoryListingContexts(() => time.now, limits);
  return { store, time, put: (...list: readonly ListingContext[]) => putAll(store, ...list) };
}

describe('listing contexts in memory', () => {
  keepsContexts(() => {
    const { store } = contexts();
    return [store, store];
  });

  it('are given out once', async () => {
    const { put, store } = contexts();
    await put(context('a', 0, 10));
    expect(await store.take('a', 0)).toMatchObject({ data: 'a' });
    expect(await store.take('a', 0)).toBeUndefined();
  });

  it('are found by the shortest way to a position, the latest first', async () => {
    const { put, store } = contexts();
    await put(
      context('far', 0, 10),
      context('near', 20, 30),
      context('later', 20, 30),
      context('beyond', 60, 70),
    );
    await put(context('other', 40, 50, 1, 'r'));
    expect(await store.takeNearest('q', 45)).toMatchObject({ id: 'later' });
    expect(await store.takeNearest('q', 45)).toMatchObject({ id: 'near' });
    expect(await store.takeNearest('q', 5)).toMatchObject({ id: 'far' });
    expect(await store.takeNearest('q', 45)).toBeUndefined();
  });

  it('are forgotten after a while', async () => {
    const { put, store, time } = contexts();
    await put(context('a', 0, 10));
    time.now = 1000;
    expect(await store.take('a', 0)).toBeUndefined();
  });

  it('make room, the oldest first', async () => {
    const { put, store } = contexts({ maxCount: 2, maxBytes: 10 });
    await put(context('a', 0, 1), context('b', 0, 1), context('c', 0, 1));
    expect(await store.take('a', 0)).toBeUndefined();
    await put(context('d', 0, 1, 10));
    expect([await store.take('b', 0), await store.take('c', 0)]).toEqual([undefined, undefined]);
    expect(await store.take('d', 0)).toBeDefined();
    await put(context('large', 0, 1, 11));
    expect(await store.take('large', 0)).toBeUndefined();
  });
});

describeWithRedis('listing contexts of replicas', () => {
  let states: ReplicaStates;

  beforeAll(async () => (states = await startReplicaStates()));
  afterAll(() => states.close());
  beforeEach(() => states.fresh());

  const replica = (version = '1.0.0'): ListingContexts =>
    createSharedListingContexts(
      states.add(),
      createMemoryListingContexts(() => 0),
      version,
    );

  async function commands(): Promise<number> {
    const text = String(await states.redis.command('INFO', 'commandstats'));
    return Number(/cmdstat_evalsha:calls=(\d+)/.exec(text)?.[1] ?? 0);
  }

  keepsContexts(() => [replica(), replica()]);

  it('keep all that plain data can contain', async () => {
    const data = {
      big: 2n ** 60n,
      list: [1, undefined, 'ü'],
      map: new Map([['a', new Set([1])]]),
      at: new Date(0),
    };
    await replica().put({ ...context('a', 0, 10), data });
    expect((await replica().take('a', 10))?.data).toEqual(data);
  });

  it('go on with the one that has read further, wherever it is', async () => {
    const [one, two] = [replica(), replica()];
    await one.put({ ...context('w', 0, 300), data: 'first page' });
    await two.put({ ...context('w', 300, 600), data: 'second page' });
    expect(await one.take('w', 650)).toMatchObject({ data: 'second page' });
    await one.put({ ...context('w', 0, 300), data: 'late' });
    expect(await replica().take('w', 650)).toMatchObject({ data: 'second page' });
  });

  it('ask Redis for nothing while a replica gives rows that it has read', async () => {
    const store = replica();
    await store.put(context('w', 0, 300));
    const before = await commands();
    for (let first = 20; first < 300; first += 20) {
      expect(await store.take('w', first)).toBeDefined();
      await store.put(context('w', first, 300));
    }
    expect(await commands()).toBe(before);
  });

  it('show Redis nothing of a search or its rows, and end with the page tokens of Zoom', async () => {
    const data = { rows: ['canary@example.com'.repeat(1000)] };
    await replica().put({ ...context('w', 0, 10, 1, 'query of canary'), data });
    const keys = await states.keys();
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      const dump = String(await states.redis.command('DUMP', key));
      expect(key + dump).not.toMatch(/canary|example/);
      expect(Number(await states.redis.command('PTTL', key))).toBeLessThanOrEqual(15 * 60_000);
    }
  });

  it('are nothing to another version of the service, which may keep other data', async () => {
    await replica('1.0.0').put(context('w', 0, 10));
    expect(await replica('1.1.0').take('w', 10)).toBeUndefined();
    expect(await replica('1.1.0').takeNearest('q', 10)).toBeUndefined();
    expect(await replica('1.0.0').take('w', 10)).toBeDefined();
  });

  it('of one secret are nothing to another one, and damaged ones are none', async () => {
    await replica().put(context('w', 0, 10));
    const [key = ''] = (await states.keys()).filter((each) => each.includes(':walk:'));
    await states.redis.command('HSET', key, 'data', 'AAAA');
    expect(await replica().take('w', 10)).toBeUndefined();
  });

  it('are those of the replica while Redis is away', async () => {
    const store = replica();
    await store.put(context('a', 0, 10));
    await states.server.crash();
    await store.put(context('b', 0, 10));
    expect(await store.take('b', 10)).toMatchObject({ data: 'b' });
    expect(await store.takeNearest('q', 10)).toMatchObject({ data: 'a' });
    await states.server.restart();
  });
});
