/** A JSON schema or a part of one, as OpenAPI documents hold them. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * Makes a schema of a document usable. Alternatives under `oneOf` often overlap, or are empty, so any fitting one
 * is enough. With `closed` the schema refuses members that it does not describe, at every level; members of
 * `allOf` are described by all of its parts together.
 */
export function prepared(schema: Schema, closed: boolean): Schema {
  const { oneOf, anyOf, allOf, items, properties, ...rest } = schema;
  const copy: Record<string, unknown> = { ...rest };
  const alternatives = [...listOf(oneOf), ...listOf(anyOf)].filter(describesSomething);
  const describes = isSchema(properties) || Array.isArray(allOf);
  if (alternatives.length > 0)
    copy['anyOf'] = alternatives.map((part) => prepared(part, closed && !describes));
  if (Array.isArray(allOf)) copy['allOf'] = listOf(allOf).map((part) => openAtTop(part, closed));
  if (isSchema(items)) copy['items'] = prepared(items, closed);
  if (isSchema(properties)) copy['properties'] = membersOf(properties, closed);
  const isOpen = !describes || schema['additionalProperties'] !== undefined;
  if (closed && !isOpen) copy['unevaluatedProperties'] = false;
  return copy;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part of `allOf` must not refuse what the other parts describe. */
function openAtTop(part: Schema, closed: boolean): Schema {
  const open = { ...prepared(part, closed) };
  Reflect.deleteProperty(open, 'unevaluatedProperties');
  return open;
}

function membersOf(properties: Schema, closed: boolean): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [name, prepared(part as Schema, closed)]),
  );
}

function describesSomething(part: Schema): boolean {
  return ['properties', 'items', 'enum', 'allOf'].some((keyword) => keyword in part);
}

function listOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}
