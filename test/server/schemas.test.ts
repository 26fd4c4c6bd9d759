import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type JsonSchema,
  loadSchemas,
  schemaFile,
  schemaNames,
} from '../../src/server/validation/schemas.js';

const schemas = loadSchemas();
const files = readdirSync(new URL('../../schemas/', import.meta.url));
/** Belongs to the configuration, which has its own tests. */
const foreign = 'connector.schema.json';

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name of a schema in words: `search-request` is "Search request". */
function words(name: string): string {
  const text = name.replaceAll('-', ' ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Every schema inside a schema, with a path to name it by. */
function* walk(schema: JsonSchema, path: string): Generator<{ path: string; schema: JsonSchema }> {
  yield { path, schema };
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, child] of Object.entries(properties))
    if (isObject(child)) yield* walk(child, `${path}/${name}`);
  for (const keyword of ['items', 'additionalProperties', 'then']) {
    const child = schema[keyword];
    if (isObject(child)) yield* walk(child, `${path}#${keyword}`);
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const children = schema[keyword];
    if (!Array.isArray(children)) continue;
    for (const child of children.filter(isObject)) yield* walk(child, `${path}#${keyword}`);
  }
}

describe('the schemas of HTTP traffic', () => {
  it('are the files of schemas/', () => {
    const expected = schemaNames.map(schemaFile).toSorted();
    expect(files.filter((file) => file !== foreign).toSorted()).toEqual(expected);
  });

  it.each(schemaNames)('%s says what it is', (name) => {
    const schema = schemas[name];
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['$id']).toBe(schemaFile(name));
    // Some generators name their classes by the title, others by the name.
    expect(schema['title']).toBe(words(name));
    expect(schema['description']).toMatch(/\.$/);
  });

  it.each(schemaNames)('%s decides for every object whether further members are allowed', (name) => {
    const undecided = [...walk(schemas[name], name)]
      .filter(({ schema }) => [schema['type']].flat().includes('object') && schema['then'] === undefined)
      .filter(({ schema }) => schema['additionalProperties'] === undefined)
      .map(({ path }) => path);
    expect(undecided).toEqual([]);
  });

  it.each(schemaNames)('%s describes every member', (name) => {
    const silent = [...walk(schemas[name], name)]
      .filter(({ path, schema }) => !path.includes('#') && schema['$ref'] === undefined)
      .filter(({ schema }) => typeof schema['description'] !== 'string')
      .map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  it('are valid and strict', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajv.addSchema(Object.values(schemas));
    for (const name of schemaNames) expect(ajv.getSchema(schemaFile(name))).toBeDefined();
  });

  it.each(schemaNames)('%s accepts its own examples', (name) => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajv.addSchema(Object.values(schemas));
    const refused = [...walk(schemas[name], name)].flatMap(({ path, schema }) => {
      const examples = Array.isArray(schema['examples']) ? (schema['examples'] as unknown[]) : [];
      // The anonymous copy resolves references against the set it came from.
      const anonymous = Object.fromEntries(Object.entries(schema).filter(([key]) => !key.startsWith('$id')));
      return examples.filter((example) => !ajv.validate(anonymous, example)).map(() => path);
    });
    expect(refused).toEqual([]);
  });
});
