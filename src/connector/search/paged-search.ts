import type { SearchOptions } from '../../connid/options.js';
import type { ConnectorObject, SearchResult } from '../connector.js';
import type { ListingContext, ListingContexts } from '../ports.js';
import type { Session } from '../object-class/call.js';
import { fingerprint, readCookie, writeCookie } from './cookie.js';
import { PagedWalk, type PagedWalkState, type WalkPage } from './paged-walk.js';
import { openSource, type SearchPlan } from './plan-search.js';
import type { SearchLimits, SearchQuery } from './search-query.js';

/** The parts that paging needs beyond the search itself. */
interface Paging {
  readonly contexts: ListingContexts;
  /** Signs cookies. */
  readonly cookieKey: Uint8Array;
}

/** A search that is answered page by page. */
interface PagedSearch extends Paging {
  readonly query: SearchQuery;
  readonly plan: SearchPlan;
  readonly limits: SearchLimits;
}

/**
 * The number of rows of a page to hold in memory. A larger page is returned in parts, and only the last part is kept
 * for a repetition.
 */
export const maxHeldRows = 5000;

/** The beginning of the page that the caller requests. */
interface Start {
  /** The number of matches before it. */
  readonly given: number;
  /** From a cookie: the walk, and the digest of the matches before the page. */
  readonly known?: { readonly walk: string; readonly rowsDigest: string };
}

/** True if the options request only a part of the results. */
export function isPaged({ pagedResultsCookie, pagedResultsOffset, pageSize }: SearchOptions): boolean {
  return pageSize !== undefined || pagedResultsOffset !== undefined || pagedResultsCookie !== undefined;
}

/**
 * Yields one page of a search, or without a page size all the rest. It keeps the walk for the next page. It also keeps
 * the walk of a page that fails, so that the next attempt continues there.
 * @throws ConnectorError `illegalArgument` for a cookie that does not belong to this search.
 */
export async function* searchPage(
  search: PagedSearch,
  session: Session,
): AsyncGenerator<ConnectorObject, SearchResult, void> {
  const { contexts, cookieKey, query } = search;
  const { pageSize } = query.options;
  const id = fingerprint(identityOf(query), cookieKey);
  const owner = `${id} ${session.context.caller ?? ''}`;
  const start = startOf(query.options, id, cookieKey);
  const walk = await takeWalk(search, owner, start);
  if (pageSize === undefined) {
    yield* (await reach(search, walk, start, session)).rest(session);
    return { pagedResultsCookie: null, remainingPagedResults: 0, allResultsReturned: true };
  }
  let current = walk;
  let page: WalkPage;
  try {
    current = await reach(search, walk, start, session);
    page = yield* current.longPage(pageSize, maxHeldRows, session);
  } finally {
    await contexts.put(contextOf(current, owner));
  }
  yield* page.objects;
  const { given, more, remaining, rowsDigest } = page;
  return {
    pagedResultsCookie: more
      ? writeCookie({ query: id, walk: current.id, given, rowsDigest }, cookieKey)
      : null,
    remainingPagedResults: more ? (remaining ?? -1) : 0,
    allResultsReturned: true,
  };
}

/** The identity of a search, the same for all its pages. The order of the requested attributes does not matter. */
function identityOf({ deepListing, filter, objectClass, options }: SearchQuery): unknown {
  const { allowPartialAttributeValues, attributesToGet, returnDefaultAttributes, sortKeys } = options;
  const named = attributesToGet === undefined ? undefined : [...new Set(attributesToGet)].sort();
  const wanted = [named, returnDefaultAttributes, allowPartialAttributeValues, deepListing];
  return [objectClass.view.name, filter, sortKeys, wanted];
}

function startOf(
  { pagedResultsCookie, pagedResultsOffset = 1 }: SearchOptions,
  query: string,
  key: Uint8Array,
): Start {
  if (pagedResultsCookie === undefined) return { given: pagedResultsOffset - 1 };
  const { given, rowsDigest, walk } = readCookie(pagedResultsCookie, query, key);
  return { given, known: { walk, rowsDigest } };
}

/** A kept walk that can still reach the start, or a new walk. */
async function takeWalk(search: PagedSearch, owner: string, { given, known }: Start): Promise<PagedWalk> {
  if (given === 0) return openWalk(search);
  const { contexts } = search;
  const context = await (known === undefined
    ? contexts.takeNearest(owner, given)
    : contexts.take(known.walk, given));
  if (context === undefined) return openWalk(search);
  if (context.first <= given) return openWalk(search, context.data as PagedWalkState);
  await contexts.put(context);
  return openWalk(search);
}

function openWalk({ limits, plan, query }: PagedSearch, saved?: PagedWalkState): PagedWalk {
  return new PagedWalk(openSource(query, plan, limits, saved?.source), saved);
}

/**
 * Moves the walk to the start of the page. If the matches before it differ from those of the cookie, the account has
 * changed and the rows already returned are unknown. Then a new walk returns all rows again, so that none is missing.
 */
async function reach(
  search: PagedSearch,
  walk: PagedWalk,
  { given, known }: Start,
  session: Session,
): Promise<PagedWalk> {
  await walk.goTo(given, session);
  const sameRows = known === undefined || (walk.first === given && walk.rowsDigest === known.rowsDigest);
  return sameRows ? walk : openWalk(search);
}

function contextOf(walk: PagedWalk, owner: string): ListingContext {
  const { end, first, id, weight } = walk;
  return { id, query: owner, first, end, bytes: weight, data: walk.state() };
}
