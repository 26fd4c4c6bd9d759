import { pMapIterable } from 'p-map';
import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Listing } from '../object-class/listing.js';
import type { ListingPlan } from './listing-plan.js';
import { judgeRow, type ReadMatch, toMatch } from './match.js';

/** A row of a listing, and what is to be read of it. */
interface RowReading {
  readonly listing: Listing;
  readonly row: FoundObject;
  readonly sources: ReadonlySet<string>;
}

/**
 * The match a row turns out to be. Long lists that may be left out are not read; the object names them.
 * @returns `undefined` when it does not pass the filter, or is gone meanwhile.
 */
export async function completeRow(
  plan: ListingPlan,
  { listing, row, sources }: RowReading,
  session: Session,
): Promise<ReadMatch | undefined> {
  const left = leftOut(plan, row, sources);
  const read = left.size === 0 ? sources : new Set([...sources].filter((source) => !left.has(source)));
  const found = await listing.complete(row, read, session);
  const match = found === undefined ? undefined : toMatch(plan.objectClass, found, plan.selection, row.uid);
  if (match === undefined || left.size === 0) return match;
  return { ...match, object: { ...match.object, incomplete: namesOf(plan, match, left) } };
}

const none: ReadonlySet<string> = new Set();

function leftOut(
  { leavable, objectClass }: ListingPlan,
  row: FoundObject,
  sources: ReadonlySet<string>,
): ReadonlySet<string> {
  if (leavable.size === 0) return none;
  const isLong = (source: string) => objectClass.read.table.sources[source]?.isLong?.(row) === true;
  return new Set([...leavable].filter((source) => sources.has(source) && isLong(source)));
}

/** Names of the attributes to be returned that were not read, because only sources that were left out tell them. */
function namesOf(
  { objectClass: { read, view }, selection: { returned } }: ListingPlan,
  { attributes }: ReadMatch,
  left: ReadonlySet<string>,
): readonly string[] {
  const told = (name: string) =>
    Object.keys(read.table.readers[name] ?? {}).some((source) => left.has(source));
  return [...returned]
    .filter((name) => !attributes.has(name) && told(name))
    .map((name) => view.publicName(name));
}

/**
 * Every match of a listing, in the target's order. Rows are completed concurrently, and the next page is read while
 * the last rows of the present one are in use; nothing is read for a caller who takes nothing.
 */
export async function* streamListing(
  plan: ListingPlan,
  session: Session,
): AsyncGenerator<ReadMatch, void, void> {
  const { concurrency, objectClass, query } = plan;
  const listing = objectClass.read.openListing(query);
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
