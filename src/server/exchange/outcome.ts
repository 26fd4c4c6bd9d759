import { ConnectorError } from '../../connid/errors.js';
import { problemOf } from '../problem/problem.js';
import type { Exchange, Failure } from './exchange.js';

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
