import { readGetOptions, readSearchOptions } from '../../connid/options.js';
import { parseFilter } from '../../connid/parse-filter.js';
import type { ConnectorObject, GetRequest, SearchRequest, SearchResult } from '../connector.js';
import type { OperationContext } from '../context.js';
import { IdleWatch, watchingProgress } from '../search/idle-watch.js';
import { readOne } from '../search/look-up.js';
import { selection } from '../search/match.js';
import { isPaged, searchPage } from '../search/paged-search.js';
import { planSearch, searchAll, tracePlan } from '../search/plan-search.js';
import { type SearchQuery, selectAttributes } from '../search/search-query.js';
import { checkSortKeys } from '../search/sort-matches.js';
import { openSession } from '../object-class/call.js';
import { objectClassNamed, type OperationParts } from './operation-parts.js';
import { unknownUid } from './object-state.js';

/** Search: yields every matching object, or one page of them, and returns the search result. */
export async function* search(
  parts: OperationParts,
  request: SearchRequest,
  context: OperationContext,
): AsyncGenerator<ConnectorObject, SearchResult, void> {
  const { settings, target, turns } = parts;
  const query = readQuery(parts, request);
  const plan = planSearch(query, settings);
  tracePlan(plan, query.objectClass, context.trace);
  const watch = new IdleWatch(settings.idleTimeoutMs, settings.targetName);
  const reading = { ...watch.bind(context), bulk: plan.by === 'listing', turns };
  const session = openSession(watchingProgress(watch)(target), reading);
  const found = isPaged(query.options)
    ? searchPage({ ...parts, query, plan, limits: settings }, session)
    : searchAll(query, plan, settings, session);
  return yield* watch.during(found, turns);
}

function readQuery(
  parts: OperationParts,
  { filter, objectClass: name, options, tolerant }: SearchRequest,
): SearchQuery {
  const { deepGet, deepImport } = parts.settings;
  const objectClass = objectClassNamed(parts, name);
  const read = readSearchOptions(objectClass.view, options, tolerant);
  checkSortKeys(objectClass, read.sortKeys);
  return {
    objectClass,
    filter:
      filter === undefined || filter === null ? undefined : parseFilter(objectClass.view, filter, tolerant),
    options: read,
    deepListing: isPaged(read) ? deepGet : deepImport,
  };
}

/** Get: one object by its uid. */
export async function get(
  parts: OperationParts,
  request: GetRequest,
  context: OperationContext,
): Promise<ConnectorObject> {
  const objectClass = objectClassNamed(parts, request.objectClass);
  const options = readGetOptions(objectClass.view, request.options, request.tolerant);
  const selected = selection(selectAttributes(objectClass, options, true), undefined);
  const { uid, nameHint } = request;
  const key = { attribute: '__UID__', value: uid, nameHint };
  const match = await readOne(objectClass, key, selected, openSession(parts.target, context));
  if (match === undefined) throw unknownUid(objectClass);
  return match.object;
}
