import type { AttributeDeclaration, Values } from './attribute.js';
import { ConnectorError } from './errors.js';
import {
  type Filter,
  type OrderFilterType,
  orderFilters,
  type StringFilterType,
  stringFilters,
} from './filter.js';
import { readValues } from './input.js';
import type { ObjectClassView } from './object-class-view.js';

/** How deep a filter may be nested. */
export const maxFilterDepth = 32;

/** How many comparisons a filter may have. */
export const maxFilterLeaves = 1000;

/**
 * Reads a filter tree from JSON: one member per node, named after ConnId's filter type.
 * @throws ConnectorError `illegalArgument` for a malformed tree, `invalidAttributeValue` for an unknown or
 * unreadable attribute or a value of the wrong type.
 */
export function parseFilter(view: ObjectClassView, json: unknown): Filter {
  let leaves = 0;
  const parse = (node: unknown, path: string, depth: number): Filter => {
    if (depth > maxFilterDepth) throw malformed(path, `is nested deeper than ${maxFilterDepth} levels`);
    const [type, operand] = singleMember(node, path);
    if (type === 'and' || type === 'or') {
      const operands = listOf(operand, `${path}/${type}`);
      return { type, filters: operands.map((part, i) => parse(part, `${path}/${type}/${i}`, depth + 1)) };
    }
    if (type === 'not') return { type, filter: parse(operand, `${path}/not`, depth + 1) };
    if (++leaves > maxFilterLeaves) throw malformed(path, `has more than ${maxFilterLeaves} comparisons`);
    return parseLeaf(view, type, operand, `${path}/${type}`);
  };
  return parse(json, '/filter', 1);
}

function parseLeaf(view: ObjectClassView, type: string, operand: unknown, path: string): Filter {
  if (!isLeafType(type)) throw malformed(path, 'is not a filter type of ConnId');
  const [typed, json] = singleMember(operand, path);
  const { name, declaration } = view.resolve(typed);
  const shown = view.shown(name);
  if (declaration.readable === false) {
    throw new ConnectorError(
      'invalidAttributeValue',
      `${shown} can not be filtered on, because it is never returned.`,
    );
  }
  return leaf(type, { name, shown, declaration }, json, path);
}

type LeafType = 'equals' | 'containsAllValues' | StringFilterType | OrderFilterType;

interface Target {
  readonly name: string;
  readonly shown: string;
  readonly declaration: AttributeDeclaration;
}

function leaf(type: LeafType, { name, shown, declaration }: Target, json: unknown, path: string): Filter {
  const values = readValues(shown, { ...declaration, multiValued: true }, json);
  if (type === 'equals') return { type, attribute: name, values: listInOrder(shown, declaration, json) };
  if (type === 'containsAllValues') {
    if (values.length === 0) throw malformed(path, 'needs at least one value');
    return { type, attribute: name, values };
  }
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw malformed(path, 'needs exactly one value');
  if (!isStringFilter(type)) return { type, attribute: name, value };
  if (typeof value !== 'string') throw malformed(path, `needs a string, and ${shown} is ${declaration.type}`);
  return { type, attribute: name, value };
}

/** ConnId compares lists in order, so repeated values of an `equals` must stay. */
function listInOrder(shown: string, declaration: AttributeDeclaration, json: unknown): Values {
  const items = Array.isArray(json) ? (json as unknown[]) : [json];
  return items.flatMap((item) => readValues(shown, declaration, item));
}

function isLeafType(type: string): type is LeafType {
  return ['equals', 'containsAllValues', ...stringFilters, ...orderFilters].includes(type);
}

function isStringFilter(type: LeafType): type is StringFilterType {
  return (stringFilters as readonly string[]).includes(type);
}

function listOf(operand: unknown, path: string): unknown[] {
  if (!Array.isArray(operand) || operand.length === 0) throw malformed(path, 'must be a list of filters');
  return operand as unknown[];
}

function singleMember(node: unknown, path: string): [string, unknown] {
  const members =
    typeof node === 'object' && node !== null && !Array.isArray(node) ? Object.entries(node) : [];
  const [member, ...others] = members as [string, unknown][];
  if (member === undefined || others.length > 0)
    throw malformed(path, 'must be an object with exactly one member');
  return member;
}

function malformed(path: string, what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `The filter at ${path} ${what}.`);
}
