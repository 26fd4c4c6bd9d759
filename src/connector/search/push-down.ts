import { type AttributeDeclaration, canonicalValue, type Values } from '../../connid/attribute.js';
import { matches } from '../../connid/evaluate-filter.js';
import { both, type Filter, type LeafFilter } from '../../connid/filter.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { Partition } from '../object-class/listing.js';
import type { ObjectKey, Readable } from '../object-class/readable.js';

/** The known values of an object's attributes; `undefined` for an attribute that is not known. */
type Facts = (attribute: string) => Values | undefined;

/**
 * Evaluates a filter on incomplete facts. `undefined` means that the result depends on an unknown attribute.
 * @param isPossible - false for a comparison that no object passes.
 */
export function decideFilter(
  view: ObjectClassView,
  filter: Filter,
  facts: Facts,
  isPossible: (filter: LeafFilter) => boolean = () => true,
): boolean | undefined {
  switch (filter.type) {
    case 'not': {
      const inner = decideFilter(view, filter.filter, facts, isPossible);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => decideFilter(view, part, facts, isPossible));
      const dominant = filter.type === 'or';
      if (parts.includes(dominant)) return dominant;
      return parts.includes(undefined) ? undefined : !dominant;
    }
    default:
      if (!isPossible(filter)) return false;
      return facts(filter.attribute) === undefined
        ? undefined
        : matches(filter, { values: facts, declarationOf: (name) => view.declarationOf(name) });
  }
}

/** The number of single reads that an `or` of keys may become. With more, a listing is cheaper. */
export const maxLookups = 50;

/** One single read, and the filter that its result must still pass. */
export interface Lookup {
  readonly key: ObjectKey;
  readonly residual: Filter | undefined;
}

/** The parts of an object class that decide how to answer a filter. */
interface Pushing {
  readonly view: ObjectClassView;
  readonly read: Pick<Readable, 'keys' | 'narrowings' | 'partitions' | 'possible'>;
}

/**
 * The single reads that together answer a filter completely. Such a filter is an equality on a key, a conjunction with
 * such an equality, or a disjunction of these.
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
  const costly = new Set(
    read.keys.filter(({ costsListing }) => costsListing).map(({ attribute }) => attribute),
  );
  return lookups.filter(({ key }) => costly.has(key.attribute)).length > 1;
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
  // The target may know an object by a former uid, so a uid needs no check. Other keys must equal the filter's value.
  const residual = filter.attribute === '__UID__' ? undefined : filter;
  return [{ key: { attribute: filter.attribute, value }, residual }];
}

/** The look-ups of the part of a conjunction that needs the fewest. Their results must pass the other parts. */
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
 * The one value that a filter wants an attribute to equal, if the target compares in the same way. A filter may ignore
 * case only if the attribute does, or if the value has no letters with case.
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

/** Attribute values by which the target narrows a listing: equalities that every match must fulfil. */
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

/** The partitions that may contain a match: their facts do not contradict the filter. */
export function reachablePartitions(
  { read: { partitions, possible }, view }: Pushing,
  filter: Filter | undefined,
): readonly Partition[] {
  if (filter === undefined) return partitions;
  const isPossible = (leaf: LeafFilter): boolean =>
    wantedValues(leaf).every(
      (value) => typeof value !== 'string' || possible?.[leaf.attribute]?.(value) !== false,
    );
  return partitions.filter(
    ({ facts }) => decideFilter(view, filter, (attribute) => facts.get(attribute), isPossible) !== false,
  );
}

/** The values that an object must have to pass an equality. */
function wantedValues(filter: LeafFilter): Values {
  switch (filter.type) {
    case 'equals':
    case 'containsAllValues':
      return filter.values;
    case 'equalsIgnoreCase':
      return [filter.value];
    default:
      return [];
  }
}
