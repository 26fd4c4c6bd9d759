import {
  type AttributeDeclaration,
  canonicalValue,
  instantOf,
  partValue,
  type Scalar,
  type Values,
} from './attribute.js';
import type { Filter, LeafFilter, OrderFilterType, StringFilterType } from './filter.js';

/** An object that a filter is evaluated on. */
export interface Candidate {
  /** Values of an attribute, `__UID__` and `__NAME__` included. `undefined` if the object does not have it. */
  values(attribute: string): Values | undefined;
  declarationOf(attribute: string): AttributeDeclaration;
}

/**
 * Evaluates a filter with ConnId's semantics.
 *
 * - String filters test the first value.
 * - Order filters test exactly one value; an attribute with none or several values counts as less.
 * - `containsAllValues` ignores order.
 * - An absent attribute matches only `equals` without values.
 * - Whole values compare by their canonical form, parts of values by the text that reads return. Both ignore case if
 *   the attribute does.
 *
 * Comparisons marked `anyValue` follow SCIM instead.
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

function matchesLeaf(filter: LeafFilter, candidate: Candidate): boolean {
  const declaration = candidate.declarationOf(filter.attribute);
  const canonical = (value: Scalar) => canonicalValue(declaration, value);
  const values = candidate.values(filter.attribute);
  const held = values?.map(canonical);
  switch (filter.type) {
    case 'equals':
      return equalLists(held ?? [], filter.values.map(canonical));
    case 'containsAllValues': {
      const set = new Set(held);
      return held !== undefined && filter.values.every((value) => set.has(canonical(value)));
    }
    case 'equalsIgnoreCase':
    case 'contains':
    case 'startsWith':
    case 'endsWith': {
      // Canonical forms exist for whole values only; a part is compared as text.
      const whole = filter.type === 'equalsIgnoreCase';
      const form = whole ? canonical : (value: Scalar) => partValue(declaration, value);
      return stringMatches(filter, (values ?? []).map(form), String(form(filter.value)));
    }
    default:
      return orderMatches(filter, held, orderBy(declaration, canonical(filter.value)));
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

interface LeafKind<Type extends string> {
  readonly type: Type;
  readonly anyValue?: true;
}

function stringMatches({ anyValue, type }: LeafKind<StringFilterType>, held: Values, value: string): boolean {
  const test = stringTests[type];
  const passes = (one: Scalar | undefined) =>
    typeof one === 'string' &&
    (anyValue === true ? test(one.toLowerCase(), value.toLowerCase()) : test(one, value));
  return anyValue === true ? held.some(passes) : passes(held[0]);
}

const orderTests: Readonly<Record<OrderFilterType, (comparison: number) => boolean>> = {
  greaterThan: (comparison) => comparison > 0,
  greaterThanOrEqual: (comparison) => comparison >= 0,
  lessThan: (comparison) => comparison < 0,
  lessThanOrEqual: (comparison) => comparison <= 0,
};

function orderMatches(
  { anyValue, type }: LeafKind<OrderFilterType>,
  held: Values | undefined,
  compare: (value: Scalar) => number,
): boolean {
  if (held === undefined) return false;
  const test = orderTests[type];
  if (anyValue === true) return held.some((one) => test(compare(one)));
  const [only, ...others] = held;
  return test(only === undefined || others.length > 0 ? -1 : compare(only));
}

function orderBy(declaration: AttributeDeclaration, value: Scalar): (held: Scalar) => number {
  return (held) => compareValues(declaration, held, value);
}

/**
 * Compares two values of an attribute by their natural order. Strings sort by UTF-16 code units as in Java, texts that
 * are points in time sort by time.
 * @returns a negative number, zero or a positive number.
 */
export function compareValues(declaration: AttributeDeclaration, left: Scalar, right: Scalar): number {
  if (declaration.instant === true && typeof left === 'string' && typeof right === 'string') {
    const [earlier, later] = [instantOf(left), instantOf(right)];
    if (earlier !== undefined && later !== undefined) return earlier - later;
  }
  return compareScalars(left, right);
}

function compareScalars(left: Scalar, right: Scalar): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
