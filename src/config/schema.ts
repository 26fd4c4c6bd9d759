import { readFileSync } from 'node:fs';

/** The keywords of JSON Schema that `schemas/connector.schema.json` uses and this folder reads. */
export interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  /** The end of the sentence "Must be ...", where a pattern or format alone says nothing to people. */
  readonly 'x-expected'?: string;
}

const file = new URL('../../schemas/connector.schema.json', import.meta.url);

/** The JSON Schema of `connector.json`: the only source of names, types, defaults and descriptions. */
export const connectorSchema = JSON.parse(readFileSync(file, 'utf8')) as SchemaNode;

/** A property of the configuration, from the schema. */
export interface ConfigProperty {
  /** The names from the top, such as `['results', 'deepGet']`. */
  readonly path: readonly string[];
  /** The path as a JSON pointer. */
  readonly pointer: string;
  /** The environment variable that overrides the property. */
  readonly variable: string;
  readonly node: SchemaNode;
}

/** The prefix of environment variables that override properties. */
export const variablePrefix = 'CONNECTOR_';

/** All properties of a schema, groups before their members. Excludes members of list items. */
export function configProperties(schema: SchemaNode, path: readonly string[] = []): ConfigProperty[] {
  const names = Object.keys(schema.properties ?? {}).filter((name) => !name.startsWith('$'));
  return names.flatMap((name) => {
    const node = schema.properties?.[name] ?? {};
    return [property([...path, name], node), ...configProperties(node, [...path, name])];
  });
}

function property(path: readonly string[], node: SchemaNode): ConfigProperty {
  return { path, pointer: pointer(path), variable: variablePrefix + path.map(snakeCase).join('__'), node };
}

/** A path as a JSON pointer (RFC 6901). */
export function pointer(path: readonly string[]): string {
  return path.map((name) => `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** The value at a JSON pointer; `undefined` if there is none. */
export function valueAt(json: unknown, path: string): unknown {
  const names = path.split('/').slice(1);
  return names.reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[unescaped(name)],
    json,
  );
}

function unescaped(name: string): string {
  return name.replace(/~1/g, '/').replace(/~0/g, '~');
}

/** True if the property is a secret, or a URL that may contain one. */
export function isSecret(node: SchemaNode): boolean {
  return node.$ref !== undefined;
}

/** True if the property is a text. Then the text of an environment variable is its value; otherwise it is JSON. */
export function isText(node: SchemaNode): boolean {
  return [node.type].flat().every((type) => type === 'string' || type === 'null');
}

/** True if the property may be a text or something else. A variable that is no JSON is the text. */
export function mayBeText({ anyOf = [] }: SchemaNode): boolean {
  return anyOf.some(isText);
}

/** True if the property may be `null`, which means "none". */
export function isNullable(node: SchemaNode): boolean {
  return isSecret(node) || [node.type].flat().includes('null');
}

/** A name in the style of environment variables: `deepGet` → `DEEP_GET`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
