import pMap from 'p-map';
import type { Session } from '../object-class/call.js';
import { Changes, RowCompletion } from './complete-rows.js';
import { HeldRows, type HeldRowsState, RowsForMatches } from './held-rows.js';
import type { ListingPlan } from './listing-plan.js';
import {
  type Match,
  type Matches,
  objectBytes,
  type ReadMatch,
  selection as select,
  toMatch,
  type Want,
} from './match.js';
import type { HeldRow } from './read-pages.js';
import { completeRow, streamListing } from './stream-listing.js';

/** Matches of a listing, read page by page. It holds the rows of a page that are not used yet. */
export class ListingMatches implements Matches {
  readonly #held: HeldRows;

  /** @param saved - the state of earlier matches of the same plan, to continue from. */
  constructor(
    private readonly plan: ListingPlan,
    saved?: unknown,
  ) {
    this.#held = new HeldRows(plan, saved as HeldRowsState | undefined);
  }

  get done(): boolean {
    return this.#held.done && this.#held.rows.length === 0;
  }

  async read({ count, firstPage }: Want, session: Session): Promise<readonly Match[]> {
    const { concurrency, pageSources, query } = this.plan;
    const { listing } = this.#held;
    const changes = new Changes();
    const rows = new RowsForMatches(this.#held, { plan: this.plan, count }, changes);
    const complete = ({ certain, row }: HeldRow) => {
      const sources = certain && firstPage ? pageSources : query.sources;
      return completeRow(this.plan, { listing, row, sources }, session);
    };
    const completing = { complete, concurrency, inOrder: true, turns: session.context.turns };
    const completion = new RowCompletion(rows, completing, changes);
    const reading = rows.read(session);
    const matches: Match[] = [];
    try {
      for await (const match of completion.matches()) matches.push(alone(match));
    } finally {
      rows.stop();
      // The state of the listing must not change after this call.
      await reading;
    }
    this.#held.drop(rows.taken);
    return matches;
  }

  async pass(count: number, session: Session): Promise<readonly string[]> {
    if (this.#held.rows.length === 0) {
      await this.#held.readPage(session);
      return [];
    }
    const { concurrency, filterSources, objectClass, selection } = this.plan;
    const filterOnly = select(new Set(), selection.filter);
    const passed = this.#held.rows.slice(0, count);
    const pass = async ({ certain, row }: HeldRow) => {
      if (certain) return row.uid;
      const found = await this.#held.listing.complete(row, filterSources, session);
      return found === undefined ? undefined : toMatch(objectClass, found, filterOnly, row.uid)?.rowKey;
    };
    const rowKeys = await pMap(passed, pass, { concurrency });
    this.#held.drop(passed.length);
    return rowKeys.filter((rowKey) => rowKey !== undefined);
  }

  async *rest(session: Session): AsyncGenerator<Match, void, void> {
    for await (const match of streamListing(this.plan, session, true, this.#held)) yield alone(match);
  }

  async remaining(session: Session): Promise<number | undefined> {
    const { done, listing, rows } = this.#held;
    if (done) return this.plan.countable ? rows.length : undefined;
    const listed = this.plan.countable ? await listing.remaining(session) : undefined;
    return listed === undefined ? undefined : listed + rows.length;
  }

  get weight(): number {
    return this.#held.rows.length * objectBytes + this.#held.listing.weight;
  }

  state(): HeldRowsState {
    return this.#held.state();
  }
}

/** A match without what only sorting needs. */
function alone({ rowKey, object }: ReadMatch): Match {
  return { rowKey, object };
}
