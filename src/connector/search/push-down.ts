import { type AttributeDeclaration, canonicalValue, type Values } from '../../connid/attribute.js';
import { matches } from '../../connid/evaluate-filter.js';
import { both, type Filter, type LeafFilter } from '../../connid/filter.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Partition } from '../object-class/listing.js';
import type { ObjectKey, Readable } from '../object-class/readable.js';

/** What is known of an object: the values of an attribute, or `undefined` for "not known". */
type Facts = (attribute: string) => Values | undefined;

/** Evaluates a filter on incomplete knowledge: true, false, or `undefined` for "depends on what is not known". */
export function decideFilter(view: ObjectClassView, filter: Filter, facts: Facts): boolean | undefined {
  switch (filter.type) {
    case 'not': {
      const inner = decideFilter(view, filter.filter, facts);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => decideFilter(view, part, facts));
      const dominant = filter.type === 'or';
      if (parts.includes(dominant)) return dominant;
      return parts.includes(undefined) ? undefined : !dominant;
    }
    default:
      return facts(filter.attribute) === undefined
        ? undefined
        : matches(filter, { values: facts, declarationOf: (name) => view.declarationOf(name) });
  }
}

/** How many single reads an `or` of keys may become before listing is cheaper. */
export const maxLookups = 50;

/** One single read and the filter its result must still pass. */
export interface Lookup {
  readonly key: ObjectKey;
  readonly residual: Filter | undefined;
}

/** The parts of an object class that decide how a filter is answered. */
interface Pushing {
  readonly view: ObjectClassView;
  readonly read: Pick<Readable, 'keys' | 'narrowings' | 'partitions'>;
}

/**
 * The single reads that together answer a filter completely: equality on a key, a conjunction with one, or a
 * disjunction of such.
 * @returns `undefined` when the filter needs a listing.
 */
export function toLookups(objectClass: Pushing, filter: Filter | undefined): readonly Lookup[] | undefined {
  const lookups = filter === undefined ? undefined : lookupsOf(objectClass, filter);
  if (lookups === undefined || lookups.length > maxLookups || needListings(objectClass, lookups)) {
    return undefined;
  }
  const alsoSearchListings = new Set(lookups.map(({ key }) => key.value));
  return lookups.map(({ key, residual }) => ({ key: { ...key, alsoSearchListings }, residual }));
}

function needListings({ read }: Pushing, lookups: readonly Lookup[]): boolean {
  const dear = new Set(
    read.keys.filter(({ costsListing }) => costsListing).map(({ attribute }) => attribute),
  );
  return lookups.filter(({ key }) => dear.has(key.attribute)).length > 1;
}

function lookupsOf(objectClass: Pushing, filter: Filter): readonly Lookup[] | undefined {
  if (filter.type === 'or') {
    const parts = filter.filters.map((part) => lookupsOf(objectClass, part));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (filter.type === 'and') return lookupsOfConjunction(objectClass, filter.filters);
  if (!('attribute' in filter)) return undefined;
  const key = objectClass.read.keys.find(({ attribute }) => attribute === filter.attribute);
  const value = key === undefined ? undefined : equalValue(objectClass, filter);
  if (key === undefined || value === undefined || key.accepts?.(value) === false) return undefined;
  // A uid may be a former one, under which the target still knows the object; any other key must be as asked for.
  const residual = filter.attribute === '__UID__' ? undefined : filter;
  return [{ key: { attribute: filter.attribute, value }, residual }];
}

/** The fewest look-ups that one part of a conjunction takes; what they find has to pass the others. */
function lookupsOfConjunction(
  objectClass: Pushing,
  filters: readonly Filter[],
): readonly Lookup[] | undefined {
  const possible = filters.flatMap((filter) => {
    const lookups = lookupsOf(objectClass, filter);
    return lookups === undefined ? [] : [{ filter, lookups }];
  });
  const [fewest] = possible.sort((left, right) => left.lookups.length - right.lookups.length);
  if (fewest === undefined) return undefined;
  const others = filters.filter((filter) => filter !== fewest.filter);
  const rest: Filter | undefined = others.length === 0 ? undefined : { type: 'and', filters: others };
  return fewest.lookups.map(({ key, residual }) => ({ key, residual: both(residual, rest) }));
}

/**
 * The one value a filter wants an attribute to equal, in a way the target understands: it may ignore case only where
 * the attribute does, or the value has none.
 */
function equalValue({ view }: Pushing, filter: LeafFilter): string | undefined {
  const declaration = view.declarationOf(filter.attribute);
  switch (filter.type) {
    case 'equals':
    case 'containsAllValues': {
      const [value, ...others] = filter.values;
      return typeof value === 'string' && others.length === 0 ? value : undefined;
    }
    case 'equalsIgnoreCase':
      return hasCase(declaration, filter.value) ? undefined : filter.value;
    default:
      return undefined;
  }
}

function hasCase(declaration: AttributeDeclaration, value: string): boolean {
  const spellings = [value.toLowerCase(), value.toUpperCase()];
  return new Set(spellings.map((spelling) => canonicalValue(declaration, spelling))).size > 1;
}

/** Attribute values by which the target narrows a listing: equalities that the whole filter demands. */
export function narrowedBy(objectClass: Pushing, filter: Filter | undefined): ReadonlyMap<string, string> {
  if (filter?.type === 'and') {
    return new Map(filter.filters.flatMap((part) => [...narrowedBy(objectClass, part)]));
  }
  if (filter === undefined || !('attribute' in filter)) return new Map();
  const value = objectClass.read.narrowings.includes(filter.attribute)
    ? equalValue(objectClass, filter)
    : undefined;
  return new Map(value === undefined ? [] : [[filter.attribute, value]]);
}

/** The partitions in which an object can match: those for which their facts do not decide the filter negatively. */
export function reachablePartitions(
  { read: { partitions }, view }: Pushing,
  filter: Filter | undefined,
): readonly Partition[] {
  if (filter === undefined) return partitions;
  return partitions.filter(
    ({ facts }) => decideFilter(view, filter, (attribute) => facts.get(attribute)) !== false,
  );
}
