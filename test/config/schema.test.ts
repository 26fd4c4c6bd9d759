import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configProperties, connectorSchema, isSecret, type SchemaNode } from '../../src/config/schema.js';

const properties = configProperties(connectorSchema);

test('the schema is valid', () => {
  const ajv = new Ajv2020({ strict: false });
  expect([ajv.validateSchema(connectorSchema), ajv.errors]).toEqual([true, null]);
  expect(ajv.validateSchema({ properties: { results: { maximum: 'many' } } })).toBe(false);
});

test('every property has a title, and a description that is a sentence', () => {
  const isDescribed = ({ title = '', description = '' }: SchemaNode): boolean =>
    title !== '' && /^[A-Z].*\.$|^`.*\.$/.test(description);
  expect(properties.filter(({ node }) => !isDescribed(node)).map(({ pointer }) => pointer)).toEqual([]);
});

test('every property has a default, unless its group cannot do without it', () => {
  const isRequired = (path: readonly string[]): boolean => {
    const group = path.slice(0, -1).reduce((node, name) => node.properties?.[name] ?? {}, connectorSchema);
    return group.required?.includes(path.at(-1) ?? '') === true;
  };
  const bare = properties.filter(({ node, path }) => node.default === undefined && !isRequired(path));
  expect(bare.map(({ pointer }) => pointer)).toEqual([]);
});

test('every group refuses unknown members', () => {
  const groups = properties.filter(({ node }) => node.properties !== undefined && !isSecret(node));
  expect(groups.length).toBeGreaterThan(10);
  expect(groups.filter(({ node }) => node.additionalProperties !== false)).toEqual([]);
});
