import type { AttributeDeclaration, Values } from './attribute.js';
import { ConnectorError } from './errors.js';
import { type LeafFilter, orderFilters, type StringFilterType, stringFilters } from './filter.js';
import { readValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

/** The names of filters that compare one attribute. */
export type LeafType = LeafFilter['type'];

/** An attribute that can be filtered on. */
export interface FilterTarget {
  readonly name: string;
  /** The attribute's name for callers. */
  readonly publicName: string;
  readonly declaration: AttributeDeclaration;
}

/** Makes the error of a malformed filter: "The filter … needs exactly one value." */
type Malformed = (what: string) => ConnectorError;

const leafTypes: readonly string[] = ['equals', 'containsAllValues', ...stringFilters, ...orderFilters];

/** True if ConnId has a filter of this name that compares one attribute. */
export function isLeafType(type: string): type is LeafType {
  return leafTypes.includes(type);
}

/**
 * Finds the attribute that a filter names.
 * @param place - of the name in the request.
 * @throws ConnectorError `invalidAttributeValue` if the schema does not contain it, or reads never return it.
 */
export function filterTarget(view: ObjectClassView, typed: string, place: string): FilterTarget {
  const { name, declaration } = view.resolve(typed, place);
  const publicName = view.publicName(name);
  if (declaration.readable !== false) return { name, publicName, declaration };
  throw new ConnectorError(
    'invalidAttributeValue',
    `${publicName} cannot be filtered on, because it is never returned.`,
  );
}

/**
 * Reads a comparison of one attribute from the JSON of its operand.
 * @throws ConnectorError `invalidAttributeValue` for a value of the wrong type. Throws the error of `malformed` for a
 * wrong number of values, and for a comparison that does not fit the attribute's type.
 */
export function leafFilter(
  type: LeafType,
  { declaration, name, publicName }: FilterTarget,
  json: unknown,
  malformed: Malformed,
): LeafFilter {
  if (type === 'equals') return { type, attribute: name, values: listInOrder(publicName, declaration, json) };
  const values = readValues(publicName, { ...declaration, multiValued: true }, json);
  if (type === 'containsAllValues') {
    if (values.length === 0) throw malformed('needs at least one value');
    return { type, attribute: name, values };
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw malformed('needs exactly one value');
  if (!isStringFilter(type)) return { type, attribute: name, value };
  if (typeof value !== 'string') throw malformed(`needs a string, and ${publicName} is ${declaration.type}`);
  return { type, attribute: name, value };
}

/** Reads values without removing repetitions: the `equals` of ConnId compares lists in order. */
function listInOrder(publicName: string, declaration: AttributeDeclaration, json: unknown): Values {
  const items = Array.isArray(json) ? (json as unknown[]) : [json];
  return items.flatMap((item) => readValues(publicName, declaration, item));
}

function isStringFilter(type: LeafType): type is StringFilterType {
  return (stringFilters as readonly string[]).includes(type);
}
