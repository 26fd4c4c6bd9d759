import { type AttributeDeclaration, canonicalValue } from '../../connid/attribute.js';
import { both, type Filter, type LeafFilter } from '../../connid/filter.js';
import type { ObjectClass, ObjectKey, Partition } from '../object-class.js';
import { decideFilter } from './decide-filter.js';

/** How many single reads an `or` of keys may become before listing is cheaper. */
export const maxLookups = 50;

/** One single read and the filter its result must still pass. */
export interface Lookup {
  readonly key: ObjectKey;
  readonly residual: Filter | undefined;
}

type Pushing = Pick<ObjectClass, 'keys' | 'narrowings' | 'partitions' | 'view'>;

/**
 * The single reads that together answer a filter completely: equality on a key, a conjunction with one, or a
 * disjunction of such.
 * @returns `undefined` when the filter needs a listing.
 */
export function toLookups(objectClass: Pushing, filter: Filter | undefined): readonly Lookup[] | undefined {
  const lookups = filter === undefined ? undefined : lookupsOf(objectClass, filter);
  return lookups !== undefined && lookups.length <= maxLookups ? lookups : undefined;
}

function lookupsOf(objectClass: Pushing, filter: Filter): readonly Lookup[] | undefined {
  if (filter.type === 'or') {
    const parts = filter.filters.map((part) => lookupsOf(objectClass, part));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (filter.type === 'and') return lookupsOfConjunction(objectClass, filter.filters);
  if (!('attribute' in filter)) return undefined;
  const key = objectClass.keys.find(({ attribute }) => attribute === filter.attribute);
  const value = key === undefined ? undefined : equalValue(objectClass, filter);
  if (key === undefined || value === undefined || key.accepts?.(value) === false) return undefined;
  return [{ key: { attribute: filter.attribute, value }, residual: undefined }];
}

function lookupsOfConjunction(
  objectClass: Pushing,
  filters: readonly Filter[],
): readonly Lookup[] | undefined {
  for (const [index, filter] of filters.entries()) {
    const lookups = lookupsOf(objectClass, filter);
    if (lookups === undefined) continue;
    const others = filters.filter((_, i) => i !== index);
    const rest: Filter | undefined = others.length === 0 ? undefined : { type: 'and', filters: others };
    return lookups.map(({ key, residual }) => ({ key, residual: both(residual, rest) }));
  }
  return undefined;
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
  const value = objectClass.narrowings.includes(filter.attribute)
    ? equalValue(objectClass, filter)
    : undefined;
  return new Map(value === undefined ? [] : [[filter.attribute, value]]);
}

/** The partitions in which an object can match: those for which their facts do not decide the filter negatively. */
export function reachablePartitions(
  { partitions, view }: Pushing,
  filter: Filter | undefined,
): readonly Partition[] {
  if (filter === undefined) return partitions;
  return partitions.filter(
    ({ facts }) => decideFilter(view, filter, (attribute) => facts.get(attribute)) !== false,
  );
}
