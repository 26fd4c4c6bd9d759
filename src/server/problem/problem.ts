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

/** A condition that passes says when to come back; this many seconds when nobody knows better. */
const defaultRetryAfter = 30;

/** A failure as it is answered (RFC 9457); described by `schemas/problem.schema.json`. */
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
  readonly checks?: readonly Check[];
  readonly cause?: ProblemCause;
}

/** The failure behind a failure. */
interface ProblemCause {
  readonly exception: string;
  readonly detail: string;
  readonly upstream?: UpstreamError;
}

/** `type` of every problem: one name space for ConnId's exceptions, one for the HTTP layer. */
export function problemType(space: 'error' | 'http', name: string): string {
  return `urn:zoom-connector:${space}:${kebab(name)}`;
}

/**
 * Whatever was thrown, as the caller may see it: no stack, and nothing of an unexpected error but that it happened.
 */
export function problemOf(thrown: unknown, requestId: string): Problem {
  return thrown instanceof HttpProblem
    ? layerProblem(thrown, requestId)
    : connectorProblem(toConnectorError(thrown), requestId);
}

/** Header fields an answer with this problem carries. */
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
    ...passedOn(error.details),
    ...retryAfterOf(error),
    ...causeOf(error.details.cause),
  };
}

/** The members of a problem that are members of the error under the same name. */
function passedOn(details: ErrorDetails): Partial<Problem> {
  const { applied, checks, errors, hint, notApplied, uid, upstream } = details;
  const members = { hint, errors, upstream, uid, applied, notApplied, checks };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function retryAfterOf({ kind, details }: ConnectorError): Pick<Problem, 'retryAfter'> {
  const passes = kind === 'retryable' && mayPass(details.cause);
  const seconds = details.retryAfter ?? (passes ? defaultRetryAfter : undefined);
  return seconds === undefined ? {} : { retryAfter: Math.max(0, Math.ceil(seconds)) };
}

/** A create that stopped at a refusal is not helped by waiting. */
function mayPass(cause: unknown): boolean {
  return !(cause instanceof ConnectorError) || errorKinds[cause.kind].retryable;
}

/** Only failures of the connector are shown; anything else may quote what the caller must not see. */
function causeOf(cause: unknown): Pick<Problem, 'cause'> {
  if (!(cause instanceof ConnectorError)) return {};
  const { upstream } = cause.details;
  const shown = { exception: cause.exception, detail: cause.message };
  return { cause: upstream === undefined ? shown : { ...shown, upstream } };
}

function kebab(name: string): string {
  return name.replaceAll(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
}
