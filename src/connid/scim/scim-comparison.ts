import type { Compare, Suffix } from 'scim2-parse-filter';
import type { Filter, LeafFilter, OrderFilterType, StringFilterType } from '../filter.js';
import { type FilterTarget, filterTarget, leafFilter, type LeafType } from '../filter-leaf.js';
import { instantOf } from '../attribute.js';
import type { ObjectClassView } from '../object-class-view.js';
import { malformedExpression } from './tokens.js';

const searches: Readonly<Partial<Record<string, StringFilterType>>> = {
  co: 'contains',
  sw: 'startsWith',
  ew: 'endsWith',
};

const orders: Readonly<Partial<Record<string, OrderFilterType>>> = {
  gt: 'greaterThan',
  ge: 'greaterThanOrEqual',
  lt: 'lessThan',
  le: 'lessThanOrEqual',
};

/**
 * Converts a comparison of a SCIM expression to a filter.
 *
 * - `eq` ignores the case of strings but not of uids. A multi-valued attribute must contain the value. Points in time
 *   compare by time.
 * - `co`, `sw`, `ew` and the comparisons of order need one matching value. An attribute without values never matches.
 */
export function scimComparison(view: ObjectClassView, expression: Compare | Suffix): Filter {
  const target = filterTarget(view, expression.attrPath, 'the filter expression');
  const hasNone: Filter = { type: 'equals', attribute: target.name, values: [] };
  if (expression.op === 'pr') return { type: 'not', filter: hasNone };
  const { compValue, op } = expression;
  const search = searches[op];
  if (search !== undefined) return anyValue(leaf(search, target, compValue));
  const order = orders[op];
  if (order !== undefined) return ordered(order, target, compValue);
  const equal = compValue === null ? hasNone : equality(target, compValue);
  return op === 'ne' ? { type: 'not', filter: equal } : equal;
}

function equality(target: FilterTarget, value: string | number | boolean): Filter {
  const { declaration, name } = target;
  if (declaration.multiValued === true) return leaf('containsAllValues', target, value);
  if (declaration.instant === true) {
    const bounds = ['greaterThanOrEqual', 'lessThanOrEqual'] as const;
    return { type: 'and', filters: bounds.map((bound) => ordered(bound, target, value)) };
  }
  const ignoresCase = declaration.type === 'String' && name !== '__UID__';
  return leaf(ignoresCase ? 'equalsIgnoreCase' : 'equals', target, value);
}

function ordered(type: OrderFilterType, target: FilterTarget, value: Compare['compValue']): Filter {
  const { declaration, publicName } = target;
  if (declaration.type === 'Boolean')
    throw malformedExpression(undefined, `compares the order of ${publicName}, which has none`);
  if (declaration.instant !== true || typeof value !== 'string') return anyValue(leaf(type, target, value));
  const instant = instantOf(value);
  if (instant === undefined) {
    throw malformedExpression(
      undefined,
      `needs a point in time for ${publicName}, such as 2026-05-01T00:00:00Z`,
    );
  }
  return anyValue(leaf(type, target, declaration.type === 'Long' ? instant : value));
}

function leaf(type: LeafType, target: FilterTarget, value: unknown): LeafFilter {
  return leafFilter(type, target, value, (what) =>
    malformedExpression(undefined, `has a comparison of ${target.publicName} that ${what}`),
  );
}

function anyValue(filter: LeafFilter): Filter {
  return 'value' in filter ? { ...filter, anyValue: true } : filter;
}
