import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormatsModule from 'ajv-formats';
import { openApi } from './shared.js';

/** A JSON schema or a part of one, as OpenAPI documents hold them. */
type Schema = Readonly<Record<string, unknown>>;

/** A request to be judged; the path is relative to the server that the document names. */
interface JudgedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface JudgedResponse {
  readonly status: number;
  readonly body?: unknown;
}

/** Compares requests and responses with an OpenAPI document; violations are sentences, none means fine. */
export interface OpenApiJudge {
  /** The pattern of the operation that a request is for, `METHOD /path/{id}`, if the document has it. */
  operation(request: Pick<JudgedRequest, 'method' | 'path'>): string | undefined;
  request(request: JudgedRequest): string[];
  response(request: Pick<JudgedRequest, 'method' | 'path'>, response: JudgedResponse): string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Found {
  readonly name: string;
  readonly operation: Operation;
}

// The module is CommonJS; its default export is found one level deeper under ESM.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

/** A judge for one specification of `zoom-openapi`; violations that match a known defect are left out. */
export function createJudge(fileName: string, defects: readonly RegExp[] = []): OpenApiJudge {
  const { paths } = openApi(fileName) as {
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const ajv = new Ajv2019({ strict: false, allErrors: true, coerceTypes: false });
  addFormats(ajv);
  const validators = new Map<Schema, ValidateFunction>();
  const find = finder(paths);

  const check = (schema: Schema, value: unknown, where: string, strict: boolean): string[] => {
    const known = validators.get(schema);
    const validate = known ?? ajv.compile(prepared(schema, strict));
    validators.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const detail = (error.params as { unevaluatedProperty?: string }).unevaluatedProperty;
      return `${where}${error.instancePath} ${error.message ?? ''}${detail === undefined ? '' : `: ${detail}`}`;
    });
  };
  const report = (violations: readonly string[]): string[] =>
    violations.filter((violation) => !defects.some((defect) => defect.test(violation)));

  return {
    operation: (request) => find(request)?.name,
    request: (request) => {
      const found = find(request);
      if (!found) return [`${request.method} ${request.path} is not in ${fileName}`];
      return report([
        ...judgeQuery(found, request.query ?? {}, check),
        ...judgeBody(found, request.body, check),
      ]);
    },
    response: (request, response) => {
      const found = find(request);
      if (!found) return [`${request.method} ${request.path} is not in ${fileName}`];
      const documented = found.operation.responses[String(response.status)];
      if (!documented) return report([`${found.name} does not document status ${response.status}`]);
      const schema = schemaOf(documented.content);
      if (!schema) return [];
      return report(check(schema, response.body, `${found.name} response ${response.status}`, false));
    },
  };
}

type Check = (schema: Schema, value: unknown, where: string, strict: boolean) => string[];

function judgeQuery(
  { name, operation }: Found,
  query: Readonly<Record<string, string>>,
  check: Check,
): string[] {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const missing = parameters.filter((parameter) => parameter.required === true && !(parameter.name in query));
  return [
    ...missing.map((parameter) => `${name} lacks query parameter ${parameter.name}`),
    ...Object.entries(query).flatMap(([key, value]) => {
      const parameter = known.get(key);
      if (!parameter) return [`${name} has no query parameter ${key}`];
      return check(parameter.schema ?? {}, typed(parameter.schema, value), `${name} query ${key}`, true);
    }),
  ];
}

function judgeBody({ name, operation }: Found, body: unknown, check: Check): string[] {
  const schema = schemaOf(operation.requestBody?.content);
  if (!schema) return body === undefined ? [] : [`${name} takes no body`];
  if (body === undefined) return operation.requestBody?.required === true ? [`${name} needs a body`] : [];
  return check(schema, body, `${name} body`, true);
}

/** Query values are text; the schema tells what the text stands for. */
function typed(schema: Schema | undefined, value: string): unknown {
  const type = schema?.['type'];
  if ((type === 'integer' || type === 'number') && value.trim() !== '') return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return type === 'array' ? value.split(',') : value;
}

function schemaOf(content: Content | undefined): Schema | undefined {
  const schema = Object.entries(content ?? {}).find(([type]) => type.includes('json'))?.[1].schema;
  return isSchema(schema) ? schema : undefined;
}

function finder(
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>,
): (request: Pick<JudgedRequest, 'method' | 'path'>) => Found | undefined {
  const patterns = Object.keys(paths)
    // Fixed segments win over placeholders, as on a server.
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => ({ path, expression: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}/?$`) }));
  return ({ method, path }) => {
    for (const pattern of patterns) {
      const operation = paths[pattern.path]?.[method.toLowerCase()];
      if (operation && pattern.expression.test(path)) return { name: `${method} ${pattern.path}`, operation };
    }
    return undefined;
  };
}

/**
 * Makes a schema of a document usable. Alternatives under `oneOf` often overlap, or are empty, so any fitting one
 * is enough. With `closed` the schema refuses members that it does not describe, at every level; members of
 * `allOf` are described by all of its parts together.
 */
function prepared(schema: Schema, closed: boolean): Schema {
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

function isSchema(value: unknown): value is Schema {
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
