import type { Response } from 'express';
import { newTrace, type OperationContext, type Trace } from '../../connector/context.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Caller } from '../auth/authenticate.js';
import type { Operation } from '../operations/operation.js';
import { type Problem, problemOf } from '../problem/problem.js';

/** What an operation is about, as far as it may be logged. */
export interface Subject {
  /** In its schema spelling; `?` for classes the connector does not know. */
  readonly objectClass?: string;
  readonly uid?: string;
  /** Names of the attributes written. */
  readonly attributes?: readonly string[];
}

/** How an exchange failed. */
export interface Failure {
  readonly thrown: unknown;
  readonly problem: Problem;
}

/** One request and its answer: everything that logs, audit and metrics say about it. */
export interface Exchange {
  readonly requestId: string;
  /** On the monotonic clock, in milliseconds. */
  readonly startedAt: number;
  /** Aborts the operation when the caller goes away, the deadline passes or the service stops. */
  readonly abort: AbortController;
  readonly trace: Trace;
  caller?: Caller;
  /** Row of the operation table, once one was found. */
  operation?: Operation;
  /** Ends when the operation has, which may be after the caller went away. */
  handled: Promise<unknown>;
  subject: Subject;
  /** Whether the caller asked for the plan only. */
  dryRun: boolean;
  /** Rows answered by a search. */
  results?: number;
  failure?: Failure;
}

/** Starts the record of a request. */
export function newExchange(requestId: string): Exchange {
  return {
    requestId,
    startedAt: performance.now(),
    abort: new AbortController(),
    trace: newTrace(),
    subject: {},
    dryRun: false,
    handled: Promise.resolve(),
  };
}

/** What the connector gets to know of an exchange. */
export function contextOf({ requestId, caller, abort, trace }: Exchange): OperationContext {
  return {
    requestId,
    signal: abort.signal,
    trace,
    ...(caller === undefined ? {} : { caller: caller.name }),
  };
}

/** Ties the record to the answer, where every later handler finds it. */
export function attachExchange(response: Response, exchange: Exchange): void {
  response.locals['exchange'] = exchange;
}

/** The record of the request that this answers. */
export function exchangeOf(response: Response): Exchange {
  return response.locals['exchange'] as Exchange;
}

/** Why the operation of a caller who went away is aborted. */
export function callerGone(): ConnectorError {
  return new ConnectorError('connectionBroken', 'The caller went away before the answer was complete.');
}

/** Notes the failure of an exchange; the first one counts. */
export function fail(exchange: Exchange, thrown: unknown): Failure {
  exchange.failure ??= { thrown, problem: problemOf(thrown, exchange.requestId) };
  return exchange.failure;
}

/** The outcome in one word: `ok`, the ConnId exception, or the HTTP layer's name for the failure. */
export function outcomeOf({ failure }: Exchange): string {
  if (failure === undefined) return 'ok';
  return failure.problem.exception ?? failure.problem.type.split(':').at(-1) ?? 'unknown';
}

/** Whether a failure is one that nobody foresaw. */
export function isUnexpected({ problem }: Failure): boolean {
  return problem.exception === 'ConnectorException';
}
