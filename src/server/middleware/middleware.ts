import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'winston';
import { authenticate, type TokenVerifier } from '../auth/authenticate.js';
import { assertLocalOrigin } from '../auth/loopback.js';
import { exchangeOf, fail } from '../exchange/exchange.js';
import { logUnexpected } from '../logging/record-exchange.js';
import type { Operation } from '../operations/operation.js';
import { HttpProblem } from '../problem/http-problem.js';
import { problemHeaders, problemMediaType } from '../problem/problem.js';
import { sendText } from '../send-reply.js';

/** Answers 404 to paths without a route. */
export const notFound: RequestHandler = () => {
  throw new HttpProblem('notFound');
};

/** Answers a thrown value as a problem. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, _next) => {
    const exchange = exchangeOf(response);
    const failure = fail(exchange, thrown);
    logUnexpected(logger, exchange.requestId, failure);
    if (response.headersSent) {
      // Cut the connection, so that the caller does not take a partial answer for a complete one.
      response.destroy();
      return;
    }
    response.set(problemHeaders(failure.thrown, failure.problem));
    sendText(response, failure.problem.status, problemMediaType, JSON.stringify(failure.problem));
  };
}

/**
 * Refuses callers without a valid token, also at unknown paths: without a token a caller must not learn which paths
 * exist. Operations with open access need no token.
 */
export function admit(verifiers: readonly TokenVerifier[], rows: readonly Operation[]): RequestHandler {
  const open = new Set(rows.filter(({ access }) => access === 'open').map(({ path }) => path));
  return async (request, response, next) => {
    if (verifiers.length === 0) assertLocalOrigin(request.get('origin'));
    else if (!open.has(request.path)) {
      exchangeOf(response).caller = await authenticate(request.get('authorization'), verifiers);
    }
    next();
  };
}
