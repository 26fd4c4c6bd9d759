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

/** Answers paths nobody declared. */
export const notFound: RequestHandler = () => {
  throw new HttpProblem('notFound');
};

/** Turns whatever was thrown into a problem. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, _next) => {
    const exchange = exchangeOf(response);
    const failure = fail(exchange, thrown);
    logUnexpected(logger, exchange.requestId, failure);
    if (response.headersSent) {
      // Half an answer must not look like a whole one.
      response.destroy();
      return;
    }
    response.set(problemHeaders(failure.thrown, failure.problem));
    sendText(response, failure.problem.status, problemMediaType, JSON.stringify(failure.problem));
  };
}

/**
 * Lets in whoever may call anything at all. Paths nobody declared are no exception: who has no token does not
 * learn which paths there are.
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
