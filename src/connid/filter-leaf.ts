import type { AttributeDeclaration, Values } from './attribute.js';
import { ConnectorError } from './errors.js';
import { type LeafFilter, orderFilters, type StringFilterType, stringFilters } from './filter.js';
import { readValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

/** Names of the filters that compare one attribute. */
export type LeafType = LeafFilter['type'];

/** An attribute that can be filtered on. */
export interface FilterTarget {
  readonly name: string;
  /** The name as the caller knows it. */
  readonly shown: string;
  readonly declaration: AttributeDeclaration;
}

/** Makes the error of a filter that is malformed: "The filter … needs exactly one value." */
type Malformed = (what: string) => ConnectorError;

const leafTypes: readonly string[] = ['equals', 'containsAllValues', ...stringFilters, ...orderFilters];

/** Whether ConnId has a filter of this name that compares one attribute. */
export function isLeafType(type: string): type is LeafType {
  return leafTypes.includes(type);
}

/**
 * The attribute a filter names.
 * @throws ConnectorError `invalidAttributeValue` when the schema does not know it or it is never returned.
 */
export function filterTarget(view: ObjectClassView, typed: string): FilterTarget {
  const { name, declaration } = view.resolve(typed);
  const shown = view.publicName(name);
  if (declaration.readable !== false) return { name, shown, declaration };
  throw new ConnectorError(
    'invalidAttributeValue',
    `${shown} can not be filtered on, because it is never returned.`,
  );
}

/**
 * A comparison of one attribute with the JSON of its operand.
 * @throws ConnectorError `invalidAttributeValue` for a value of the wrong type; what `malformed` makes for a wrong
 * number of values, or a comparison that the attribute's type does not have.
 */
export function leafFilter(
  type: LeafType,
  { declaration, name, shown }: FilterTarget,
  json: unknown,
  malformed: Malformed,
): LeafFilter {
  if (type === 'equals') return { type, attribute: name, values: listInOrder(shown, declaration, json) };
  const values = readValues(shown, { ...declaration, multiValued: true }, json);
  if (type === 'containsAllValues') {
    if (values.length === 0) throw malformed('needs at least one value');
    return { type, attribute: name, values };
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw malformed('needs exactly one value');
  if (!isStringFilter(type)) return { type, attribute: name, value };
  if (typeof value !== 'string') throw malformed(`needs a string, and ${shown} is ${declaration.type}`);
  return { type, attribute: name, value };
}

/** ConnId compares lists in order, so repeated values of an `equals` must stay. */
function listInOrder(shown: string, declaration: AttributeDeclaration, json: unknown): Values {
  const items = Array.isArray(json) ? (json as unknown[]) : [json];
  return items.flatMap((item) => readValues(shown, declaration, item));
}

function isStringFilter(type: LeafType): type is StringFilterType {
  return (stringFilters as readonly string[]).includes(type);
}
