import { schemaFile, type JsonSchema, type SchemaSet } from '../validation/schemas.js';
import type { SchemaName } from '../schemas/schema-names.js';

/** The name a schema has in the OpenAPI document: `search-request` becomes `SearchRequest`. */
function componentName(name: SchemaName): string {
  return name
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** A reference to a schema of the document. */
export function schemaRef(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${componentName(name)}` };
}

/** The schemas of `schemas/` as components; references between files become references inside the document. */
export function schemaComponents(schemas: SchemaSet): Readonly<Record<string, unknown>> {
  const names = Object.keys(schemas) as SchemaName[];
  const refs = new Map(names.map((name) => [schemaFile(name), schemaRef(name)['$ref']]));
  return Object.fromEntries(names.map((name) => [componentName(name), embedded(schemas[name], refs)]));
}

/** Identifiers of the file stay behind: inside the document they would change what references mean. */
function embedded(schema: JsonSchema, refs: ReadonlyMap<string, unknown>): unknown {
  const kept = Object.entries(schema).filter(([keyword]) => keyword !== '$id' && keyword !== '$schema');
  return rewritten(Object.fromEntries(kept), refs);
}

function rewritten(value: unknown, refs: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, refs));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) =>
      key === '$ref' ? [key, refs.get(String(member)) ?? member] : [key, rewritten(member, refs)],
    ),
  );
}
