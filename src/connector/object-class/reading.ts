import type { Attributes, Values } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Candidate } from '../../connid/evaluate-filter.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { FoundObject } from './found-object.js';

/**
 * Reads the values of an attribute from a record of the target.
 * @returns `undefined` when the record does not contain the attribute (which is not the same as "no value").
 * @throws ConnectorError `connectorIO` when the record contains something that is no value of the attribute.
 */
export type Reader = (record: unknown) => Values | undefined;

/**
 * The cost of a source. `list` comes with every listing. `deep` costs a call per object or a further listing and
 * belongs to deep reading. `named` is read only when the request names an attribute of it.
 */
type Reach = 'list' | 'deep' | 'named';

/** A record of the target that contains attributes. */
export interface Source {
  readonly reach: Reach;
  /** `single` when one object is read, `listing` when many are listed. */
  readonly use: 'single' | 'listing' | 'both';
  /** For catalogues: sources that link an object to its record in the catalogue. The first usable one is read, too. */
  readonly via?: readonly string[];
  /** True if the row shows that reading this source for the object takes several calls. */
  readonly isLong?: (row: FoundObject) => boolean;
}

/** The sources of an object class and the readers of its attributes. The cheapest source comes first. */
export interface ReadingTable {
  readonly sources: Readonly<Record<string, Source>>;
  /** Attribute → source → reader, with the preferred source first. Attributes without an entry are not readable. */
  readonly readers: Readonly<Record<string, Readonly<Partial<Record<string, Reader>>>>>;
}

/** True if a search without `attributesToGet` returns the attribute. */
export function returnedByDefault(table: ReadingTable, attribute: string, deep: boolean): boolean {
  const reaches = Object.keys(table.readers[attribute] ?? {}).map((source) => table.sources[source]?.reach);
  return reaches.includes('list') || (deep && reaches.includes('deep'));
}

/**
 * The smallest set of sources that contains all wanted attributes.
 * @param use - `single` to read one object, `listing` to list many, `page` to list a few: for a few rows single reads
 * are cheaper than further listings.
 */
export function planFetch(
  table: ReadingTable,
  wanted: Iterable<string>,
  use: 'single' | 'listing' | 'page',
): ReadonlySet<string> {
  const isUsable = (source: Source) =>
    source.use === 'both' ||
    (use === 'page' ? source.use === 'single' || source.reach === 'list' : source.use === use);
  const usable = Object.entries(table.sources)
    .filter(([, source]) => isUsable(source))
    .map(([name]) => name);
  const alternatives = [...wanted].map((attribute) =>
    usable.filter((source) => table.readers[attribute]?.[source] !== undefined),
  );
  const chosen = new Set<string>();
  for (const sources of alternatives.sort((a, b) => a.length - b.length)) {
    const [cheapest] = sources;
    if (cheapest === undefined || sources.some((source) => chosen.has(source))) continue;
    chosen.add(cheapest);
    const via = table.sources[cheapest]?.via?.find((source) => usable.includes(source));
    if (via !== undefined) chosen.add(via);
  }
  return chosen;
}

/** The part of an object class that decodes records. */
interface Decoding {
  readonly view: ObjectClassView;
  readonly read: { readonly table: ReadingTable };
}

/**
 * The wanted attributes of an object. An attribute that none of its records contains is absent.
 * @throws ConnectorError `connectorIO` that names the attribute and the object, when a record contains something that
 * is no value of the attribute.
 */
export function readAttributes(
  { read: { table }, view }: Decoding,
  found: FoundObject,
  wanted: Iterable<string>,
): Attributes {
  const attributes = new Map<string, Values>();
  for (const name of wanted) {
    try {
      const values = readAttribute(table, found, name);
      if (values !== undefined) attributes.set(name, values);
    } catch (thrown) {
      throw unreadable(view, found, name, thrown);
    }
  }
  return attributes;
}

/** Names the attribute and the object in the error of a reader. */
function unreadable(view: ObjectClassView, { uid }: FoundObject, name: string, thrown: unknown): unknown {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const message = `${view.publicName(name)} of the ${view.name} ${uid} cannot be read. ${thrown.message}`;
  return new ConnectorError(thrown.kind, message, thrown.details);
}

function readAttribute(table: ReadingTable, found: FoundObject, name: string): Values | undefined {
  const readers = table.readers[name];
  for (const source in readers) {
    const record = found.records.get(source);
    const values = record === undefined ? undefined : readers[source]?.(record);
    if (values !== undefined) return found.written?.over(name, values) ?? values;
  }
  return undefined;
}

/** An object as filters see it. */
export function candidate(view: ObjectClassView, found: FoundObject, attributes: Attributes): Candidate {
  const special: Readonly<Record<string, Values>> = { __UID__: [found.uid], __NAME__: [found.name] };
  return {
    values: (name) => special[name] ?? attributes.get(name),
    declarationOf: (name) => view.declarationOf(name),
  };
}
