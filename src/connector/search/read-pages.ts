import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Listing } from '../object-class/listing.js';
import type { Changes } from './complete-rows.js';
import type { ListingPlan } from './listing-plan.js';
import { judgeRow } from './match.js';

/** A row that was read but not used yet. */
export interface HeldRow {
  readonly row: FoundObject;
  /** True if the row alone proves that it matches. */
  readonly certain: boolean;
}

/**
 * Reads a page of a listing.
 * @returns its rows without those that cannot match, possibly none; `undefined` at the end of the listing.
 */
export async function readPage(
  { objectClass, selection: { filter } }: ListingPlan,
  listing: Listing,
  session: Session,
): Promise<readonly HeldRow[] | undefined> {
  const rows = await listing.next(session);
  if (rows === undefined) return undefined;
  const { trace, turns } = session.context;
  trace.scanned += rows.length;
  // No wait here: the next page is asked for behind it.
  if (filter === undefined) return rows.map((row) => ({ row, certain: true }));
  const held: HeldRow[] = [];
  for (const row of rows) {
    const wait = turns?.due();
    if (wait !== undefined) await wait;
    const verdict = judgeRow(objectClass, row, filter);
    if (verdict !== false) held.push({ row, certain: verdict === true });
  }
  return held;
}

/** Reads pages while their rows are used. */
export class PageReading {
  #stopped = false;
  #ended = false;

  /** @param changes - gets each page, the end and a failure as a change. */
  constructor(private readonly changes: Changes) {}

  /** True when no further page is read. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** True when the last page was read. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Reads pages until none is left, or until it is stopped.
   * @param readNext - reads one page. Returns false when no page is left.
   */
  async run(readNext: () => Promise<boolean>): Promise<void> {
    try {
      while (!this.#stopped && (await readNext())) this.changes.notify();
    } catch (thrown) {
      this.changes.fail(thrown);
    }
    this.#ended = true;
    this.changes.notify();
  }

  /** Reads no further page. */
  stop(): void {
    this.#stopped = true;
  }
}
