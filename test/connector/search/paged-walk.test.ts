import { describe, expect, it } from '@jest/globals';
import { LoopTurns } from '../../../src/connector/loop-turns.js';
import { type Match, type Matches, objectBytes, type Want } from '../../../src/connector/search/match.js';
import { PagedWalk } from '../../../src/connector/search/paged-walk.js';
import { fakeSession } from '../../support/fake-session.js';

const session = fakeSession(() => undefined);

const match = (index: number): Match => ({
  rowKey: `k${index}`,
  object: { objectClass: 'Person', uid: `u${index}`, name: `n${index}`, attributes: {} },
});
const uids = (objects: readonly { readonly uid: string }[]) => objects.map(({ uid }) => uid);
const between = (first: number, end: number) =>
  Array.from({ length: end - first }, (_, i) => `u${first + i}`);

/** Matches of a search, given in the chunks in which a target might show them. */
class FakeMatches implements Matches {
  readonly wants: Want[] = [];
  readonly passes: number[] = [];
  asked = 0;
  readonly weight = 100;
  #at: number;

  constructor(
    private readonly total: number,
    private readonly chunk: number,
    /** Whether the number of matches to come is known. */
    private readonly counted = true,
    at = 0,
  ) {
    this.#at = at;
  }

  get done(): boolean {
    return this.#at > this.total;
  }

