import pMap from 'p-map';
import type { Listing } from '../object-class/listing.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Session } from '../object-class/call.js';
import { completeRow } from './stream-listing.js';
import type { ListingPlan } from './listing-plan.js';
import {
  judgeRow,
  type Match,
  type Matches,
  objectBytes,
  selection as select,
  toMatch,
  type Want,
} from './match.js';

/** A row that was read but not used yet. */
interface HeldRow {
  readonly row: FoundObject;
  /** True if the row alone proves that it matches. */
  readonly certain: boolean;
}

interface ListingMatchesState {
  readonly listing: unknown;
  readonly held: readonly HeldRow[];
  readonly done: boolean;
}

/** Matches of a listing, read page by page. It holds the rows of a page that are not used yet. */
export class ListingMatches implements Matches {
  readonly #listing: Listing;
  #held: readonly HeldRow[];
  #done: boolean;

  /** @param saved - the state of earlier matches of the same plan, to continue from. */
  constructor(
    private readonly plan: ListingPlan,
    saved?: unknown,
  ) {
    const state = saved as ListingMatchesState | undefined;
    this.#listing = plan.objectClass.read.openListing(plan.query, state?.listing);
    this.#held = state?.held ?? [];
    this.#done = state?.done ?? false;
  }

  get done(): boolean {
    return this.#done && this.#held.length === 0;
  }

  async read({ count, firstPage }: Want, session: Session): Promise<readonly Match[]> {
    if (this.#held.length === 0) return this.#readPage(session);
    const { pageSources, query } = this.plan;
    const certain = this.#held.slice(0, count).every((held) => held.certain);
    // Some rows may fail the filter, so as many rows are completed as may be read at the same time.
    const chunk = this.#held.slice(0, certain ? count : Math.max(count, this.plan.concurrency));
    const sources = certain && firstPage ? pageSources : query.sources;
    const matches = await this.#mapRows(chunk, ({ row }) =>
      completeRow(this.plan, { listing: this.#listing, row, sources }, session),
    );
    return matches.map(({ rowKey, object }) => ({ rowKey, object }));
  }

  async pass(count: number, session: Session): Promise<readonly string[]> {
    if (this.#held.length === 0) return this.#readPage(session);
    const { filterSources, objectClass, selection } = this.plan;
    const filterOnly = select(new Set(), selection.filter);
    return this.#mapRows(this.#held.slice(0, count), async ({ certain, row }) => {
      if (certain) return row.uid;
      const found = await this.#listing.complete(row, filterSources, session);
      return found === undefined ? undefined : toMatch(objectClass, found, filterOnly, row.uid)?.rowKey;
    });
  }

  async remaining(session: Session): Promise<number | undefined> {
    if (this.#done) return this.plan.countable ? this.#held.length : undefined;
    const listed = this.plan.countable ? await this.#listing.remaining(session) : undefined;
    return listed === undefined ? undefined : listed + this.#held.length;
  }

  get weight(): number {
    return this.#held.length * objectBytes + this.#listing.weight;
  }

  state(): ListingMatchesState {
    return {
      listing: this.#done ? undefined : this.#listing.state(),
      held: this.#held,
      done: this.#done,
    };
  }

  async #readPage(session: Session): Promise<readonly never[]> {
    const rows = await this.#listing.next(session);
    if (rows === undefined) {
      this.#done = true;
      return [];
    }
    session.context.trace.scanned += rows.length;
    const { objectClass, selection } = this.plan;
    this.#held = rows.flatMap((row) => {
      const verdict = judgeRow(objectClass, row, selection.filter);
      return verdict === false ? [] : [{ row, certain: verdict === true }];
    });
    return [];
  }

  /** Maps the first rows. It drops them only if all of them succeed. */
  async #mapRows<T>(
    rows: readonly HeldRow[],
    map: (row: HeldRow) => Promise<T | undefined>,
  ): Promise<readonly T[]> {
    const mapped = await pMap(rows, map, { concurrency: this.plan.concurrency });
    this.#held = this.#held.slice(rows.length);
    return mapped.filter((value) => value !== undefined);
  }
}
