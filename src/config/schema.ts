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
