import { setImmediate as settled } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { newTrace, type OperationContext } from '../../../src/connector/context.js';
import { LoopTurns } from '../../../src/connector/loop-turns.js';
import { FakeAccount, fakeUser, idOf } from '../../support/fake-account.js';
import { searchingConnector } from '../../support/searching.js';

const userCount = 300;
/** Each look at the clock takes a millisecond, and a slice five: so many pieces of work fit a turn. */
const piecesPerTurn = 5;

/** An event loop whose turns the test counts. */
class CountedLoop {
  #time = 0;
  readonly #due: (() => void)[] = [];
  readonly turns = new LoopTurns(
    () => (this.#time += 1),
    (resume) => this.#due.push(resume),
  );

  /** A turn, and all that it causes. */
  async turn(): Promise<void> {
    for (const resume of this.#due.splice(0)) resume();
    await settled();
  }

  /** Turns until the work has ended. @returns their number, and how often the test looked. */
  async until(work: Promise<unknown>, each: () => void = () => undefined): Promise<number> {
    const state = { ended: false };
    const end = (): void => void (state.ended = true);
    work.then(end, end);
    let turns = 0;
    await settled();
    for (; !state.ended; turns += 1) {
      each();
      await this.turn();
    }
    await work;
    return turns;
  }
}

const account = () =>
  new FakeAccount(Array.from({ length: userCount }, (_, i) => fakeUser(i, 'active', { dept: `Dept ${i}` })));

function setUp() {
  const loop = new CountedLoop();
  const connector = searchingConnector(account(), { zoomPage: userCount, turns: loop.turns });
  return { loop, connector };
}

const context = (): OperationContext => ({
  requestId: 'test',
  signal: new AbortController().signal,
  trace: newTrace(),
});

type Setup = ReturnType<typeof setUp>;

/** Begins a search and takes its rows as fast as they come. */
function begin({ connector }: Pick<Setup, 'connector'>, options: object = {}, filter?: unknown) {
  const uids: string[] = [];
  const reading = (async () => {
    const rows = connector.search({ objectClass: 'ZoomUser', filter, options: { ...options } }, context());
    for await (const { uid } of rows) uids.push(uid);
  })();
  reading.catch(() => undefined);
  return { uids, reading };
}

const everybody = Array.from({ length: userCount }, (_, i) => idOf(i));

describe('searches whose rows are all there', () => {
  it.each([
    ['without an order', {}, everybody],
    ['sorted', { sortKeys: [{ field: 'EMAIL', ascending: true }] }, everybody],
    ['a page', { pageSize: 250 }, everybody.slice(0, 250)],
    ['a page by offset', { pageSize: 250, pagedResultsOffset: 31 }, everybody.slice(30, 280)],
    ['the rest', { pagedResultsOffset: 1, pageSize: 0 }, everybody],
  ])('together give a few rows in a turn of the event loop (%s)', async (_, options, expected) => {
    const { connector, loop } = setUp();
    const searches = [1, 2, 3, 4].map(() => begin({ connector }, options));
    const given = () => searches.reduce((sum, { uids }) => sum + uids.length, 0);
    let before = 0;
    const perTurn: number[] = [];
    await loop.until(Promise.all(searches.map(({ reading }) => reading)), () => {
      perTurn.push(given() - before);
      before = given();
    });
    expect(Math.max(...perTurn)).toBeLessThanOrEqual(piecesPerTurn);
    for (const { uids } of searches) expect(uids.toSorted()).toEqual(expected);
  });

  it('take turns, so that none waits for the end of another', async () => {
    const { connector, loop } = setUp();
    const searches = [1, 2, 3, 4].map(() => begin({ connector }));
    while (Math.max(...searches.map(({ uids }) => uids.length)) < userCount / 2) await loop.turn();
    for (const { uids } of searches) expect(uids.length).toBeGreaterThan(userCount / 4);
    await loop.until(Promise.all(searches.map(({ reading }) => reading)));
  });

  it('do not hold up a get', async () => {
    const { connector, loop } = setUp();
    const searches = [1, 2, 3, 4].map(() => begin({ connector }));
    await loop.turn();
    const got: string[] = [];
    void connector.get({ objectClass: 'ZoomUser', uid: idOf(7) }, context()).then(({ uid }) => got.push(uid));
    await loop.turn();
    expect(got).toEqual([idOf(7)]);
    expect(searches.every(({ uids }) => uids.length < userCount)).toBe(true);
    await loop.until(Promise.all(searches.map(({ reading }) => reading)));
  });
});

describe('a search that gives no rows', () => {
  it('looks at a few rows in a turn', async () => {
    const { connector, loop } = setUp();
    const { reading, uids } = begin({ connector }, {}, { contains: { DEPT: 'nowhere' } });
    expect(await loop.until(reading)).toBeGreaterThanOrEqual(userCount / piecesPerTurn);
    expect(uids).toEqual([]);
  });
});
