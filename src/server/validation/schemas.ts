import { readFileSync } from 'node:fs';
import { type SchemaName, schemaNames } from '../schemas/schema-names.js';

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
