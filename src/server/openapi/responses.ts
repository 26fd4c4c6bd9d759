import { type ErrorKind, errorKinds } from '../../connid/errors.js';
import type { AnswerDeclaration, Operation } from '../operations/operation.js';
import { type HttpProblemName, httpProblems, httpStatusOf } from '../problem/http-problem.js';
import { problemMediaType } from '../problem/problem.js';
import { type JsonSchema, schemaFile, type SchemaName, type SchemaSet } from '../validation/schemas.js';

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

type Json = Readonly<Record<string, unknown>>;

/** Headers that every answer has. */
const headers = { 'X-Request-Id': { $ref: '#/components/headers/RequestId' } };

/** All answers of an operation: those it declares, and the failures it can end in, by status. */
export function responsesOf(row: Operation, authenticated: boolean): Json {
  const successes = row.answers.map((answer) => [String(answer.status), success(answer)] as const);
  const failures = [...failuresByStatus(row, authenticated)].map(
    ([status, names]) => [String(status), failure(status, names)] as const,
  );
  return Object.fromEntries([...failures, ...successes].sort(([a], [b]) => a.localeCompare(b)));
}

function success({ description, content }: AnswerDeclaration): Json {
  const media = Object.entries(content).map(([mediaType, schemas]) => [mediaType, mediaOf(schemas)]);
  return {
    description,
    headers,
    ...(media.length === 0 ? {} : { content: Object.fromEntries(media) as Json }),
  };
}

function mediaOf(schemas: AnswerDeclaration['content'][string]): Json {
  if (schemas === 'text') return {};
  const refs = schemas.map(schemaRef);
  return { schema: refs.length === 1 ? refs[0] : { anyOf: refs } };
}

function failure(status: number, names: readonly string[]): Json {
  const retry = status === 503 ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } : {};
  return {
    description: names.join('; '),
    headers: { ...headers, ...retry },
    content: { [problemMediaType]: { schema: schemaRef('problem') } },
  };
}

function failuresByStatus(row: Operation, authenticated: boolean): Map<number, string[]> {
  const byStatus = new Map<number, string[]>();
  const add = (status: number, name: string): void => {
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  };
  for (const kind of row.failures) add(httpStatusOf[kind], errorName(kind));
  for (const name of layerFailures(row, authenticated)) add(httpProblems[name].status, layerName(name));
  return byStatus;
}

/** Failures of the HTTP layer follow from what the row says about the request. */
function layerFailures(row: Operation, authenticated: boolean): readonly HttpProblemName[] {
  const guarded: readonly HttpProblemName[] = authenticated
    ? [...(row.access === 'open' ? [] : (['unauthorized'] as const)), ...scopeFailure(row)]
    : ['foreignOrigin'];
  const body: readonly HttpProblemName[] =
    row.request === undefined ? [] : ['bodyTooLarge', 'unsupportedMediaType'];
  return [...guarded, 'notAcceptable', ...body];
}

function scopeFailure({ access }: Operation): readonly HttpProblemName[] {
  return access === 'open' || access === 'anyToken' ? [] : ['forbidden'];
}

function errorName(kind: ErrorKind): string {
  return `${errorKinds[kind].exception}: ${errorKinds[kind].description}`;
}

function layerName(name: HttpProblemName): string {
  return `HTTP layer: ${httpProblems[name].title}`;
}
