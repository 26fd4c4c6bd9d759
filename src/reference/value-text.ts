import type { SchemaNode } from '../config/schema.js';
import { code } from './markdown.js';

const names: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
};

/** The type of a property's values, in a few words. */
export function typeOf(node: SchemaNode): string {
  if (node.$ref !== undefined) return node.$ref.endsWith('secretUrl') ? 'secret URL' : 'secret';
  if (node.format === 'uri') return 'URL';
  if (node.enum !== undefined) return literals(node.enum);
  if (node.oneOf !== undefined) return 'object, one of those below';
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(' or ');
  if (node.items !== undefined) return `list of ${plural(typeOf(node.items))}`;
  const variant = variantText(node);
  if (variant !== undefined) return variant;
  const type = [node.type].flat().find((name) => name !== 'null');
  return `${names[type ?? ''] ?? 'any JSON'}${range(node)}`;
}

/** An alternative of an object: its distinguishing value and its other members. */
function variantText({ properties = {}, required = [] }: SchemaNode): string | undefined {
  const fixed = Object.entries(properties).find(([, member]) => member.const !== undefined);
  if (fixed === undefined) return undefined;
  const others = Object.entries(properties).filter(([name]) => name !== fixed[0]);
  const described = others.map(
    ([name, member]) => `${code(name)}${required.includes(name) ? '' : '?'}: ${typeOf(member)}`,
  );
  return [`${code(fixed[0])}: ${code(JSON.stringify(fixed[1].const))}`, ...described].join('; ');
}

function literals(values: readonly unknown[]): string {
  return values.map((value) => code(JSON.stringify(value))).join(', ');
}

function range({ minimum, exclusiveMinimum, maximum }: SchemaNode): string {
  const from = exclusiveMinimum === undefined ? minimum : `above ${exclusiveMinimum}`;
  if (from !== undefined && maximum !== undefined) return `, ${from} to ${maximum}`;
  return from === undefined || from === 0 ? '' : `, at least ${from}`;
}

function plural(type: string): string {
  return type === 'text' ? 'texts' : type === 'object' ? 'objects' : type;
}

/** The default of a property; `none` if it has none. */
export function defaultOf({ default: value }: SchemaNode): string {
  return value === null || value === undefined ? 'none' : code(JSON.stringify(value));
}
