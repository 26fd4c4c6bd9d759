import type { ErrorKind } from '../../connid/errors.js';
import type { Connector, ConnectorObject, PlanAnswer, SearchResult } from '../../connector/connector.js';
import type { OperationContext } from '../../connector/context.js';
import type { Access } from '../auth/authenticate.js';
import type { QueryParameter, QueryValues } from '../request/read-query.js';
import type { SchemaName } from '../validation/schemas.js';
import type { Services } from '../server-parts.js';

export const jsonMediaType = 'application/json';
export const linesMediaType = 'application/x-ndjson';

/** Objects in order, and how the search ended. */
export type Rows = AsyncGenerator<ConnectorObject, SearchResult, void>;

/** What an operation answers when it succeeds. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly mediaType: string; readonly text: string }
  | { readonly kind: 'empty'; readonly status: number }
  | { readonly kind: 'rows'; readonly rows: Rows };

/** A successful answer as the OpenAPI document describes it. */
export interface AnswerDeclaration {
  readonly status: number;
  readonly description: string;
  /** Media type to the schemas of its body, `text` where none applies; no entries: no body. */
  readonly content: Readonly<Record<string, readonly SchemaName[] | 'text'>>;
}

/** Everything an operation gets. */
export interface OperationCall {
  readonly connector: Connector;
  readonly query: QueryValues;
  readonly context: OperationContext;
  readonly services: Services;
}

/** What is the same for every row of the table, whatever it is asked. */
interface OperationFacts {
  /** Name in logs and metrics; also the OpenAPI operation id. */
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly description: string;
  /** Query parameters it takes; absent: the query is not looked at. */
  readonly query?: readonly QueryParameter[];
  /** Schema of the request's body; absent: it takes none. */
  readonly request?: SchemaName;
  readonly answers: readonly AnswerDeclaration[];
  /** Kinds of failure of the connector it can end in; those of the HTTP layer follow from the other members. */
  readonly failures: readonly ErrorKind[];
  /** `write` operations are audited and have dry runs. */
  readonly effect: 'read' | 'write';
  /** Whether `rest.operationTimeoutMs` applies. */
  readonly deadline: boolean;
}

/** A row of the operation table: routes, authorisation, validation and the OpenAPI document derive from it. */
export interface Operation extends OperationFacts {
  /** @param request - the body, which has the form its schema wants. */
  readonly run: (request: unknown, call: OperationCall) => Promise<Reply> | Reply;
  /** The dry run; without it the operation has none. */
  readonly plan?: (request: unknown, call: OperationCall) => Promise<PlanAnswer>;
}

/** A row as it is written down, its request typed. */
interface OperationRow<Request> extends OperationFacts {
  readonly run: (request: Request, call: OperationCall) => Promise<Reply> | Reply;
  readonly plan?: (request: Request, call: OperationCall) => Promise<PlanAnswer>;
}

/** Makes a row of the table. The one place that trusts a schema to guarantee a type. */
export function operation<Request = undefined>(row: OperationRow<Request>): Operation {
  const { plan, ...facts } = row;
  return {
    ...facts,
    run: (request, call) => row.run(request as Request, call),
    ...(plan !== undefined && { plan: (request, call) => plan(request as Request, call) }),
  };
}

/**
 * Makes a row whose request the connector gets. A member or an option that is `null` counts as left out: many
 * callers write `null` for what they have not set.
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

/** Kinds of failure of everything that talks to the target. */
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

/** A 200 answer in JSON. */
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
