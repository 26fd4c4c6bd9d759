import { type JsonSchema, schemaFile, type SchemaName, type SchemaSet } from '../validation/schemas.js';
import { alternativesOf, conditionAsChoice, unionOf } from './alternatives.js';

/** A reference to a schema of the document. */
export function schemaRef(name: SchemaName): JsonSchema {
  return refTo(componentName(name.split('-')));
}

/**
 * The schemas of `schemas/` as components. References between files become references inside the document, and the
 * alternatives of a value become components.
 */
export function schemaComponents(schemas: SchemaSet): Readonly<Record<string, JsonSchema>> {
  const names = Object.keys(schemas) as SchemaName[];
  const refs = new Map(names.map((name) => [schemaFile(name), schemaRef(name)['$ref']]));
  const components = names.flatMap((name) =>
    withAlternatives(componentName(name.split('-')), embedded(schemas[name], refs)),
  );
  return Object.fromEntries(components);
}

/** The name of a component in the document: `search-request` becomes `SearchRequest`, and so does its title. */
function componentName(words: readonly string[]): string {
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function refTo(component: string): JsonSchema {
  return { $ref: `#/components/schemas/${component}` };
}

/** A component and those of its alternatives, which are named by their titles. */
function withAlternatives(name: string, schema: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  const alternatives = alternativesOf(schema).map(
    (alternative) => [componentName(String(alternative['title']).split(' ')), alternative] as const,
  );
  if (alternatives.length === 0) return [[name, schema]];
  const refs = alternatives.map(([alternative]) => refTo(alternative));
  return [[name, unionOf(schema, refs)], ...alternatives];
}

/** Identifiers of the file stay behind: inside the document they would change what references mean. */
function embedded(schema: JsonSchema, refs: ReadonlyMap<string, unknown>): JsonSchema {
  const kept = Object.entries(schema).filter(([keyword]) => keyword !== '$id' && keyword !== '$schema');
  return rewritten(Object.fromEntries(kept), refs) as JsonSchema;
}

function rewritten(value: unknown, refs: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, refs));
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) =>
      key === '$ref' ? [key, refs.get(String(member)) ?? member] : [key, rewritten(member, refs)],
    ),
  );
  return conditionAsChoice(schema);
}
