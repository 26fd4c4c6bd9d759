import { pMapIterable } from 'p-map';
import type { Listing } from '../object-class/listing.js';
import type { FoundObject } from '../object-class/object-class.js';
import type { Session } from '../session.js';
import { completeRow } from './complete-row.js';
import type { ListingPlan } from './listing-plan.js';
import { judgeRow, type ReadMatch } from './match.js';

/**
 * Every match of a listing, in the target's order. Rows are completed concurrently, and the next page is read while
 * the last rows of the present one are in use; nothing is read for a caller who takes nothing.
 */
export async function* streamListing(
  plan: ListingPlan,
  session: Session,
): AsyncGenerator<ReadMatch, void, void> {
  const { concurrency, objectClass, query } = plan;
  const listing = objectClass.openListing(query);
  const matches = pMapIterable(
    rowsOf(listing, plan, session),
    (row) => completeRow(plan, { listing, row, sources: query.sources }, session),
    { concurrency, backpressure: concurrency * 2 },
  );
  for await (const match of matches) if (match !== undefined) yield match;
}

/** Rows that may match. */
async function* rowsOf(
  listing: Listing,
  { objectClass, selection: { filter } }: ListingPlan,
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  for (;;) {
    const rows = await listing.next(session);
    if (rows === undefined) return;
    session.context.trace.scanned += rows.length;
    for (const row of rows) if (judgeRow(objectClass, row, filter) !== false) yield row;
  }
}
