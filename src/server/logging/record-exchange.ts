import type { Logger } from 'winston';
import { toConnectorError, type UpstreamError } from '../../connid/errors.js';
import type { SpanEnd } from '../../connector/tracing.js';
import { type Exchange, type Failure, isUnexpected, outcomeOf } from '../exchange/exchange.js';
import type { ServerMetrics } from '../metrics.js';
import { loggableUid } from './redact.js';

/** The end of the HTTP answer of an exchange. */
export interface Ending {
  /** `undefined` if the server sent no answer. */
  readonly status: number | undefined;
  /** False if the caller disconnected before the answer was complete. */
  readonly answered: boolean;
}

/** Matches a line of a stack that names a place in a file, and no line of the message. */
const stackFrame = /^at .+:\d+:\d+\)?$/;

type Fields = Readonly<Record<string, unknown>>;

/** The members of the log record of an operation. */
function operationEntry(exchange: Exchange, ending: Ending, durationMs: number): Fields {
  const { trace, results, failure } = exchange;
  return defined({
    ...commonFields(exchange),
    zoomCalls: trace.calls,
    waitedMs: Math.round(trace.waitedMs),
    scanned: trace.scanned === 0 && trace.search === undefined ? undefined : trace.scanned,
    search: trace.search,
    results,
    dryRun: exchange.dryRun ? true : undefined,
    warnings: warningsOf(exchange),
    outcome: outcomeOf(exchange),
    ...remedyOf(failure),
    upstream: failure?.problem.upstream === undefined ? undefined : codesOf(failure.problem.upstream),
    status: ending.status,
    answered: ending.answered ? undefined : false,
    durationMs: Math.round(durationMs * 10) / 10,
  });
}

/** The audit record of a write: caller, operation, object and names of the attributes. It contains no value. */
export function auditEntry(exchange: Exchange): Fields {
  const { subject, failure } = exchange;
  return defined({
    ...commonFields(exchange),
    attributes: subject.attributes ?? [],
    outcome: outcomeOf(exchange),
    applied: failure?.problem.applied,
    notApplied: failure?.problem.notApplied,
    warnings: warningsOf(exchange),
    unknown: failure?.problem.unknown,
  });
}

function commonFields(exchange: Exchange): Fields {
  const { requestId, caller, connector, operation, subject } = exchange;
  return {
    requestId,
    connector,
    caller: caller?.name,
    operation: operation?.id,
    objectClass: subject.objectClass,
    uid: uidOf(exchange),
    ...exchange.span?.ids,
  };
}

/** The level of a record: `error` if an operator must act, `warn` if it may pass, `info` for mistakes of the caller. */
function levelOf({ failure, operation }: Exchange, answered: boolean): 'error' | 'warn' | 'info' | 'debug' {
  if (failure === undefined) return isProbe(operation) ? 'debug' : 'info';
  if (!answered) return 'info';
  const { exception, status } = failure.problem;
  if (exception === 'ConnectorException' || exception === 'ConfigurationException') return 'error';
  return status >= 500 && status !== 501 ? 'warn' : 'info';
}

/** True for requests of probes, scrapers and the documentation page. They are frequent, so we log only their errors. */
export function isProbe(row: Exchange['operation']): boolean {
  return row === undefined || row.access === 'open' || row.access === 'anyToken';
}

/** Logs the origin of an unexpected error. It omits the message, which may quote values. */
export function logUnexpected(logger: Logger, { requestId, span }: Exchange, failure: Failure): void {
  if (!isUnexpected(failure)) return;
  const { thrown } = failure;
  const origin = toConnectorError(thrown).details.cause ?? thrown;
  logger.error('unexpected error', { requestId, ...span?.ids, error: originOf(origin) });
}

function originOf(error: unknown): Fields {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return { name: error.name, ...code, at: lines.filter((line) => stackFrame.test(line)).slice(0, 12) };
}

/** Exceptions about the service itself, not about a request. Their messages name no person and contain a remedy. */
const ownFailures: readonly (string | null)[] = ['ConfigurationException', 'ConnectionFailedException'];

function remedyOf(failure: Failure | undefined): Fields {
  if (failure === undefined || !ownFailures.includes(failure.problem.exception)) return {};
  const { detail, hint } = failure.problem;
  return { detail, hint };
}

/** The uid of the request, else the uid of the error. */
function uidOf({ subject, failure }: Exchange): string | undefined {
  const uid = failure?.problem.uid;
  return subject.uid ?? (uid === undefined ? undefined : loggableUid(uid));
}

/** Codes and attributes of the warnings that only the log shows. Their messages may name a person. */
function warningsOf({ warnings = [] }: Exchange): readonly Fields[] | undefined {
  return warnings.length === 0 ? undefined : warnings.map(({ code, attributes }) => ({ code, attributes }));
}

function codesOf({ status, code, trackingId }: UpstreamError): Fields {
  return defined({ status, code, trackingId });
}

function defined(fields: Fields): Fields {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept;
}

/** The services that keep records of exchanges. */
export interface Records {
  readonly metrics: ServerMetrics;
  readonly logger: Logger;
}

/**
 * The end of the operation's span. As OpenTelemetry's conventions for servers have it, failures below 500 are ordinary:
 * they are answers to what the caller asked.
 */
function spanEnd(exchange: Exchange, { status }: Ending): SpanEnd {
  const { connector, dryRun, failure, results, subject, trace } = exchange;
  return {
    facts: {
      'http.response.status_code': status,
      'zoom_connector.connector': connector,
      'zoom_connector.object_class': subject.objectClass,
      'zoom_connector.dry_run': dryRun ? true : undefined,
      'zoom_connector.results': results,
      'zoom_connector.zoom_calls': trace.calls,
    },
    ...(failure !== undefined && { failure: outcomeOf(exchange), ordinary: failure.problem.status < 500 }),
  };
}

/** Counts an exchange that has ended, ends its span, and logs it. */
export function recordExchange(exchange: Exchange, ending: Ending, { metrics, logger }: Records): void {
  const durationMs = performance.now() - exchange.startedAt;
  const { connector, operation, subject } = exchange;
  metrics.requestEnded();
  metrics.operationEnded({
    ...(connector !== undefined && { connector }),
    operation: operation?.id ?? 'none',
    objectClass: subject.objectClass ?? '',
    dryRun: exchange.dryRun,
    outcome: outcomeOf(exchange),
    durationMs,
  });
  exchange.span?.end(spanEnd(exchange, ending));
  logger.log(levelOf(exchange, ending.answered), 'operation', operationEntry(exchange, ending, durationMs));
}
