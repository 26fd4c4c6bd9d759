import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertProperty } from '../../support/assert-property.js';
import {
  afterPage,
  checkComplete,
  type ListWalk,
  newWalk,
  nextToken,
  type PageCounts,
} from '../../../src/zoom/kit/list-walk.js';

/** Someone who leaves or joins at a place of the list, before a call. */
interface Event {
  readonly call: number;
  readonly place: number;
  readonly joins: boolean;
}

/** A list whose page tokens are positions, as Zoom's are; people leave and join while it is walked. */
class MovingList {
  calls = 0;
  readonly leavers = new Set<string>();
  #joined = 0;

  constructor(
    readonly rows: string[],
    private readonly pageSize: number,
    private readonly events: readonly Event[],
  ) {}

  read(token: string | undefined): { rows: readonly string[]; total: number; next: string | undefined } {
    this.calls += 1;
    for (const event of this.events) if (event.call === this.calls) this.#happen(event);
    const page = Number(token ?? '0');
    const end = (page + 1) * this.pageSize;
    const rows = this.rows.slice(end - this.pageSize, end);
    return { rows, total: this.rows.length, next: end < this.rows.length ? String(page + 1) : undefined };
  }

  #happen({ joins, place }: Event): void {
    const at = place % (this.rows.length + 1);
    if (joins) this.rows.splice(at, 0, `joiner${(this.#joined += 1)}`);
    else for (const row of this.rows.splice(at, 1)) this.leavers.add(row);
  }
}

interface Walked {
  readonly met: ReadonlySet<string>;
  readonly failure: unknown;
}

function walkThrough(list: MovingList): Walked {
  const met = new Set<string>();
  let walk: ListWalk = newWalk;
  try {
    while (!walk.done) {
      const { rows, ...position } = list.read(nextToken(walk));
      const fresh = rows.filter((row) => !met.has(row)).length;
      for (const row of rows) met.add(row);
      const page: PageCounts = { ...position, keys: rows, fresh };
      walk = afterPage(walk, page, true);
      checkComplete(walk);
    }
    return { met, failure: undefined };
  } catch (thrown) {
    return { met, failure: thrown };
  }
}

const events = fc.array(
  fc.record({
    call: fc.integer({ min: 1, max: 30 }),
    place: fc.nat({ max: 30 }),
    joins: fc.boolean(),
  }),
  { maxLength: 12 },
);
const sizes = fc.record({ users: fc.integer({ min: 0, max: 30 }), pageSize: fc.integer({ min: 1, max: 8 }) });

const listOf = (users: number, pageSize: number, happening: readonly Event[]): MovingList =>
  new MovingList(
    Array.from({ length: users }, (_, index) => `user${index}`),
    pageSize,
    happening,
  );

describe('a list that changes while it is walked', () => {
  it('gives everybody who was there all the time, or fails', () => {
    assertProperty(
      fc.property(sizes, events, ({ pageSize, users }, happening) => {
        const list = listOf(users, pageSize, happening);
        const everybody = [...list.rows];
        const { failure, met } = walkThrough(list);
        if (failure !== undefined) return;
        const missing = everybody.filter((row) => !met.has(row) && !list.leavers.has(row));
        expect(missing).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('is given when it changes once or twice and a page holds more than slides', () => {
    const few = fc.array(fc.record({ call: fc.nat({ max: 12 }), place: fc.nat(), joins: fc.boolean() }), {
      maxLength: 2,
    });
    assertProperty(
      fc.property(sizes, few, ({ pageSize, users }, happening) => {
        expect(walkThrough(listOf(users, pageSize + 2, happening)).failure).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it('costs twice its pages but for the last one when nothing changes', () => {
    assertProperty(
      fc.property(sizes, ({ pageSize, users }) => {
        const list = listOf(users, pageSize, []);
        walkThrough(list);
        expect(list.calls).toBe(Math.max(1, 2 * Math.ceil(users / pageSize) - 1));
      }),
    );
  });
});
