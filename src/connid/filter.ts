import type { Scalar, Values } from './attribute.js';

/** Filters that compare one attribute with exactly one string. */
export const stringFilters = ['equalsIgnoreCase', 'contains', 'startsWith', 'endsWith'] as const;

/** Filters that compare one attribute with exactly one ordered value. */
export const orderFilters = ['greaterThan', 'greaterThanOrEqual', 'lessThan', 'lessThanOrEqual'] as const;

export type StringFilterType = (typeof stringFilters)[number];
export type OrderFilterType = (typeof orderFilters)[number];

/** A comparison of an attribute with one value. */
interface Comparison {
  readonly attribute: string;
  /**
   * Compares as SCIM does: one matching value is enough, an attribute without values never matches, and strings
   * ignore case. Otherwise ConnId's rules apply, see `matches`.
   */
  readonly anyValue?: true;
}

/**
 * A ConnId filter. Attribute names are declared names of the object class, or `__UID__`. Values have passed the
 * attribute's type check. `equals` without values matches objects that have no value.
 */
export type Filter =
  | { readonly type: 'equals' | 'containsAllValues'; readonly attribute: string; readonly values: Values }
  | (Comparison & { readonly type: StringFilterType; readonly value: string })
  | (Comparison & { readonly type: OrderFilterType; readonly value: Scalar })
  | { readonly type: 'and' | 'or'; readonly filters: readonly Filter[] }
  | { readonly type: 'not'; readonly filter: Filter };

/** A filter that compares one attribute. */
export type LeafFilter = Extract<Filter, { attribute: string }>;

/** The names of all attributes in a filter. */
export function filterAttributes(filter: Filter): ReadonlySet<string> {
  if ('attribute' in filter) return new Set([filter.attribute]);
  const parts = 'filters' in filter ? filter.filters : [filter.filter];
  return new Set(parts.flatMap((part) => [...filterAttributes(part)]));
}

/** A filter that matches if both do. `undefined` matches everything. */
export function both(left: Filter | undefined, right: Filter | undefined): Filter | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return { type: 'and', filters: [left, right] };
}
