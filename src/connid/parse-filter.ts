import { ConnectorError } from './errors.js';
import type { Filter } from './filter.js';
import { filterTarget, isLeafType, leafFilter } from './filter-leaf.js';
import type { ObjectClassView } from './object-class-view.js';
import { parseScimFilter } from './scim/parse-scim-filter.js';

/** Maximum depth of nested filters, in levels. */
export const maxFilterDepth = 32;

/** Maximum number of comparisons in a filter. */
export const maxFilterLeaves = 1000;

/**
 * Reads a filter from JSON. A tree has one member per node, named after ConnId's filter type; a string is a SCIM filter
 * expression.
 * @throws ConnectorError `illegalArgument` for a malformed filter, `invalidAttributeValue` for an unknown or
 * unreadable attribute or a value of the wrong type.
 */
export function parseFilter(view: ObjectClassView, json: unknown): Filter {
  let leaves = 0;
  const count = (path: string) => {
    if (++leaves > maxFilterLeaves) throw malformed(path, `has more than ${maxFilterLeaves} comparisons`);
  };
  const parse = (node: unknown, path: string, depth: number): Filter => {
    if (depth > maxFilterDepth) throw malformed(path, `is nested deeper than ${maxFilterDepth} levels`);
    const [type, operand] = singleMember(node, path);
    if (type === 'and' || type === 'or') {
      const operands = listOf(operand, `${path}/${type}`);
      return { type, filters: operands.map((part, i) => parse(part, `${path}/${type}/${i}`, depth + 1)) };
    }
    if (type === 'not') return { type, filter: parse(operand, `${path}/not`, depth + 1) };
    count(path);
    return parseLeaf(view, type, operand, path);
  };
  if (typeof json !== 'string') return parse(json, '/filter', 1);
  return parseScimFilter(view, json, { maxDepth: maxFilterDepth - 1, onComparison: () => count('/filter') });
}

function parseLeaf(view: ObjectClassView, type: string, operand: unknown, around: string): Filter {
  if (!isLeafType(type)) throw malformed(around, 'has a name that is no filter type of ConnId');
  const path = `${around}/${type}`;
  const [typed, json] = singleMember(operand, path);
  const target = filterTarget(view, typed, `the filter at ${path}`);
  return leafFilter(type, target, json, (what) => malformed(path, what));
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
