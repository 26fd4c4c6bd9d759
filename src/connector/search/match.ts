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

/** The attributes that a search reads and returns, and its filter. */
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

/** The approximate size of a row or an object in memory, in bytes. */
export const objectBytes = 2048;

/** An object that passed the filter. */
export interface Match {
  /** The row's identity, the same each time it is listed. */
  readonly rowKey: string;
  readonly object: ConnectorObject;
}

/** A match with the attributes that were read, for sorting. */
export interface ReadMatch extends Match {
  readonly attributes: Attributes;
}

/**
 * Evaluates the filter on a row alone. It ignores the row's uid, because completing the row may change the uid.
 * @returns `undefined` when the result depends on attributes that the row does not contain.
 */
export function judgeRow(
  objectClass: ObjectClass,
  row: FoundObject,
  filter: Filter | undefined,
): boolean | undefined {
  if (filter === undefined) return true;
  return decideFilter(objectClass.view, filter, (attribute) => {
    if (attribute === '__UID__') return undefined;
    return attribute === '__NAME__'
      ? [row.name]
      : readAttributes(objectClass, row, [attribute]).get(attribute);
  });
}

/** Applies the filter to an object, and keeps the attributes to return. `undefined` if the object does not match. */
export function toMatch(
  objectClass: ObjectClass,
  found: FoundObject,
  { filter, returned, wanted }: Selection,
  rowKey = found.uid,
): ReadMatch | undefined {
  const { view } = objectClass;
  const attributes = readAttributes(objectClass, found, wanted);
  if (filter !== undefined && !matches(filter, candidate(view, found, attributes))) return undefined;
  return { rowKey, attributes, object: toConnectorObject(view, found, attributes, returned) };
}

/** The number of wanted matches. `firstPage` is true if the caller may want no more than these. */
export interface Want {
  readonly count: number;
  readonly firstPage: boolean;
}

/** The matching objects of a search, in an order that is the same each time. */
export interface Matches {
  /** True if no more matches follow. */
  readonly done: boolean;
  /**
   * Reads the next matches. If a call fails, the position does not change.
   * @param want - the matches that the caller can use. `read` may return more; fewer or none does not mean the end.
   */
  read(want: Want, session: Session): Promise<readonly Match[]>;
  /**
   * Passes over matches without reading them in full.
   * @returns the row keys of at most `count` matches that were passed over.
   */
  pass(count: number, session: Session): Promise<readonly string[]>;
  /** Yields all matches that follow, in their order. These matches cannot be used afterwards. */
  rest(session: Session): AsyncIterable<Match>;
  /** The number of matches that follow, if known. */
  remaining(session: Session): Promise<number | undefined>;
  /** The approximate size of its state, in bytes. */
  readonly weight: number;
  /** The position, as plain data. Other matches can continue from it; do not use these again. */
  state(): unknown;
}
