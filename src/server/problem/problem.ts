import {
  type Check,
  ConnectorError,
  type ErrorDetails,
  errorKinds,
  type Finding,
  toConnectorError,
  type UpstreamError,
} from '../../connid/errors.js';
import { HttpProblem, httpProblems, httpStatusOf } from './http-problem.js';

/** Media type of {@link Problem}. */
export const problemMediaType = 'application/problem+json';

/** Seconds to wait before a repetition, if the cause of a temporary error names no time. */
const defaultRetryAfter = 30;

/** The body of an error answer (RFC 9457), described by `schemas/problem.schema.json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Simple name of the ConnId exception; `null` for failures of the HTTP layer. */
  readonly exception: string | null;
  readonly requestId: string;
  readonly hint?: string;
  readonly errors?: readonly Finding[];
  readonly upstream?: UpstreamError;
  readonly retryAfter?: number;
  readonly uid?: string;
  readonly applied?: readonly string[];
  readonly notApplied?: readonly string[];
  readonly unknown?: readonly string[];
  readonly checks?: readonly Check[];
  readonly cause?: ProblemCause;
}

/** The connector error that caused another. */
interface ProblemCause {
  readonly exception: string;
  readonly detail: string;
  readonly upstream?: UpstreamError;
}

/** The `type` of a problem. ConnId's exceptions and the HTTP layer have separate name spaces. */
export function problemType(space: 'error' | 'http', name: string): string {
  return `urn:zoom-connector:${space}:${kebab(name)}`;
}

/**
 * Converts a thrown value to a problem for the caller. It contains no stack, and no detail of an unexpected error.
 */
export function problemOf(thrown: unknown, requestId: string): Problem {
  return thrown instanceof HttpProblem
    ? layerProblem(thrown, requestId)
    : connectorProblem(toConnectorError(thrown), requestId);
}

/** The header fields of an answer with this problem. */
export function problemHeaders(thrown: unknown, problem: Problem): Readonly<Record<string, string>> {
  return {
    ...(thrown instanceof HttpProblem ? thrown.details.headers : {}),
    ...(problem.retryAfter === undefined ? {} : { 'Retry-After': String(problem.retryAfter) }),
  };
}

function layerProblem({ problem, message, details }: HttpProblem, requestId: string): Problem {
  const row: { readonly status: number; readonly title: string; readonly hint?: string } =
    httpProblems[problem];
  return {
    type: problemType('http', problem),
    title: row.title,
    status: row.status,
    detail: message,
    exception: null,
    requestId,
    ...(row.hint === undefined ? {} : { hint: row.hint }),
    ...(details.errors === undefined ? {} : { errors: details.errors }),
  };
}

function connectorProblem(error: ConnectorError, requestId: string): Problem {
  return {
    type: problemType('error', error.kind),
    title: errorKinds[error.kind].description,
    status: httpStatusOf[error.kind],
    detail: error.message,
    exception: error.exception,
    requestId,
    ...sharedMembers(error.details),
    ...retryAfterOf(error),
    ...causeOf(error.details.cause),
  };
}

/** The members that an error and its problem have under the same name. */
function sharedMembers(details: ErrorDetails): Partial<Problem> {
  const { applied, checks, errors, hint, notApplied, uid, unknown, upstream } = details;
  const members = { hint, errors, upstream, uid, applied, notApplied, unknown, checks };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function retryAfterOf({ kind, details }: ConnectorError): Pick<Problem, 'retryAfter'> {
  const passes = kind === 'retryable' && mayPass(details.cause);
  const seconds = details.retryAfter ?? (passes ? defaultRetryAfter : undefined);
  return seconds === undefined ? {} : { retryAfter: Math.max(0, Math.ceil(seconds)) };
}

/** False for a create that stopped at a permanent error: waiting does not help. */
function mayPass(cause: unknown): boolean {
  return !(cause instanceof ConnectorError) || errorKinds[cause.kind].retryable;
}

/** The cause of a problem, if it is a connector error. Other errors may quote values that the caller must not see. */
function causeOf(cause: unknown): Pick<Problem, 'cause'> {
  if (!(cause instanceof ConnectorError)) return {};
  const { upstream } = cause.details;
  const visible = { exception: cause.exception, detail: cause.message };
  return { cause: upstream === undefined ? visible : { ...visible, upstream } };
}

function kebab(name: string): string {
  return name.replaceAll(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
}
