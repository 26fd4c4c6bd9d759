import { readFileSync } from 'node:fs';

/** The parts of JSON Schema that `schemas/connector.schema.json` uses and this folder reads. */
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
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly $ref?: string;
  /** What a value has to be, to complete "Must be ..." where a pattern says it to machines only. */
  readonly 'x-expected'?: string;
}

const file = new URL('../../schemas/connector.schema.json', import.meta.url);

/** The JSON Schema of `connector.json`: the one source of names, types, defaults and descriptions. */
export const connectorSchema = JSON.parse(readFileSync(file, 'utf8')) as SchemaNode;

/** One property of the configuration, found in the schema. */
export interface ConfigProperty {
  /** Names from the top, such as `['results', 'deepGet']`. */
  readonly path: readonly string[];
  /** The path as a JSON pointer. */
  readonly pointer: string;
  /** The environment variable that overrides the property. */
  readonly variable: string;
  readonly node: SchemaNode;
}

/** What the names of overriding environment variables begin with. */
export const variablePrefix = 'CONNECTOR_';

/** All properties that a schema declares, groups before their members. Members of list items are not among them. */
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

/** Whether the property holds a secret, or a URL that may contain one. */
export function isSecret(node: SchemaNode): boolean {
  return node.$ref !== undefined;
}

/** Whether the property holds text, so that the value of an environment variable is taken as it is. */
export function isText(node: SchemaNode): boolean {
  return [node.type].flat().every((type) => type === 'string' || type === 'null');
}

/** Whether the property may be `null`, which stands for "none". */
export function isNullable(node: SchemaNode): boolean {
  return isSecret(node) || [node.type].flat().includes('null');
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
