import { type ErrorKind, errorKinds } from '../../connid/errors.js';
import type { AnswerDeclaration, Operation } from '../operations/operation.js';
import { type HttpProblemName, httpProblems, httpStatusOf } from '../problem/http-problem.js';
import { problemMediaType } from '../problem/problem.js';
import { schemaRef } from './components.js';

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
  if (schemas === 'text') return { schema: { type: 'string' } };
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
  for (const kind of kindsOf(row)) add(httpStatusOf[kind], errorName(kind));
  for (const name of layerFailures(row, authenticated)) add(httpProblems[name].status, layerName(name));
  return byStatus;
}

/** A stopping service refuses everything but probes, so every other operation may have to be repeated. */
function kindsOf({ access, failures }: Operation): ReadonlySet<ErrorKind> {
  return new Set<ErrorKind>(access === 'open' ? failures : [...failures, 'retryable']);
}

/** Failures of the HTTP layer follow from what the row says about the request. */
function layerFailures(row: Operation, authenticated: boolean): readonly HttpProblemName[] {
  const guarded: readonly HttpProblemName[] = authenticated
    ? [...(row.access === 'open' ? [] : (['unauthorized', 'forbidden', 'keysUnavailable'] as const))]
    : ['foreignOrigin', 'foreignHost'];
  const body: readonly HttpProblemName[] =
    row.request === undefined ? [] : ['bodyTooLarge', 'unsupportedMediaType'];
  return [...guarded, 'notAcceptable', ...body];
}

function errorName(kind: ErrorKind): string {
  return `${errorKinds[kind].exception}: ${errorKinds[kind].description}`;
}

function layerName(name: HttpProblemName): string {
  return `HTTP layer: ${httpProblems[name].title}`;
}
