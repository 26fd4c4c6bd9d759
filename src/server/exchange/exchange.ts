import type { Response } from 'express';
import type { Warning } from '../../connector/connector.js';
import { newTrace, type OperationContext, type Trace } from '../../connector/context.js';
import type { Span } from '../../connector/tracing.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Caller } from '../auth/authenticate.js';
import type { Operation } from '../operations/operation.js';
import { type Problem, problemOf } from '../problem/problem.js';

/** The object of an operation, in a form that may be logged. */
export interface Subject {
  /** In the spelling of the schema; `?` for an unknown class. */
  readonly objectClass?: string;
  readonly uid?: string;
  /** Names of the attributes written. */
  readonly attributes?: readonly string[];
}

/** The failure of an exchange: the thrown value, and its problem for the caller. */
export interface Failure {
  readonly thrown: unknown;
  readonly problem: Problem;
}

/** One request and its answer, with everything that log, audit and metrics record about it. */
export interface Exchange {
  readonly requestId: string;
  /** Milliseconds on the monotonic clock. */
  readonly startedAt: number;
  /** Aborts the operation if the caller disconnects, the deadline passes or the service stops. */
  readonly abort: AbortController;
  /** Aborted when even a write that was sent to the target must end, because the process is about to end. */
  readonly cut: AbortSignal;
  readonly trace: Trace;
  /** The span of the operation; until that starts, the place of the request in its caller's trace. */
  span?: Span | undefined;
  caller?: Caller;
  /** The name of the connector, if the service has several. */
  connector?: string;
  /** Row of the operation table; absent until a route matches. */
  operation?: Operation;
  /** Settles when the operation ends, which may be after the caller has disconnected. */
  handled: Promise<unknown>;
  subject: Subject;
  /** True if the caller requested a dry run. */
  dryRun: boolean;
  /** Number of rows that a search has returned. */
  results?: number;
  /** Warnings of a write that the answer cannot contain. */
  warnings?: readonly Warning[];
  failure?: Failure;
}

/** Starts the exchange of a request. @param cut - see {@link Exchange.cut}. */
export function newExchange(requestId: string, cut: AbortSignal): Exchange {
  return {
    requestId,
    startedAt: performance.now(),
    abort: new AbortController(),
    cut,
    trace: newTrace(),
    subject: {},
    dryRun: false,
    handled: Promise.resolve(),
  };
}

/** The parts of an exchange that the connector receives. */
export function contextOf({ requestId, caller, abort, cut, span, trace }: Exchange): OperationContext {
  return {
    requestId,
    signal: abort.signal,
    cut,
    trace,
    ...(caller === undefined ? {} : { caller: caller.name }),
    ...(span === undefined ? {} : { span }),
  };
}

/** Stores the exchange in the response, for later handlers. */
export function attachExchange(response: Response, exchange: Exchange): void {
  response.locals['exchange'] = exchange;
}

/** The exchange that {@link attachExchange} stored in the response. */
export function exchangeOf(response: Response): Exchange {
  return response.locals['exchange'] as Exchange;
}

/** The error of an operation that is aborted because its caller has disconnected. */
export function callerGone(): ConnectorError {
  return new ConnectorError('connectionBroken', 'The caller went away before the answer was complete.');
}

/** Records the failure of an exchange. If there is one already, it stays and is returned. */
export function fail(exchange: Exchange, thrown: unknown): Failure {
  exchange.failure ??= { thrown, problem: problemOf(thrown, exchange.requestId) };
  return exchange.failure;
}

/** The outcome in one word: `ok`, the ConnId exception, or the HTTP layer's name for the failure. */
export function outcomeOf({ failure }: Exchange): string {
  if (failure === undefined) return 'ok';
  return failure.problem.exception ?? failure.problem.type.split(':').at(-1) ?? 'unknown';
}

/** True for errors that the connector does not know, such as programming errors. */
export function isUnexpected({ problem }: Failure): boolean {
  return problem.exception === 'ConnectorException';
}
