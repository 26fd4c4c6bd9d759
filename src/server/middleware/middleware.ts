import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'winston';
import { exchangeOf } from '../exchange/exchange.js';
import { fail } from '../exchange/outcome.js';
import { logUnexpected } from '../logging/record-exchange.js';
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
