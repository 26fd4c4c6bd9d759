import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Finding } from '../connid/errors.js';
import { nearestName } from '../connid/nearest-name.js';
import { configProperties, connectorSchema, pointer, type SchemaNode, valueAt } from './schema.js';

type Describe = (params: Record<string, unknown>, node: SchemaNode, data: unknown) => string;

/** Sentences by JSON Schema keyword. None contains the value, which may be a secret in the wrong place. */
const sentences: Readonly<Record<string, Describe>> = {
  required: () => 'Is missing.',
  type: ({ type }, _node, data) =>
    `Must be ${[type].flat().map(nameOfType).join(' or ')}, not ${typeOf(data)}.`,
  enum: ({ allowedValues }) => `Must be ${alternatives(allowedValues)}.`,
  minimum: ({ limit }) => `Must be at least ${String(limit)}.`,
  exclusiveMinimum: ({ limit }) => `Must be more than ${String(limit)}.`,
  maximum: ({ limit }) => `Must be at most ${String(limit)}.`,
  minLength: () => 'Must not be empty.',
  minItems: () => 'Must not be empty.',
  maxItems: ({ limit }) => `Must have at most ${String(limit)} items.`,
  uniqueItems: () => 'Must not list anything twice.',
  pattern: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  format: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  anyOf: (_params, node) => `Must be ${node['x-expected'] ?? 'of another form'}.`,
  const: ({ allowedValue }) => `Must be ${JSON.stringify(allowedValue)}.`,
  discriminator: ({ tag }) => `Must have a known "${String(tag)}".`,
  minProperties: () => 'Must refer to a secret: {"env": "NAME"} or {"file": "PATH"}.',
  maxProperties: ({ limit }) =>
    limit === 1
      ? 'Must refer to one place only: {"env": "NAME"} or {"file": "PATH"}.'
      : `Must have at most ${String(limit)} members.`,
};

/** The JSON pointer of the value or name that an error is about. It may contain a name that is a secret. */
export function pointerOf({ instancePath, params, propertyName }: ErrorObject): string {
  const { additionalProperty, missingProperty } = params as Record<string, unknown>;
  const member = propertyName ?? additionalProperty ?? missingProperty;
  return instancePath + (typeof member === 'string' ? pointer([member]) : '');
}

/**
 * Makes a function that converts errors of the JSON Schema validator to findings with plain sentences. It repeats the
 * name of a property only if the schema contains the name or one that resembles it: any other may be a secret in the
 * wrong place.
 * @param json - the configuration, for the positions of properties whose names are not repeated.
 */
export function wordingOf(json: unknown): (error: ErrorObject) => Finding {
  const unnamed = positionsIn(json);
  return (error) => {
    const path = pointerOf(error);
    const params = error.params as Record<string, unknown>;
    const node = (error.parentSchema ?? {}) as SchemaNode;
    if (error.keyword === 'additionalProperties') {
      const suggestion = suggestionFor(String(params['additionalProperty']), node);
      return suggestion === undefined
        ? unnamed(path, 'The name of $ is unknown.')
        : { path, message: `Unknown property. Did you mean "${suggestion}"?` };
    }
    const describe = sentences[error.keyword] ?? (() => 'Is not valid.');
    const message = describe(params, node, error.data);
    if (error.propertyName !== undefined) return unnamed(path, `The name of $ m${message.slice(1)}`);
    return error.schemaPath.includes('/additionalProperties/')
      ? unnamed(path, `The value of $ m${message.slice(1)}`)
      : { path, message };
  };
}

type Unnamed = (path: string, message: string) => Finding;

/** Makes findings that say the position of a property and not its name. The message has `$` for the property. */
function positionsIn(json: unknown): Unnamed {
  const positions = new Map<string, ReadonlyMap<string, number>>();
  const positionsAt = (around: string): ReadonlyMap<string, number> => {
    const names = Object.keys(valueAt(json, around) ?? {});
    return new Map(names.map((name, index) => [around + pointer([name]), index + 1]));
  };
  return (path, message) => {
    const around = path.slice(0, path.lastIndexOf('/'));
    const known = positions.get(around) ?? positionsAt(around);
    positions.set(around, known);
    return { path: around, message: message.replace('$', `member ${known.get(path) ?? 0}`) };
  };
}

function suggestionFor(name: string, { properties = {} }: SchemaNode): string | undefined {
  const sibling = nearestName(name, Object.keys(properties));
  return sibling?.toLowerCase() === name.toLowerCase()
    ? sibling
    : (placesByName.get(name.toLowerCase()) ?? sibling);
}

/** Lower-case name of a property → its path. Readers may know a name but not its group. The first place counts. */
const placesByName = new Map(
  configProperties(connectorSchema)
    .reverse()
    .map(({ path }) => [path.at(-1)?.toLowerCase() ?? '', path.join('.')]),
);

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
