import { matches } from '../../connid/evaluate-filter.js';
import type { Attributes } from '../../connid/attribute.js';
import { type Filter, filterAttributes } from '../../connid/filter.js';
import type { ConnectorObject } from '../connector.js';
import type { FoundObject, ObjectClass } from '../object-class/object-class.js';
import { candidate, readAttributes } from '../object-class/reading.js';
import { toConnectorObject } from '../operations/to-json.js';
import { decideFilter } from './decide-filter.js';

/** What a search wants to know of an object. */
export interface Selection {
  readonly returned: ReadonlySet<string>;
  readonly filter: Filter | undefined;
  /** All attributes that must be read. */
  readonly wanted: ReadonlySet<string>;
}

/** @param sortedBy - attributes that are read for the order only. */
export function selection(
  returned: ReadonlySet<string>,
  filter: Filter | undefined,
  sortedBy: readonly string[] = [],
): Selection {
  const inFilter = filter === undefined ? [] : filterAttributes(filter);
  return { returned, filter, wanted: new Set([...returned, ...sortedBy, ...inFilter]) };
}

/** About how many bytes a row or an object takes in memory. */
export const objectBytes = 2048;

/** An object that passed the filter. */
export interface Match {
  /** The row's identity, the same each time it is listed. */
  readonly mark: string;
  readonly object: ConnectorObject;
}

/** A match with what was read of it, for sorting. */
export interface ReadMatch extends Match {
  readonly attributes: Attributes;
}

/** What a row alone says about the filter; its uid is not relied on, as completing it may change it. */
export function judgeRow(
  { reading, view }: ObjectClass,
  row: FoundObject,
  filter: Filter | undefined,
): boolean | undefined {
  if (filter === undefined) return true;
  return decideFilter(view, filter, (attribute) => {
    if (attribute === '__UID__') return undefined;
    return attribute === '__NAME__' ? [row.name] : readAttributes(reading, row, [attribute]).get(attribute);
  });
}

/** Filters on everything that was read, then reduces to what is returned. */
export function toMatch(
  { reading, view }: ObjectClass,
  found: FoundObject,
  { filter, returned, wanted }: Selection,
  mark = found.uid,
): ReadMatch | undefined {
  const attributes = readAttributes(reading, found, wanted);
  if (filter !== undefined && !matches(filter, candidate(view, found, attributes))) return undefined;
  return { mark, attributes, object: toConnectorObject(view, found, attributes, returned) };
}
