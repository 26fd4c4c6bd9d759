import type { ConnectorObject, SearchResult } from '../connector.js';
import type { Trace } from '../context.js';
import type { Session } from '../object-class/call.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { type ListingPlan, planListing, pushedDown, readsDetails, residual } from './listing-plan.js';
import { ListingMatches } from './listing-matches.js';
import { LoadedMatches } from './loaded-matches.js';
import { lookedUp, type LookupPlan, lookupResidual, readLookups } from './look-up.js';
import { type Match, type Matches, type ReadMatch, selection } from './match.js';
import { toLookups } from './push-down.js';
import { type SearchLimits, type SearchQuery, selectAttributes } from './search-query.js';
import { checkSortable, sortMatches } from './sort-matches.js';
import { streamListing } from './stream-listing.js';

/** The plan for a search: single reads, or a listing. */
export type SearchPlan =
  | { readonly by: 'lookups'; readonly lookups: LookupPlan }
  | { readonly by: 'listing'; readonly listing: ListingPlan };

/** Plans a search: by single reads if they answer its filter, otherwise by a listing. */
export function planSearch(
  { deepListing, filter, objectClass, options }: SearchQuery,
  limits: SearchLimits,
): SearchPlan {
  const lookups = toLookups(objectClass, filter);
  const sortedBy = options.sortKeys.map(({ field }) => field);
  const concurrency = limits.maxConcurrency;
  const returned = (deep: boolean) => selectAttributes(objectClass, options, deep);
  if (lookups !== undefined) {
    return {
      by: 'lookups',
      lookups: { objectClass, lookups, returned: returned(true), sortedBy, concurrency },
    };
  }
  const selected = selection(returned(deepListing), filter, sortedBy);
  const { allowPartialAttributeValues } = options;
  const listing = planListing(objectClass, selected, { concurrency, allowPartialAttributeValues });
  return { by: 'listing', listing };
}

/** Yields all matches, on request in the target's order. */
async function* streamMatches(
  plan: SearchPlan,
  session: Session,
  inOrder: boolean,
): AsyncGenerator<ReadMatch, void, void> {
  if (plan.by === 'listing') yield* streamListing(plan.listing, session, inOrder);
  else yield* await readLookups(plan.lookups, session);
}

/**
 * All matches in the requested order. If the target's counts show that they are too many, the search fails before it
 * reads details.
 */
async function sortedMatches(
  query: SearchQuery,
  plan: SearchPlan,
  limits: SearchLimits,
  session: Session,
): Promise<readonly Match[]> {
  if (plan.by === 'listing' && plan.listing.countable && readsDetails(plan.listing)) {
    const { objectClass, query: listed } = plan.listing;
    checkSortable(await objectClass.read.openListing(listed).remaining(session), limits);
  }
  const { maxSortedResults } = limits;
  const { turns } = session.context;
  return sortMatches(query, streamMatches(plan, session, true), { maxSortedResults, turns });
}

/** Yields every matching object, on request in an order, and returns the search result. */
export async function* searchAll(
  query: SearchQuery,
  plan: SearchPlan,
  limits: SearchLimits,
  session: Session,
): AsyncGenerator<ConnectorObject, SearchResult, void> {
  const sorts = query.options.sortKeys.length > 0;
  for await (const { object } of sorts
    ? await sortedMatches(query, plan, limits, session)
    : streamMatches(plan, session, false))
    yield object;
  return { pagedResultsCookie: null, remainingPagedResults: 0, allResultsReturned: true };
}

/**
 * The matches of a search. They can be interrupted and continued.
 * @param saved - the state of earlier matches of the same search.
 */
export function openSource(
  query: SearchQuery,
  plan: SearchPlan,
  limits: SearchLimits,
  saved?: unknown,
): Matches {
  if (query.options.sortKeys.length > 0) {
    return new LoadedMatches((session) => sortedMatches(query, plan, limits, session), saved);
  }
  if (plan.by === 'listing') return new ListingMatches(plan.listing, saved);
  return new LoadedMatches((session) => readLookups(plan.lookups, session), saved);
}

/** Records in the trace which attributes the target filtered on, and which the connector. Names only, no values. */
export function tracePlan(plan: SearchPlan, { view }: ObjectClass, trace: Trace): void {
  const [pushed, left] =
    plan.by === 'listing'
      ? [pushedDown(plan.listing), residual(plan.listing)]
      : [lookedUp(plan.lookups.lookups), lookupResidual(plan.lookups.lookups)];
  const publicNames = (names: readonly string[]) => names.map((name) => view.publicName(name));
  trace.search = { by: plan.by, pushedDown: publicNames(pushed), residual: publicNames(left) };
}
