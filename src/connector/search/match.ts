import type { Attributes } from '../../connid/attribute.js';
import { matches } from '../../connid/evaluate-filter.js';
import { type Filter, filterAttributes } from '../../connid/filter.js';
import type { ConnectorObject } from '../connector.js';
import type { Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { candidate, readAttributes } from '../object-class/reading.js';
import { toConnectorObject } from '../object-class/to-json.js';
import { decideFilter } from './push-down.js';

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
  readonly rowKey: string;
  readonly object: ConnectorObject;
}

/** A match with what was read of it, for sorting. */
export interface ReadMatch extends Match {
  readonly attributes: Attributes;
}

/** What a row alone says about the filter; its uid is not relied on, as completing it may change it. */
export function judgeRow(
  { read, view }: ObjectClass,
  row: FoundObject,
  filter: Filter | undefined,
): boolean | undefined {
  if (filter === undefined) return true;
  return decideFilter(view, filter, (attribute) => {
    if (attribute === '__UID__') return undefined;
    return attribute === '__NAME__'
      ? [row.name]
      : readAttributes(read.table, row, [attribute]).get(attribute);
  });
}

/** Filters on everything that was read, then reduces to what is returned. */
export function toMatch(
  { read, view }: ObjectClass,
  found: FoundObject,
  { filter, returned, wanted }: Selection,
  rowKey = found.uid,
): ReadMatch | undefined {
  const attributes = readAttributes(read.table, found, wanted);
  if (filter !== undefined && !matches(filter, candidate(view, found, attributes))) return undefined;
  return { rowKey, attributes, object: toConnectorObject(view, found, attributes, returned) };
}

/** How many matches are wanted, and whether they may be all that is ever asked for. */
export interface Want {
  readonly count: number;
  readonly firstPage: boolean;
}

/** Where the matching objects of a search come from, in an order that is the same each time. */
export interface Matches {
  /** Whether there is nothing more to come. */
  readonly done: boolean;
  /**
   * Reads on. A call that fails leaves the source where it was.
   * @param want - what the caller can use; more may come, fewer or none does not mean the end.
   */
  read(want: Want, session: Session): Promise<readonly Match[]>;
  /**
   * Passes over matches without reading them in full.
   * @returns the row keys of at most `count` matches that were passed over.
   */
  pass(count: number, session: Session): Promise<readonly string[]>;
  /** How many matches are to come, where that is known. */
  remaining(session: Session): Promise<number | undefined>;
  /** About how many bytes its state takes. */
  readonly weight: number;
  /** Where the source stands: plain data, from which another one can go on. This one must not be used further. */
  state(): unknown;
}
