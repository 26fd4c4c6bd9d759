import type { Session } from '../object-class/call.js';
import type { Listing } from '../object-class/listing.js';
import type { Changes, RowSource } from './complete-rows.js';
import { type ListingPlan, rowNeedsCall } from './listing-plan.js';
import { type HeldRow, PageReading, readPage } from './read-pages.js';

/** Plain data. */
export interface HeldRowsState {
  readonly listing: unknown;
  readonly held: readonly HeldRow[];
  readonly done: boolean;
}

/** The rows of a listing that are not used yet, and the listing behind them. */
export class HeldRows {
  readonly listing: Listing;
  #rows: readonly HeldRow[];
  #done: boolean;

  /** @param saved - the state of an earlier listing of the same plan, to continue from. */
  constructor(
    private readonly plan: ListingPlan,
    saved?: HeldRowsState,
  ) {
    this.listing = plan.objectClass.read.openListing(plan.query, saved?.listing);
    this.#rows = saved?.held ?? [];
    this.#done = saved?.done ?? false;
  }

  get rows(): readonly HeldRow[] {
    return this.#rows;
  }

  /** True when the listing has no further row. */
  get done(): boolean {
    return this.#done;
  }

  /** Reads a page of the listing, which may have no row that can match. */
  async readPage(session: Session): Promise<void> {
    const held = await readPage(this.plan, this.listing, session);
    this.#done = held === undefined;
    if (held !== undefined) this.#rows = [...this.#rows, ...held];
  }

  /** Drops rows at the head. */
  drop(count: number): void {
    this.#rows = this.#rows.slice(count);
  }

  /** The position, as plain data. Take it only while no page is being read. */
  state(): HeldRowsState {
    return {
      listing: this.#done ? undefined : this.listing.state(),
      held: this.#rows,
      done: this.#done,
    };
  }
}

/** The number of matches to find rows for. */
interface Demand {
  readonly plan: ListingPlan;
  readonly count: number;
}

/** Rows for a number of matches: those that are held, and pages that are read while the first rows are completed. */
export class RowsForMatches implements RowSource<HeldRow> {
  #taken = 0;
  #certain = true;
  readonly #pages: PageReading;

  constructor(
    private readonly held: HeldRows,
    private readonly demand: Demand,
    changes: Changes,
  ) {
    this.#pages = new PageReading(changes);
  }

  /** The number of rows that were taken. */
  get taken(): number {
    return this.#taken;
  }

  get done(): boolean {
    return this.#taken >= this.#limit || (this.#pages.ended && this.#taken >= this.held.rows.length);
  }

  needsCall({ row }: HeldRow): boolean {
    return rowNeedsCall(this.demand.plan, this.held.listing, row);
  }

  take(mayCall: boolean): HeldRow | undefined {
    const row = this.held.rows[this.#taken];
    if (row === undefined || this.#taken >= this.#limit || (!mayCall && this.needsCall(row)))
      return undefined;
    this.#taken += 1;
    this.#certain &&= row.certain;
    return row;
  }

  /** Reads pages until enough rows are held, or until it is stopped. A failure is passed on as a change. */
  read(session: Session): Promise<void> {
    return this.#pages.run(async () => {
      if (this.held.done || this.held.rows.length >= this.#limit) return false;
      await this.held.readPage(session);
      return true;
    });
  }

  /** Reads no further page. */
  stop(): void {
    this.#pages.stop();
  }

  /** Some rows may fail the filter, so as many rows are taken as may be completed at the same time. */
  get #limit(): number {
    const { count, plan } = this.demand;
    return this.#certain ? count : Math.max(count, plan.concurrency);
  }
}
