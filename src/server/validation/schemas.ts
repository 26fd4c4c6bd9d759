import { readFileSync } from 'node:fs';

/** Names of the files in `schemas/` that describe HTTP traffic, without their ending. */
export const schemaNames = [
  'attribute-delta',
  'attribute-info',
  'attribute-value',
  'attributes',
  'comparison',
  'connector-answer',
  'connectors-answer',
  'connector-object',
  'create-answer',
  'create-request',
  'delete-request',
  'filter-tree',
  'finding',
  'get-request',
  'liveness-answer',
  'object-class-info',
  'open-api-answer',
  'operation-options',
  'option-info',
  'plan-answer',
  'plan-step',
  'problem',
  'problem-cause',
  'readiness-answer',
  'schema-answer',
  'search-answer',
  'search-line',
  'search-options',
  'search-request',
  'search-result',
  'side-effect',
  'sort-key',
  'target-state',
  'test-answer',
  'test-check',
  'update-delta-answer',
  'update-delta-request',
  'upstream',
  'validate-answer',
  'validate-request',
  'warning',
] as const;

/** Name of a schema of HTTP traffic. */
export type SchemaName = (typeof schemaNames)[number];

/** A JSON Schema (draft 2020-12) as parsed. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Every schema of HTTP traffic, by name. */
export type SchemaSet = Readonly<Record<SchemaName, JsonSchema>>;

/** `schemas/` lies at the same distance from `src/server/schemas` and `dist/server/schemas`. */
const directory = new URL('../../../schemas/', import.meta.url);

/** The file of a schema; also its `$id`, so that references work in editors and here alike. */
export function schemaFile(name: SchemaName): string {
  return `${name}.schema.json`;
}

/** Reads the schemas that validate the traffic and describe it in the OpenAPI document. */
export function loadSchemas(): SchemaSet {
  const entries = schemaNames.map((name) => [name, readSchema(name)] as const);
  return Object.fromEntries(entries) as SchemaSet;
}

function readSchema(name: SchemaName): JsonSchema {
  return JSON.parse(readFileSync(new URL(schemaFile(name), directory), 'utf8')) as JsonSchema;
}
