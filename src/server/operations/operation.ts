import type { ErrorKind } from '../../connid/errors.js';
import type { Connector, ConnectorObject, PlanAnswer, SearchResult } from '../../connector/connector.js';
import type { OperationContext } from '../../connector/context.js';
import type { Access } from '../auth/authenticate.js';
import type { QueryParameter, QueryValues } from '../request/read-head.js';
import type { SchemaName } from '../validation/schemas.js';
import type { Services } from '../server-parts.js';

export const jsonMediaType = 'application/json';
export const linesMediaType = 'application/x-ndjson';

/** The objects of a search in order, then its result. */
export type Rows = AsyncGenerator<ConnectorObject, SearchResult, void>;

/** The successful result of an operation, in one of four forms. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'rows'; readonly rows: Rows };

/** A successful answer, for the OpenAPI document. */
export interface AnswerDeclaration {
  readonly status: number;
  readonly description: string;
  /** Media type → schemas of its body, or `text` if it is text. Empty if the answer has no body. */
  readonly content: Readonly<Record<string, readonly SchemaName[] | 'text'>>;
}

/** The arguments of an operation, besides its request. */
export interface OperationCall {
  readonly connector: Connector;
  /** True if the caller may use the connector of this name. */
  readonly mayUse: (name: string) => boolean;
  readonly query: QueryValues;
  readonly context: OperationContext;
  readonly services: Services;
}

/** The members of a row that do not depend on the type of its request. */
interface OperationFacts {
  /** Name in logs and metrics, and the OpenAPI operation id. */
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  /**
   * True if it belongs to a connector: with several of them it is at the path of each. `all` if it shows something of
   * all of them: then callers who may not use all are refused.
   */
  readonly ofConnector?: true | 'all';
  readonly access: Access;
  readonly summary: string;
  readonly description: string;
  /** Its query parameters. If absent, the query is ignored. */
  readonly query?: readonly QueryParameter[];
  /** Schema of the request's body. If absent, a body is ignored. */
  readonly request?: SchemaName;
  readonly answers: readonly AnswerDeclaration[];
  /** Its kinds of connector errors. Those of the HTTP layer follow from the other members. */
  readonly failures: readonly ErrorKind[];
  /** `write` operations are audited and have dry runs. */
  readonly effect: 'read' | 'write';
  /** True if `rest.operationTimeoutMs` applies. */
  readonly deadline: boolean;
}

/** A row of the operation table. Routes, authorisation, validation and the OpenAPI document derive from it. */
export interface Operation extends OperationFacts {
  /** @param request - the body, valid against its schema. */
  readonly run: (request: unknown, call: OperationCall) => Promise<Reply> | Reply;
  /** The dry run, if the operation has one. */
  readonly plan?: (request: unknown, call: OperationCall) => Promise<PlanAnswer>;
}

/** A row with the type of its request. */
interface OperationRow<Request> extends OperationFacts {
  readonly run: (request: Request, call: OperationCall) => Promise<Reply> | Reply;
  readonly plan?: (request: Request, call: OperationCall) => Promise<PlanAnswer>;
}

/** Makes a row of the table. Only here do we trust that the schema guarantees the type of a request. */
export function operation<Request = undefined>(row: OperationRow<Request>): Operation {
  const { plan, ...facts } = row;
  return {
    ...facts,
    run: (request, call) => row.run(request as Request, call),
    ...(plan !== undefined && { plan: (request, call) => plan(request as Request, call) }),
  };
}

/**
 * Makes a row whose request goes to the connector. A member or option that is `null` counts as absent, because many
 * callers write `null` for unset values.
 */
export function objectOperation<Request>(row: OperationRow<Request>): Operation {
  const { plan, ...facts } = row;
  return operation<Request>({
    ...facts,
    run: (request, call) => row.run(withoutNulls(request), call),
    ...(plan !== undefined && { plan: (request, call) => plan(withoutNulls(request), call) }),
  });
}

function withoutNulls<Request>(request: Request): Request {
  const members = dropNulls(request as object);
  const options = (request as { readonly options?: object | null }).options;
  return (options ? { ...members, options: dropNulls(options) } : members) as Request;
}

function dropNulls(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/** Kinds of errors of every operation that calls the target. */
export const targetFailures: readonly ErrorKind[] = [
  'illegalArgument',
  'permissionDenied',
  'configuration',
  'unsupported',
  'connectionFailed',
  'connectionBroken',
  'connectorIO',
  'retryable',
  'timeout',
  'unexpected',
];

/** Makes a JSON reply with status 200. */
export function ok(body: unknown): Reply {
  return { kind: 'json', status: 200, body };
}

/** Declares a JSON answer. */
export function jsonAnswer(
  status: number,
  description: string,
  ...schemas: readonly SchemaName[]
): AnswerDeclaration {
  return { status, description, content: { [jsonMediaType]: schemas } };
}

/** The path of an operation of one of several connectors; `parameter` is the place of its name. */
export function namedPath(path: string, parameter: string): string {
  return path.replace('/v1/', `/v1/connectors/${parameter}/`);
}