  read(want: Want): Promise<readonly Match[]> {
    this.wants.push(want);
    const end = Math.min(this.total, this.#at + this.chunk);
    const read = Array.from({ length: end - this.#at }, (_, i) => match(this.#at + i));
    // The end shows only when nothing more comes.
    this.#at = read.length === 0 ? this.total + 1 : end;
    return Promise.resolve(read);
  }

  async *rest(): AsyncGenerator<Match, void, void> {
    while (!this.done) yield* await this.read({ count: this.chunk, firstPage: false });
  }

  pass(count: number): Promise<readonly string[]> {
    this.passes.push(count);
    const end = Math.min(this.total, this.#at + Math.min(count, this.chunk));
    const keys = Array.from({ length: end - this.#at }, (_, i) => match(this.#at + i).rowKey);
    this.#at = keys.length === 0 ? this.total + 1 : end;
    return Promise.resolve(keys);
  }

  remaining(): Promise<number | undefined> {
    this.asked += 1;
    return Promise.resolve(this.counted ? this.total - this.#at : undefined);
  }

  state(): unknown {
    return this.#at;
  }
}

describe('a page of a walk', () => {
  it('has as many matches as are wanted, and says what comes after it', async () => {
    const walk = new PagedWalk(new FakeMatches(10, 3));
    const page = await walk.page(4, session);
    expect(uids(page.objects)).toEqual(between(0, 4));
    expect(page).toMatchObject({ given: 4, more: true, remaining: 6 });
  });

  it('does not know what comes after it where the target does not count', async () => {
    const walk = new PagedWalk(new FakeMatches(10, 3, false));
    expect(await walk.page(4, session)).toMatchObject({ more: true, remaining: undefined });
    expect(await walk.page(3, session)).toMatchObject({ more: true, remaining: undefined });
  });

  it('is the last one where the count says so and nothing more comes', async () => {
    const source = new FakeMatches(6, 3);
    const page = await new PagedWalk(source).page(6, session);
    expect(page).toMatchObject({ given: 6, more: false, remaining: 0 });
    expect(source.wants.at(-1)).toEqual({ count: 1, firstPage: true });
  });

  it('is not the last one where more was read than it holds', async () => {
    const walk = new PagedWalk(new FakeMatches(6, 6));
    expect(await walk.page(5, session)).toMatchObject({ more: true, remaining: 1 });
    expect(await new PagedWalk(new FakeMatches(3, 6)).page(5, session)).toMatchObject({ more: false });
  });

  it('can be asked for again without reading', async () => {
    const source = new FakeMatches(10, 3);
    const walk = new PagedWalk(source);
    const first = await walk.page(4, session);
    const reads = source.wants.length;
    expect(await walk.page(4, session)).toEqual(first);
    expect(source.wants).toHaveLength(reads);
    expect(uids((await walk.page(2, session)).objects)).toEqual(between(0, 2));
  });

  it('reads with little else only at the beginning, and only when it is small', async () => {
    const firstPages = async (size: number, goTo = 0) => {
      const source = new FakeMatches(1000, 50);
      const walk = new PagedWalk(source);
      await walk.goTo(goTo, session);
      await walk.page(size, session);
      return new Set(source.wants.map(({ firstPage }) => firstPage));
    };
    expect(await firstPages(100)).toEqual(new Set([true]));
    expect(await firstPages(101)).toEqual(new Set([false]));
    expect(await firstPages(100, 1)).toEqual(new Set([false]));
  });

  it('reads only what it lacks', async () => {
    const source = new FakeMatches(10, 3);
    await new PagedWalk(source).page(7, session);
    expect(source.wants.map(({ count }) => count)).toEqual([7, 4, 1]);
  });
});

describe('the way of a walk', () => {
  it('is gone in steps, with turns of others in between', async () => {
    const source = new FakeMatches(5000, 5000);
    let [time, turns] = [0, 0];
    const resumed = (resume: () => void): void => {
      turns += 1;
      queueMicrotask(resume);
    };
    const context = { ...session.context, turns: new LoopTurns(() => (time += 5), resumed) };
    await new PagedWalk(source).goTo(5000, { ...session, context });
    expect(Math.max(...source.passes)).toBe(1000);
    expect(turns).toBeGreaterThanOrEqual(source.passes.length - 1);
  });

  it('leads over what was read and passes over the rest', async () => {
    const source = new FakeMatches(10, 3);
    const walk = new PagedWalk(source);
    await walk.page(2, session);
    await walk.goTo(7, session);
    expect(source.passes).toEqual([4, 1]);
    expect([walk.first, walk.end]).toEqual([7, 7]);
    expect(uids((await walk.page(2, session)).objects)).toEqual(between(7, 9));
  });

  it('ends with the matches', async () => {
    const walk = new PagedWalk(new FakeMatches(4, 3));
    await walk.goTo(100, session);
    expect(walk.first).toBe(4);
    expect(await walk.page(2, session)).toMatchObject({ objects: [], more: false, remaining: 0 });
  });

  it('does not lead back', async () => {
    const walk = new PagedWalk(new FakeMatches(10, 3));
    await walk.goTo(5, session);
    await walk.goTo(2, session);
    expect(walk.first).toBe(5);
  });

  it('has the same digest however it was gone, and another one for other rows', async () => {
    const one = new PagedWalk(new FakeMatches(10, 3));
    const digests = [one.rowsDigest];
    await one.page(2, session);
    await one.goTo(6, session);
    digests.push(one.rowsDigest);
    const other = new PagedWalk(new FakeMatches(10, 10));
    await other.goTo(2, session);
    digests.push(other.rowsDigest);
    expect((await other.page(4, session)).rowsDigest).toBe(one.rowsDigest);
    await other.goTo(6, session);
    expect(other.rowsDigest).toBe(one.rowsDigest);
    expect(one.rowsDigest).toMatch(/^[\w-]{16}$/);
    expect(new Set(digests).size).toBe(3);
    expect(digests[0]).toBe('');
  });
});

describe('a long page', () => {
  async function longPage(size: number, held: number, total = 10) {
    const walk = new PagedWalk(new FakeMatches(total, 3));
    const parts: string[] = [];
    const ends: number[] = [];
    const page = walk.longPage(size, held, session);
    for (;;) {
      const next = await page.next();
      if (next.done === true) return { parts, ends, last: next.value };
      parts.push(next.value.uid);
      ends.push(walk.end - walk.first);
    }
  }

  it('is given part by part but for the last one', async () => {
    const { ends, last, parts } = await longPage(7, 3);
    expect(parts).toEqual(between(0, 6));
    expect(uids(last.objects)).toEqual(between(6, 7));
    expect(last).toMatchObject({ given: 7, more: true, remaining: 3 });
    expect(Math.max(...ends)).toBeLessThanOrEqual(6);
  });

  it('is one part where that is enough, and ends with the matches', async () => {
    expect((await longPage(3, 3)).parts).toEqual([]);
    const { last, parts } = await longPage(100, 4);
    expect([...parts, ...uids(last.objects)]).toEqual(between(0, 10));
    expect(last.more).toBe(false);
  });
});

describe('the rest of a walk', () => {
  it('is everything that was not left behind', async () => {
    const source = new FakeMatches(10, 3);
    const walk = new PagedWalk(source);
    await walk.goTo(2, session);
    await walk.page(1, session);
    const found: string[] = [];
    for await (const { uid } of walk.rest(session)) found.push(uid);
    expect(found).toEqual(between(2, 10));
  });
});

describe('the state of a walk', () => {
  it('is taken up by another walk', async () => {
    const walk = new PagedWalk(new FakeMatches(10, 3));
    await walk.goTo(2, session);
    await walk.page(2, session);
    const state = walk.state();
    expect(state).toMatchObject({ id: walk.id, first: 2, ready: [{}, {}, {}], source: 5 });
    const later = new PagedWalk(new FakeMatches(10, 3, true, Number(state.source)), state);
    expect([later.id, later.first, later.end, later.rowsDigest]).toEqual([walk.id, 2, 5, walk.rowsDigest]);
    expect(uids((await later.page(5, session)).objects)).toEqual(between(2, 7));
  });

  it('weighs what is at hand and what the source keeps', async () => {
    const walk = new PagedWalk(new FakeMatches(10, 3));
    expect(walk.weight).toBe(100);
    await walk.page(1, session);
    expect(walk.weight).toBe(100 + 3 * objectBytes);
  });

  it('has an id of its own', () => {
    const id = () => new PagedWalk(new FakeMatches(0, 1)).id;
    expect(id()).not.toBe(id());
  });
});
