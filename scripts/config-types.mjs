import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

const banner = `// Generated from schemas/connector.schema.json by "npm run generate". Do not edit.

import type { GuardedString } from '../connid/guarded-string.js';
`;

const stringMap = 'Readonly<Record<string, string>>';

/**
 * The TypeScript type of a resolved configuration: defaults filled in, secrets guarded.
 * @param {object} schema - the JSON Schema of connector.json
 * @param {string} file - where the text will be written, for the formatter's settings
 * @returns {Promise<string>} the module's text
 */
export async function renderConfigTypes(schema, file) {
  const properties = without(schema.properties, '$schema');
  const root = { ...resolved({ ...schema, properties }, ''), title: 'ConnectorConfig' };
  const options = { bannerComment: banner, format: false, ignoreMinAndMaxItems: true };
  const text = await compile(root, 'ConnectorConfig', options);
  return format(compact(withReadonly(text)), { ...(await resolveConfig(file)), filepath: file });
}

/** What is left of a schema node once the configuration has been loaded. */
function resolved(node, name) {
  if (node.$ref !== undefined) return { description: node.description, tsType: 'GuardedString | null' };
  const rest = without(node, 'title', 'default', '$defs', '$id');
  if (rest.items !== undefined) return { ...rest, items: resolved(rest.items, singular(name)) };
  if (rest.additionalProperties?.type === 'string') return { ...rest, tsType: stringMap };
  if (rest.properties === undefined) return rest;
  return nullable(rest, {
    ...rest,
    type: 'object',
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}Config`,
    properties: mapValues(rest.properties, resolved),
    required: Object.keys(rest.properties),
  });
}

function nullable(node, object) {
  if (!Array.isArray(node.type) || !node.type.includes('null')) return object;
  const { description, ...described } = object;
  return { description, anyOf: [described, { type: 'null' }] };
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function without(object, ...keys) {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function singular(name) {
  return name.replace(/s$/, '');
}

/** The compiler has no option for read-only members, so they are marked afterwards. */
function withReadonly(text) {
  return text
    .replace(/^(\s*)(\w+\??: )/gm, '$1readonly $2')
    .replace(/: (\w+|\([^)]*\))\[\]/g, ': readonly $1[]');
}

function compact(text) {
  return text.replace(/\/\*\*\n\s*\* (.*)\n\s*\*\//g, '/** $1 */').replace(/^}\n/gm, '}\n\n');
}
