import type { Attributes, Values } from '../../connid/attribute.js';
import type { Candidate } from '../../connid/evaluate-filter.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { FoundObject } from './found-object.js';

/**
 * Reads the values of an attribute from a record of the target.
 * @returns `undefined` when this record does not tell (which is not the same as "no value").
 */
export type Reader = (record: unknown) => Values | undefined;

/**
 * How far one has to go for a source: `list` comes with every listing, `deep` costs a call per object or a further
 * listing and belongs to deep reading, `named` is read only when an attribute of it is asked for by name.
 */
type Reach = 'list' | 'deep' | 'named';

/** A place attributes are read from. */
export interface Source {
  readonly reach: Reach;
  /** Whether the source is used when one object is read, when many are listed, or both. */
  readonly use: 'single' | 'listing' | 'both';
  /** For catalogues: the sources that tell which of its records belongs to an object; the first in use is read, too. */
  readonly via?: readonly string[];
  /** Whether what the source has about an object is so long that it takes several calls, as far as its row tells. */
  readonly isLong?: (row: FoundObject) => boolean;
}

/** Everything reading needs to know of an object class. Sources stand in order, the cheapest first. */
export interface ReadingTable {
  readonly sources: Readonly<Record<string, Source>>;
  /** Attribute → source → reader; sources in order of preference. Attributes without an entry are not readable. */
  readonly readers: Readonly<Record<string, Readonly<Partial<Record<string, Reader>>>>>;
}

/** Which attributes a search without `attributesToGet` returns. */
export function returnedByDefault(table: ReadingTable, attribute: string, deep: boolean): boolean {
  const reaches = Object.keys(table.readers[attribute] ?? {}).map((source) => table.sources[source]?.reach);
  return reaches.includes('list') || (deep && reaches.includes('deep'));
}

/**
 * The smallest set of sources that tells all wanted attributes.
 * @param use - whether one object is read, many are listed, or a few are listed: then single reads are cheaper than
 * further listings.
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

/** The wanted attributes of an object, from whichever of its records tells them; absent where none does. */
export function readAttributes(
  table: ReadingTable,
  found: FoundObject,
  wanted: Iterable<string>,
): Attributes {
  const attributes = new Map<string, Values>();
  for (const name of wanted) {
    const values = readAttribute(table, found, name);
    if (values !== undefined) attributes.set(name, values);
  }
  return attributes;
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
