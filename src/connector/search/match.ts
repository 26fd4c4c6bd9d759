import { matches } from '../../connid/evaluate-filter.js';
import type { Attributes } from '../../connid/attribute.js';
import { type Filter, filterAttributes } from '../../connid/filter.js';
import type { ConnectorObject } from '../connector.js';
import type { FoundObject, ObjectClass } from '../object-class.js';
import { candidate, readAttributes } from '../reading.js';
import { toConnectorObject } from '../to-json.js';
import { decideFilter } from './decide-filter.js';

/** What a search wants to know of an object. */
export interface Selection {
  readonly returned: ReadonlySet<string>;
  readonly filter: Filter | undefined;
  /** Attributes that are read for the order only. */
  readonly sortedBy?: readonly string[];
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

/** All attributes that must be read. */
export function wantedAttributes({ filter, returned, sortedBy = [] }: Selection): ReadonlySet<string> {
  return new Set([...returned, ...sortedBy, ...(filter === undefined ? [] : filterAttributes(filter))]);
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
  selection: Selection,
  mark = found.uid,
): ReadMatch | undefined {
  const attributes = readAttributes(reading, found, wantedAttributes(selection));
  const { filter, returned } = selection;
  if (filter !== undefined && !matches(filter, candidate(view, found, attributes))) return undefined;
  const kept = new Map([...attributes].filter(([name]) => returned.has(name)));
  return { mark, attributes, object: toConnectorObject(view, found, kept) };
}
