import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

const banner = '// Generated from schemas/connector.schema.json by "npm run generate". Do not edit.\n';
const stringMap = 'Readonly<Record<string, string>>';

/** Renders the TypeScript type of a loaded configuration, with defaults and guarded secrets. */
export const connectorConfigTypes = {
  file: 'src/config/connector-config.ts',
  render(schema) {
    // A loaded configuration is that of one account.
    const properties = without(schema.properties, '$schema', 'connectors');
    const root = resolved({ ...schema, properties }, 'connector');
    root.properties.simulator = { tsType: 'SimulatorConfig' };
    return renderModule(root, this.file, [
      "import type { GuardedString } from '../connid/guarded-string.js';",
      "import type { SimulatorConfig } from './simulator-config.js';",
    ]);
  },
};

/** Renders the type of the simulator's settings, in a separate file because it is long. */
export const simulatorConfigTypes = {
  file: 'src/config/simulator-config.ts',
  render(schema) {
    return renderModule(resolved(schema.properties.simulator, 'simulator'), this.file, []);
  },
};

async function renderModule(root, file, imports) {
  const bannerComment = [banner, ...imports].join('\n');
  const text = await compile(root, root.title, { bannerComment, format: false, ignoreMinAndMaxItems: true });
  return format(compact(withReadonly(text)), { ...(await resolveConfig(file)), filepath: file });
}

/** The schema of a node after the configuration is loaded: defaults are required members, references are secrets. */
function resolved(node, name) {
  if (node.$ref !== undefined) return { description: node.description, tsType: 'GuardedString | null' };
  const rest = without(node, 'title', 'default', '$defs', '$id');
  if (rest.items !== undefined) return { ...rest, items: itemOf(resolved(rest.items, singular(name))) };
  if (Object.keys(rest).join() === 'description') return { ...rest, tsType: 'unknown' };
  if (rest.oneOf !== undefined) return { ...rest, title: typeName(name), oneOf: rest.oneOf.map(variant) };
  if (rest.anyOf !== undefined) return { ...rest, anyOf: rest.anyOf.map(variant) };
  if (rest.additionalProperties?.type === 'string') return { ...rest, tsType: stringMap };
  if (rest.properties === undefined) return rest;
  return nullable(rest, {
    ...rest,
    type: 'object',
    title: typeName(name),
    properties: mapValues(rest.properties, resolved),
    required: Object.keys(rest.properties).filter((key) => isAlwaysPresent(rest, key)),
  });
}

/** The type of a list's items; a union needs brackets. */
function itemOf(item) {
  return item.tsType === undefined ? item : { ...item, tsType: `(${item.tsType})` };
}

function typeName(name) {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Config`;
}

/** An alternative of an object. It gets no type name. */
function variant(node) {
  return { ...without(node, 'title'), properties: mapValues(node.properties ?? {}, resolved) };
}

function isAlwaysPresent(group, key) {
  return group.required?.includes(key) === true || group.properties[key].default !== undefined;
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

/** Marks members as read-only, because the compiler has no option for it. */
function withReadonly(text) {
  return text
    .replace(/^(\s*)(\w+\??: )/gm, '$1readonly $2')
    .replace(/: (\w+|\([^)]*\))\[\]/g, ': readonly $1[]');
}

function compact(text) {
  return text.replace(/\/\*\*\n\s*\* (.*)\n\s*\*\//g, '/** $1 */').replace(/^}\n/gm, '}\n\n');
}
