import { describe, expect, it } from '@jest/globals';
import type { ListingContext } from '../../../src/connector/ports.js';
import { createMemoryListingContexts } from '../../../src/connector/memory/listing-contexts.js';

const context = (id: string, first: number, end: number, bytes = 1, query = 'q'): ListingContext => ({
  id,
  query,
  first,
  end,
  bytes,
  data: id,
});

function contexts(bounds: { maxBytes?: number; maxCount?: number } = {}) {
  const time = { now: 0 };
  const store = createMemoryListingContexts(() => time.now, {
    maxBytes: 100,
    maxCount: 10,
    lifeMs: 1000,
    ...bounds,
  });
  const put = async (...list: readonly ListingContext[]) => {
    for (const item of list) await store.put(item);
  };
  return { store, time, put };
}

describe('listing contexts in memory', () => {
  it('are given out once', async () => {
    const { put, store } = contexts();
    await put(context('a', 0, 10));
    expect(await store.take('a')).toMatchObject({ data: 'a' });
    expect(await store.take('a')).toBeUndefined();
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
    expect(await store.take('a')).toBeUndefined();
  });

  it('make room, the oldest first', async () => {
    const { put, store } = contexts({ maxCount: 2, maxBytes: 10 });
    await put(context('a', 0, 1), context('b', 0, 1), context('c', 0, 1));
    expect(await store.take('a')).toBeUndefined();
    await put(context('d', 0, 1, 10));
    expect([await store.take('b'), await store.take('c')]).toEqual([undefined, undefined]);
    expect(await store.take('d')).toBeDefined();
    await put(context('large', 0, 1, 11));
    expect(await store.take('large')).toBeUndefined();
  });
});
