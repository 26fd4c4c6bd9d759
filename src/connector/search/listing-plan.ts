import { filterAttributes } from '../../connid/filter.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { Listing, ListQuery } from '../object-class/listing.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { planFetch, type ReadingTable } from '../object-class/reading.js';
import { decideFilter, narrowedBy, reachablePartitions } from './push-down.js';
import type { Selection } from './match.js';

/** A plan that answers a search by a listing. */
export interface ListingPlan {
  readonly objectClass: ObjectClass;
  readonly selection: Selection;
  readonly query: ListQuery;
  /** Sources for the first page of a paged search. The caller may stop after that page. */
  readonly pageSources: ReadonlySet<string>;
  /** Sources that suffice to evaluate the filter. */
  readonly filterSources: ReadonlySet<string>;
  /** Sources that may be left out for rows where they are long: the caller allows it, and the filter needs none. */
  readonly leavable: ReadonlySet<string>;
  /** True if every row certainly matches, so that the target's counts are the counts of the search. */
  readonly countable: boolean;
  readonly concurrency: number;
}

/** Options of a listing beyond its selection. */
interface ListingOptions {
  readonly concurrency: number;
  /** True if long lists of values may be left out. */
  readonly allowPartialAttributeValues: boolean;
}

/** Plans a listing: its partitions and narrowings, the sources to read, and the sources that may be left out. */
export function planListing(
  objectClass: ObjectClass,
  selection: Selection,
  { allowPartialAttributeValues, concurrency }: ListingOptions,
): ListingPlan {
  const { filter } = selection;
  const partitions = reachablePartitions(objectClass, filter);
  const narrowed = narrowedBy(objectClass, filter);
  const fetch = (wanted: Iterable<string>) => planFetch(objectClass.read.table, wanted, 'listing');
  const filterSources = fetch(filter === undefined ? [] : filterAttributes(filter));
  return {
    objectClass,
    selection,
    query: {
      partitions: new Set(partitions.map(({ id }) => id)),
      sources: fetch(selection.wanted),
      wanted: selection.wanted,
      narrowed,
    },
    pageSources: planFetch(objectClass.read.table, selection.wanted, 'page'),
    filterSources,
    leavable: new Set(
      allowPartialAttributeValues
        ? longSources(objectClass.read.table).filter((s) => !filterSources.has(s))
        : [],
    ),
    countable: partitions.every(
      ({ facts }) =>
        filter === undefined ||
        decideFilter(objectClass.view, filter, (name) => facts.get(name) ?? valuesOf(narrowed, name)) ===
          true,
    ),
    concurrency,
  };
}

/** True if completing a row takes sources beyond the list. */
export function readsDetails({ objectClass, query }: ListingPlan): boolean {
  return [...query.sources].some((source) => objectClass.read.table.sources[source]?.reach !== 'list');
}

/** True if completing a row takes a call of its own. Some listings know it for the single row. */
export function rowNeedsCall(plan: ListingPlan, listing: Listing, row: FoundObject): boolean {
  return listing.needsCall?.(row, plan.query.sources) ?? readsDetails(plan);
}

/** Names of the attributes by which the target narrows the listing. */
export function pushedDown({ objectClass, query, selection: { filter } }: ListingPlan): readonly string[] {
  const inFilter = filter === undefined ? [] : [...filterAttributes(filter)];
  const narrows = query.partitions.size < objectClass.read.partitions.length;
  const byPartition = (name: string) =>
    narrows && objectClass.read.partitions.some(({ facts }) => facts.has(name));
  return inFilter.filter((name) => query.narrowed.has(name) || byPartition(name));
}

/** Names of the attributes that the connector filters on, because the target does not. */
export function residual(plan: ListingPlan): readonly string[] {
  const { filter } = plan.selection;
  if (plan.countable || filter === undefined) return [];
  const pushed = pushedDown(plan);
  return [...filterAttributes(filter)].filter((name) => !pushed.includes(name));
}

function longSources({ sources }: ReadingTable): readonly string[] {
  return Object.entries(sources).flatMap(([name, { isLong }]) => (isLong === undefined ? [] : [name]));
}

function valuesOf(narrowed: ReadonlyMap<string, string>, name: string): readonly string[] | undefined {
  const value = narrowed.get(name);
  return value === undefined ? undefined : [value];
}
