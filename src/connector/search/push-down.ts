import { both, type Filter } from '../../connid/filter.js';
import { matches } from '../../connid/evaluate-filter.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { ObjectKey, Partition } from '../object-class.js';

/** How many single reads an `or` of keys may become before listing is cheaper. */
export const maxLookups = 50;

/** One single read and the filter its result must still pass. */
export interface Lookup {
  readonly key: ObjectKey;
  readonly residual: Filter | undefined;
}

/**
 * The single reads that together answer a filter completely: equality on a key, a conjunction with one, or a
 * disjunction of such.
 * @returns `undefined` when the filter needs a listing.
 */
export function toLookups(
  filter: Filter | undefined,
  keys: readonly string[],
): readonly Lookup[] | undefined {
  const lookups = filter === undefined ? undefined : lookupsOf(filter, keys);
  return lookups !== undefined && lookups.length <= maxLookups ? lookups : undefined;
}

function lookupsOf(filter: Filter, keys: readonly string[]): readonly Lookup[] | undefined {
  if (filter.type === 'or') {
    const parts = filter.filters.map((part) => lookupsOf(part, keys));
    return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
  }
  if (filter.type === 'and') return lookupsOfConjunction(filter.filters, keys);
  const value = keyValue(filter, keys);
  return value === undefined || !('attribute' in filter)
    ? undefined
    : [{ key: { attribute: filter.attribute, value }, residual: undefined }];
}

function lookupsOfConjunction(
  filters: readonly Filter[],
  keys: readonly string[],
): readonly Lookup[] | undefined {
  for (const [index, filter] of filters.entries()) {
    const lookups = lookupsOf(filter, keys);
    if (lookups === undefined) continue;
    const others = filters.filter((_, i) => i !== index);
    const rest: Filter | undefined = others.length === 0 ? undefined : { type: 'and', filters: others };
    return lookups.map(({ key, residual }) => ({ key, residual: both(residual, rest) }));
  }
  return undefined;
}

/** The value a filter compares a key with. Keys are single-valued and the target ignores their case. */
function keyValue(filter: Filter, keys: readonly string[]): string | undefined {
  if (filter.type === 'equals' || filter.type === 'containsAllValues') {
    const [value, ...others] = filter.values;
    return keys.includes(filter.attribute) && typeof value === 'string' && others.length === 0
      ? value
      : undefined;
  }
  return undefined;
}

/**
 * The partitions in which an object can match: those for which their facts do not decide the filter negatively.
 * Comparisons of attributes that the facts do not mention are undecided.
 */
export function reachablePartitions(
  view: ObjectClassView,
  filter: Filter | undefined,
  partitions: readonly Partition[],
): ReadonlySet<string> {
  const reachable = partitions.filter(
    (partition) => filter === undefined || decide(view, filter, partition) !== false,
  );
  return new Set(reachable.map((partition) => partition.id));
}

/** Three-valued evaluation: true, false, or `undefined` for "depends on the object". */
function decide(view: ObjectClassView, filter: Filter, partition: Partition): boolean | undefined {
  switch (filter.type) {
    case 'not': {
      const inner = decide(view, filter.filter, partition);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) => decide(view, part, partition));
      const dominant = filter.type === 'or';
      if (parts.includes(dominant)) return dominant;
      return parts.includes(undefined) ? undefined : !dominant;
    }
    default:
      return partition.facts.has(filter.attribute)
        ? matches(filter, {
            values: (name) => partition.facts.get(name),
            declarationOf: (name) => view.declarationOf(name),
          })
        : undefined;
  }
}
