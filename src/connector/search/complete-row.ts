import type { Listing } from '../object-class/listing.js';
import type { FoundObject } from '../object-class/object-class.js';
import type { Session } from '../session.js';
import type { ListingPlan } from './listing-plan.js';
import { type ReadMatch, toMatch } from './match.js';

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
  const isLong = (source: string) => objectClass.reading.sources[source]?.isLong?.(row) === true;
  return new Set([...leavable].filter((source) => sources.has(source) && isLong(source)));
}

/** Names of the attributes to be returned that were not read, because only sources that were left out tell them. */
function namesOf(
  { objectClass: { reading, view }, selection: { returned } }: ListingPlan,
  { attributes }: ReadMatch,
  left: ReadonlySet<string>,
): readonly string[] {
  const told = (name: string) => Object.keys(reading.readers[name] ?? {}).some((source) => left.has(source));
  return [...returned].filter((name) => !attributes.has(name) && told(name)).map((name) => view.shown(name));
}
