import { ConnectorError } from '../../connid/errors.js';
import { readSearchOptions, type SearchOptions } from '../../connid/options.js';
import { parseFilter } from '../../connid/parse-filter.js';
import type { ConnectorObject, GetRequest, SearchRequest, SearchResult } from '../connector.js';
import type { OperationContext } from '../context.js';
import { readOne, runSearch } from '../search/run-search.js';
import { selectAttributes } from '../search/select-attributes.js';
import { openSession } from '../session.js';
import { type Environment, objectClassFor } from './environment.js';

/** Search: every matching object, then the search result. */
export async function* search(
  environment: Environment,
  request: SearchRequest,
  context: OperationContext,
): AsyncGenerator<ConnectorObject, SearchResult, void> {
  const objectClass = objectClassFor(environment, request.objectClass, 'search');
  const options = readSearchOptions(objectClass.view, request.options);
  refuseUnsupported(options);
  const { filter: json } = request;
  const filter = json === undefined || json === null ? undefined : parseFilter(objectClass.view, json);
  const query = { objectClass, filter, options, deepListing: environment.settings.deepImport };
  yield* runSearch(query, openSession(environment.target, context));
  return { pagedResultsCookie: null, remainingPagedResults: 0, allResultsReturned: true };
}

function refuseUnsupported({
  pageSize,
  pagedResultsOffset,
  pagedResultsCookie,
  sortKeys,
}: SearchOptions): void {
  const asked = { pageSize, pagedResultsOffset, pagedResultsCookie, sortKeys: sortKeys[0] };
  const [option] = Object.entries(asked).find(([, value]) => value !== undefined) ?? [];
  if (option !== undefined)
    throw new ConnectorError('unsupported', `The option ${option} is not supported yet.`);
}

/** Get: one object by its uid. */
export async function get(
  environment: Environment,
  request: GetRequest,
  context: OperationContext,
): Promise<ConnectorObject> {
  const objectClass = objectClassFor(environment, request.objectClass, 'get');
  const options = readSearchOptions(objectClass.view, request.options);
  const selection = { returned: selectAttributes(objectClass, options, true), filter: undefined };
  const { uid, nameHint } = request;
  const key = { attribute: '__UID__', value: uid, ...(nameHint !== undefined && { nameHint }) };
  const object = await readOne(objectClass, key, selection, openSession(environment.target, context));
  if (object === undefined) throw unknownUid(objectClass.view.name);
  return object;
}

/** The error of an operation on an object that is not there. */
export function unknownUid(objectClassName: string): ConnectorError {
  return new ConnectorError('unknownUid', `There is no ${objectClassName} with this uid.`);
}
