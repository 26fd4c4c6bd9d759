import { matches } from '../../connid/evaluate-filter.js';
import type { Filter } from '../../connid/filter.js';
import type { Values } from '../../connid/attribute.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';

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
