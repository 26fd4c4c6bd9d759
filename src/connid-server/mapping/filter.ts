import type { LeafType } from '../../connid/filter-leaf.js';
import { ConnectorError } from '../../connid/errors.js';
import type { WireObject, WireValue } from '../codec/wire-value.js';
import { givenAttribute } from './requests.js';
import { toJsonList } from './values.js';

type Comparison = Exclude<
  Extract<WireObject, { readonly kind: `${string}Filter` }>,
  { readonly kind: 'AndFilter' | 'OrFilter' | 'NotFilter' }
>;

/** Filters that compare an attribute: kind → the name that the connector has for it. */
const comparisons: Readonly<Record<Comparison['kind'], LeafType>> = {
  EqualsFilter: 'equals',
  EqualsIgnoreCaseFilter: 'equalsIgnoreCase',
  ContainsFilter: 'contains',
  StartsWithFilter: 'startsWith',
  EndsWithFilter: 'endsWith',
  GreaterThanFilter: 'greaterThan',
  GreaterThanOrEqualFilter: 'greaterThanOrEqual',
  LessThanFilter: 'lessThan',
  LessThanOrEqualFilter: 'lessThanOrEqual',
  ContainsAllValuesFilter: 'containsAllValues',
};

/**
 * The filter tree of a search. It is as deep as the codec allows.
 * @throws ConnectorError `illegalArgument` for something else.
 */
export function filterTree(filter: WireValue): unknown {
  if (filter?.kind === 'AndFilter') return { and: filter.items.map(filterTree) };
  if (filter?.kind === 'OrFilter') return { or: filter.items.map(filterTree) };
  if (filter?.kind === 'NotFilter') return { not: filterTree(filter.filter) };
  if (isComparison(filter)) return comparison(filter);
  throw new ConnectorError('illegalArgument', `${filter?.kind ?? 'null'} is no filter.`);
}

function isComparison(value: WireValue): value is Comparison {
  return value !== null && Object.hasOwn(comparisons, value.kind);
}

function comparison({ attribute, kind }: Comparison): unknown {
  const { name, values } = givenAttribute(attribute);
  const list = toJsonList(values);
  return { [comparisons[kind]]: { [name]: list.length === 1 ? list[0] : list } };
}
