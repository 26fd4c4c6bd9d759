/** A JSON schema or a part of one, as OpenAPI documents hold them. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * Makes a schema refuse members that it does not describe, at every level. Members of `allOf` are described by all
 * of its parts together.
 */
export function closed(schema: Schema, open = false): Schema {
  const copy: Record<string, unknown> = { ...schema };
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) copy[keyword] = parts.map((part: Schema) => closed(part, true));
  }
  if (isSchema(schema['items'])) copy['items'] = closed(schema['items']);
  const properties = schema['properties'];
  if (isSchema(properties)) {
    copy['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, part]) => [name, closed(part as Schema)]),
    );
  }
  const describes = isSchema(properties) || Array.isArray(schema['allOf']);
  if (describes && !open && schema['additionalProperties'] === undefined)
    copy['unevaluatedProperties'] = false;
  return copy;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
