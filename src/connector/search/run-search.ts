import { matches } from '../../connid/evaluate-filter.js';
import { type Filter, filterAttributes } from '../../connid/filter.js';
import type { SearchOptions } from '../../connid/options.js';
import type { ConnectorObject } from '../connector.js';
import type { FoundObject, ObjectClass, ObjectKey } from '../object-class.js';
import { candidate, planFetch, readAttributes } from '../reading.js';
import type { Session } from '../session.js';
import { toConnectorObject } from '../to-json.js';
import { type Lookup, reachablePartitions, toLookups } from './push-down.js';
import { selectAttributes } from './select-attributes.js';

/** A search after validation. */
export interface SearchQuery {
  readonly objectClass: ObjectClass;
  readonly filter: Filter | undefined;
  readonly options: SearchOptions;
  /** Whether a listing returns attributes beyond those of the list by default. */
  readonly deepListing: boolean;
}

/** Every object that matches, each once, in the target's order. */
export async function* runSearch(
  query: SearchQuery,
  session: Session,
): AsyncGenerator<ConnectorObject, void, void> {
  const lookups = toLookups(query.filter, query.objectClass.keys);
  yield* lookups === undefined ? listMatches(query, session) : lookUpMatches(query, lookups, session);
}

async function* lookUpMatches(
  { objectClass, options }: SearchQuery,
  lookups: readonly Lookup[],
  session: Session,
): AsyncGenerator<ConnectorObject, void, void> {
  const given = new Set<string>();
  for (const { key, residual } of lookups) {
    const selection = { returned: selectAttributes(objectClass, options, true), filter: residual };
    const object = await readOne(objectClass, key, selection, session);
    if (object === undefined || given.has(object.uid)) continue;
    given.add(object.uid);
    yield object;
  }
}

async function* listMatches(
  { objectClass, filter, options, deepListing }: SearchQuery,
  session: Session,
): AsyncGenerator<ConnectorObject, void, void> {
  const partitions = reachablePartitions(objectClass.view, filter, objectClass.partitions);
  const selection = { returned: selectAttributes(objectClass, options, deepListing), filter };
  const sources = planFetch(objectClass.reading, wantedAttributes(selection), 'listing');
  for await (const found of objectClass.list({ partitions, sources }, session)) {
    session.context.trace.scanned += 1;
    const object = toMatch(objectClass, found, selection);
    if (object !== undefined) yield object;
  }
}

interface Selection {
  readonly returned: ReadonlySet<string>;
  readonly filter: Filter | undefined;
}

/**
 * Reads one object with the selected attributes.
 * @returns `undefined` when it is not there or does not pass the filter.
 */
export async function readOne(
  objectClass: ObjectClass,
  key: ObjectKey,
  selection: Selection,
  session: Session,
): Promise<ConnectorObject | undefined> {
  const sources = planFetch(objectClass.reading, wantedAttributes(selection), 'single');
  const found = await objectClass.find(key, sources, session);
  return found === undefined ? undefined : toMatch(objectClass, found, selection);
}

function wantedAttributes({ returned, filter }: Selection): ReadonlySet<string> {
  return filter === undefined ? returned : new Set([...returned, ...filterAttributes(filter)]);
}

/** Filters on everything that was read, then reduces to what is returned. */
function toMatch(
  objectClass: ObjectClass,
  found: FoundObject,
  selection: Selection,
): ConnectorObject | undefined {
  const { reading, view } = objectClass;
  const attributes = readAttributes(reading, found, wantedAttributes(selection));
  const { filter, returned } = selection;
  if (filter !== undefined && !matches(filter, candidate(view, found, attributes))) return undefined;
  const kept = new Map([...attributes].filter(([name]) => returned.has(name)));
  return toConnectorObject(view, found, kept);
}
