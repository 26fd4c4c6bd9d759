import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Listing } from '../object-class/listing.js';
import { Changes, RowCompletion } from './complete-rows.js';
import type { HeldRows } from './held-rows.js';
import type { ListingPlan } from './listing-plan.js';
import { type ReadMatch, toMatch } from './match.js';
import { RowsAhead } from './rows-ahead.js';

/** A row of a listing, and the sources to read for it. */
interface RowToComplete {
  readonly listing: Listing;
  readonly row: FoundObject;
  readonly sources: ReadonlySet<string>;
}

/**
 * Completes a row to a match. It does not read long lists that may be left out; `incomplete` names them.
 * @returns `undefined` when the object does not pass the filter, or has been deleted since.
 */
export async function completeRow(
  plan: ListingPlan,
  { listing, row, sources }: RowToComplete,
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

/** Names of the requested attributes that are missing because their source was left out. */
function namesOf(
  { objectClass: { read, view }, selection: { returned } }: ListingPlan,
  { attributes }: ReadMatch,
  left: ReadonlySet<string>,
): readonly string[] {
  const isLeftOut = (name: string) =>
    Object.keys(read.table.readers[name] ?? {}).some((source) => left.has(source));
  return [...returned]
    .filter((name) => !attributes.has(name) && isLeftOut(name))
    .map((name) => view.publicName(name));
}

/**
 * Yields every match of a listing. It reads nothing until the caller takes a match.
 * @param inOrder - true for the target's order. Otherwise a match is given as soon as it is complete.
 * @param start - rows to begin with, and the listing behind them.
 */
export async function* streamListing(
  plan: ListingPlan,
  session: Session,
  inOrder: boolean,
  start?: HeldRows,
): AsyncGenerator<ReadMatch, void, void> {
  const { concurrency, objectClass, query } = plan;
  const listing = start?.listing ?? objectClass.read.openListing(query);
  const changes = new Changes();
  const rows = new RowsAhead({ plan, listing, inOrder, start }, session, changes);
  const complete = (row: FoundObject) => completeRow(plan, { listing, row, sources: query.sources }, session);
  void rows.read();
  try {
    const completing = { complete, concurrency, inOrder, turns: session.context.turns };
    yield* new RowCompletion(rows, completing, changes).matches();
  } finally {
    rows.stop();
  }
}
