import type { AttributeDeclaration } from './attribute.js';
import { ConnectorError } from './errors.js';
import type { Filter } from './filter.js';
import { filterTarget, isLeafType, leafFilter } from './filter-leaf.js';
import type { ObjectClassView } from './object-class-view.js';
import { parseScimFilter } from './scim/parse-scim-filter.js';

/** Maximum depth of nested filters, in levels. */
export const maxFilterDepth = 32;

/** Maximum number of comparisons in a filter. */
export const maxFilterLeaves = 1000;

/** How a filter is read. */
interface FilterReading {
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** Text stands for the number or flag that it denotes. An empty beginning stands for any value. */
  readonly textOfAnyType: boolean;
}

const strict: FilterReading = { maxDepth: maxFilterDepth, maxLeaves: maxFilterLeaves, textOfAnyType: false };

/** For a tree whose size its sender has limited. */
const tolerantReading: FilterReading = { maxDepth: Infinity, maxLeaves: Infinity, textOfAnyType: true };

/**
 * Reads a filter from JSON. A tree has one member per node, named after ConnId's filter type; a string is a SCIM filter
 * expression.
 * @param tolerant - the tree may be of any size, and compare numbers with text.
 * @throws ConnectorError `illegalArgument` for a malformed filter, `invalidAttributeValue` for an unknown or
 * unreadable attribute or a value of the wrong type.
 */
export function parseFilter(view: ObjectClassView, json: unknown, tolerant = false): Filter {
  const { maxDepth, maxLeaves, textOfAnyType } = tolerant ? tolerantReading : strict;
  let leaves = 0;
  const count = (path: string) => {
    if (++leaves > maxLeaves) throw malformed(path, `has more than ${maxLeaves} comparisons`);
  };
  const parse = (node: unknown, path: string, depth: number): Filter => {
    if (depth > maxDepth) throw malformed(path, `is nested deeper than ${maxDepth} levels`);
    const [type, operand] = singleMember(node, path);
    if (type === 'and' || type === 'or') {
      const operands = listOf(operand, `${path}/${type}`);
      return { type, filters: operands.map((part, i) => parse(part, `${path}/${type}/${i}`, depth + 1)) };
    }
    if (type === 'not') return { type, filter: parse(operand, `${path}/not`, depth + 1) };
    count(path);
    return parseLeaf(view, { type, operand, around: path }, textOfAnyType);
  };
  if (typeof json !== 'string') return parse(json, '/filter', 1);
  return parseScimFilter(view, json, { maxDepth: maxFilterDepth - 1, onComparison: () => count('/filter') });
}

interface Leaf {
  readonly type: string;
  readonly operand: unknown;
  readonly around: string;
}

function parseLeaf(view: ObjectClassView, { type, operand, around }: Leaf, textOfAnyType: boolean): Filter {
  if (!isLeafType(type)) throw malformed(around, 'has a name that is no filter type of ConnId');
  const path = `${around}/${type}`;
  const [typed, json] = singleMember(operand, path);
  const target = filterTarget(view, typed, `the filter at ${path}`);
  if (textOfAnyType && type === 'startsWith' && json === '') return hasValue(target.name);
  const operands = textOfAnyType ? fromText(target.declaration, json) : json;
  return leafFilter(type, target, operands, (what) => malformed(path, what));
}

/** Every value of whatever type begins with an empty text: so hosts ask for "no value". */
function hasValue(attribute: string): Filter {
  return { type: 'not', filter: { type: 'equals', attribute, values: [] } };
}

/** Values of an attribute that a host has written as text. Other text stays, and is refused as of the wrong type. */
function fromText(declaration: AttributeDeclaration, json: unknown): unknown {
  if (Array.isArray(json)) return json.map((item) => fromText(declaration, item));
  if (typeof json !== 'string') return json;
  const { type } = declaration;
  if (type === 'Boolean') return /^(true|false)$/i.test(json) ? json.toLowerCase() === 'true' : json;
  return (type === 'Integer' || type === 'Long') && /^-?\d{1,16}$/.test(json) ? Number(json) : json;
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
