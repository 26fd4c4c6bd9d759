import type { Logger } from 'winston';
import { toConnectorError, type UpstreamError } from '../../connid/errors.js';
import { type Exchange, type Failure, isUnexpected, outcomeOf } from '../exchange/exchange.js';
import { loggableUid } from './redact.js';

/** How an exchange ended, as far as the exchange itself does not know. */
export interface Ending {
  /** Absent when nothing was answered at all. */
  readonly status: number | undefined;
  /** False when the caller went away before the answer was complete. */
  readonly answered: boolean;
}

/** A line of a stack that names a place in a file, as opposed to a line of the message. */
const stackFrame = /^at .+:\d+:\d+\)?$/;

type Fields = Readonly<Record<string, unknown>>;

/** The one line that is logged about an operation. */
export function operationEntry(exchange: Exchange, ending: Ending, durationMs: number): Fields {
  const { trace, results, failure } = exchange;
  return defined({
    ...whoAndWhat(exchange),
    zoomCalls: trace.calls,
    waitedMs: Math.round(trace.waitedMs),
    scanned: trace.scanned === 0 && trace.search === undefined ? undefined : trace.scanned,
    search: trace.search,
    results,
    dryRun: exchange.dryRun ? true : undefined,
    outcome: outcomeOf(exchange),
    ...remedyOf(failure),
    upstream: failure?.problem.upstream === undefined ? undefined : codesOf(failure.problem.upstream),
    status: ending.status,
    answered: ending.answered ? undefined : false,
    durationMs: Math.round(durationMs * 10) / 10,
  });
}

/** The audit record of a write: who did what to which object, with the names of the attributes and no value. */
export function auditEntry(exchange: Exchange): Fields {
  const { subject, failure } = exchange;
  return defined({
    ...whoAndWhat(exchange),
    attributes: subject.attributes ?? [],
    outcome: outcomeOf(exchange),
    applied: failure?.problem.applied,
    notApplied: failure?.problem.notApplied,
  });
}

function whoAndWhat(exchange: Exchange): Fields {
  const { requestId, caller, operation, subject } = exchange;
  return {
    requestId,
    caller: caller?.name,
    operation: operation?.id,
    objectClass: subject.objectClass,
    uid: uidOf(exchange),
  };
}

/** ERROR means that somebody must act; what passes by itself is a WARNING; what a caller did wrong is neither. */
export function levelOf(
  { failure, operation }: Exchange,
  answered: boolean,
): 'error' | 'warn' | 'info' | 'debug' {
  if (failure === undefined) return isProbe(operation) ? 'debug' : 'info';
  if (!answered) return 'info';
  const { exception, status } = failure.problem;
  if (exception === 'ConnectorException' || exception === 'ConfigurationException') return 'error';
  return status >= 500 && status !== 501 ? 'warn' : 'info';
}

/** Probes and scrapers come every few seconds and pages come in many files; their successes are noise. */
function isProbe(row: Exchange['operation']): boolean {
  return row === undefined || row.access === 'open' || row.access === 'anyToken';
}

/** Says where an unforeseen error came from. Its message stays out: it may quote whatever it choked on. */
export function logUnexpected(logger: Logger, requestId: string, failure: Failure): void {
  if (!isUnexpected(failure)) return;
  const { thrown } = failure;
  const origin = toConnectorError(thrown).details.cause ?? thrown;
  logger.error('unexpected error', { requestId, error: originOf(origin) });
}

function originOf(error: unknown): Fields {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return { name: error.name, ...code, at: lines.filter((line) => stackFrame.test(line)).slice(0, 12) };
}

/** Failures of the service itself and not of a request: their words name no person and say how somebody must act. */
const ownFailures: readonly (string | null)[] = ['ConfigurationException', 'ConnectionFailedException'];

function remedyOf(failure: Failure | undefined): Fields {
  if (failure === undefined || !ownFailures.includes(failure.problem.exception)) return {};
  const { detail, hint } = failure.problem;
  return { detail, hint };
}

/** The uid asked for, else the one the answer tells. */
function uidOf({ subject, failure }: Exchange): string | undefined {
  const told = failure?.problem.uid;
  return subject.uid ?? (told === undefined ? undefined : loggableUid(told));
}

function codesOf({ status, code, trackingId }: UpstreamError): Fields {
  return defined({ status, code, trackingId });
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
