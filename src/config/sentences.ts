import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import { nearestName } from '../connid/nearest-name.js';
import { configProperties, connectorSchema, pointer, type SchemaNode } from './schema.js';

type Describe = (params: Record<string, unknown>, node: SchemaNode, data: unknown) => string;

/** Sentences by JSON Schema keyword. None contains the value, which may be a secret in the wrong place. */
const sentences: Readonly<Record<string, Describe>> = {
  additionalProperties: ({ additionalProperty }, node) => unknownProperty(String(additionalProperty), node),
  required: () => 'Is missing.',
  type: ({ type }, _node, data) =>
    `Must be ${[type].flat().map(nameOfType).join(' or ')}, not ${typeOf(data)}.`,
  enum: ({ allowedValues }) => `Must be ${alternatives(allowedValues)}.`,
  minimum: ({ limit }) => `Must be at least ${String(limit)}.`,
  exclusiveMinimum: ({ limit }) => `Must be more than ${String(limit)}.`,
  maximum: ({ limit }) => `Must be at most ${String(limit)}.`,
  minLength: () => 'Must not be empty.',
  minItems: () => 'Must not be empty.',
  uniqueItems: () => 'Must not list anything twice.',
  pattern: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  format: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  anyOf: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  const: ({ allowedValue }) => `Must be ${JSON.stringify(allowedValue)}.`,
  discriminator: ({ tag }) => `Must have a known "${String(tag)}".`,
  minProperties: () => 'Must refer to a secret: {"env": "NAME"} or {"file": "PATH"}.',
  maxProperties: () => 'Must refer to one place only: {"env": "NAME"} or {"file": "PATH"}.',
};

/** Converts an error of the JSON Schema validator to a finding with a plain sentence. */
export function findingOf(error: ErrorObject): Finding {
  const params = error.params as Record<string, unknown>;
  const describe = sentences[error.keyword] ?? (() => 'Is not valid.');
  const sentence = describe(params, (error.parentSchema ?? {}) as SchemaNode, error.data);
  const member = params['additionalProperty'] ?? params['missingProperty'];
  const path = error.instancePath + (typeof member === 'string' ? pointer([member]) : '');
  if (error.propertyName === undefined) return { path, message: sentence };
  const message = `The name ${JSON.stringify(error.propertyName)} m${sentence.slice(1)}`;
  return { path: path + pointer([error.propertyName]), message };
}

function unknownProperty(name: string, node: SchemaNode): string {
  const sibling = nearestName(name, Object.keys(node.properties ?? {}));
  if (sibling?.toLowerCase() === name.toLowerCase()) return `Unknown property. Did you mean "${sibling}"?`;
  const suggestion = elsewhere(name) ?? sibling;
  return suggestion === undefined ? 'Unknown property.' : `Unknown property. Did you mean "${suggestion}"?`;
}

/** Finds a property of the same name in another group: readers may know a name but not its group. */
function elsewhere(name: string): string | undefined {
  const lower = name.toLowerCase();
  const found = configProperties(connectorSchema).find(({ path }) => path.at(-1)?.toLowerCase() === lower);
  return found?.path.join('.');
}

function alternatives(values: unknown): string {
  const known = [values].flat().filter((value) => value !== null);
  const names = known.map((value) => JSON.stringify(value));
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function nameOfType(type: unknown): string {
  return typeNames[String(type)] ?? String(type);
}

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  if (typeof data === 'boolean') return 'a boolean';
  return nameOfType(Array.isArray(data) ? 'array' : typeof data);
}
