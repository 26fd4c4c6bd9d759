import { type AttributeDeclaration, canonicalValue, type Scalar, type Values } from './attribute.js';
import type { Filter, OrderFilterType, StringFilterType } from './filter.js';

/** What a filter is evaluated on. */
export interface Candidate {
  /** Values of an attribute (`__UID__` and `__NAME__` included); `undefined` when it is absent. */
  values(attribute: string): Values | undefined;
  declarationOf(attribute: string): AttributeDeclaration;
}

/**
 * ConnId's filter semantics: string filters look at the first value, order filters at exactly one value (an
 * attribute with none or several counts as less), `containsAllValues` ignores order, and an absent attribute matches
 * only `equals` without values. Attributes that ignore case or have a canonical form compare by it.
 */
export function matches(filter: Filter, candidate: Candidate): boolean {
  switch (filter.type) {
    case 'and':
      return filter.filters.every((part) => matches(part, candidate));
    case 'or':
      return filter.filters.some((part) => matches(part, candidate));
    case 'not':
      return !matches(filter.filter, candidate);
    default:
      return matchesLeaf(filter, candidate);
  }
}

type Leaf = Extract<Filter, { attribute: string }>;

function matchesLeaf(filter: Leaf, candidate: Candidate): boolean {
  const declaration = candidate.declarationOf(filter.attribute);
  const canonical = (value: Scalar) => canonicalValue(declaration, value);
  const held = candidate.values(filter.attribute)?.map(canonical);
  switch (filter.type) {
    case 'equals':
      return equalLists(held ?? [], filter.values.map(canonical));
    case 'containsAllValues':
      return held !== undefined && filter.values.every((value) => held.includes(canonical(value)));
    case 'equalsIgnoreCase':
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return stringMatches(filter.type, held?.[0], String(canonical(filter.value)));
    default:
      return orderMatches(filter.type, held, canonical(filter.value));
  }
}

function equalLists(left: Values, right: Values): boolean {
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

const stringTests: Readonly<Record<StringFilterType, (held: string, value: string) => boolean>> = {
  equalsIgnoreCase: (held, value) => held.toLowerCase() === value.toLowerCase(),
  contains: (held, value) => held.includes(value),
  startsWith: (held, value) => held.startsWith(value),
  endsWith: (held, value) => held.endsWith(value),
};

function stringMatches(type: StringFilterType, held: Scalar | undefined, value: string): boolean {
  return typeof held === 'string' && stringTests[type](held, value);
}

const orderTests: Readonly<Record<OrderFilterType, (comparison: number) => boolean>> = {
  greaterThan: (comparison) => comparison > 0,
  greaterThanOrEqual: (comparison) => comparison >= 0,
  lessThan: (comparison) => comparison < 0,
  lessThanOrEqual: (comparison) => comparison <= 0,
};

function orderMatches(type: OrderFilterType, held: Values | undefined, value: Scalar): boolean {
  if (held === undefined) return false;
  const [only, ...others] = held;
  if (only === undefined || others.length > 0) return orderTests[type](-1);
  return orderTests[type](compareScalars(only, value));
}

/** Natural order of two values of the same type: negative, zero or positive; strings by UTF-16 code units as in Java. */
export function compareScalars(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
