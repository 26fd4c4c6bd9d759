import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'winston';
import { authenticate, type TokenVerifier } from '../auth/authenticate.js';
import { assertLocalOrigin, assertOwnHost } from '../auth/loopback.js';
import { attachExchange, type Exchange, exchangeOf, fail, newExchange } from '../exchange/exchange.js';
import { notBegun, type RunningOperations } from '../exchange/running-operations.js';
import { type Ending, logUnexpected, recordExchange } from '../logging/record-exchange.js';
import type { Tracer } from '../../connector/tracing.js';
import type { ServerMetrics } from '../metrics.js';
import type { Operation } from '../operations/operation.js';
import { HttpProblem } from '../problem/http-problem.js';
import { problemHeaders, problemMediaType } from '../problem/problem.js';
import { requestIdFrom, requestIdHeader } from '../request/read-head.js';
import { abortWhenCallerLeaves, sendText, simulatorTarget } from '../send-reply.js';
import type { ConnectorSource } from '../server-parts.js';

/** Prepares a request, or refuses it by throwing. */
type Preparation = (request: Request, response: Response) => void | Promise<void>;

/** Makes one handler of preparations in their order. To Express a handler for each would cost more than their work. */
export function prepare(...preparations: readonly Preparation[]): RequestHandler {
  return async (request, response, next) => {
    for (const preparation of preparations) await preparation(request, response);
    next();
  };
}

/** Header fields that make an answer depend on what the caller has stored. */
const conditions = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since'];

/**
 * Ignores the conditions of a request. Answers have no validators, so nobody can know whether a stored one still holds;
 * Express would answer 304 to `If-None-Match: *`.
 */
export const ignoreConditions: Preparation = ({ headers }) => {
  for (const name of conditions) if (headers[name] !== undefined) Reflect.deleteProperty(headers, name);
};

/** Answers 404 to paths without a route. */
export const notFound: RequestHandler = () => {
  throw new HttpProblem('notFound');
};

/** Answers a thrown value as a problem. */
export function answerProblems(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, _request, response, _next) => {
    const exchange = exchangeOf(response);
    const failure = fail(exchange, thrown);
    logUnexpected(logger, exchange, failure);
    if (response.headersSent) {
      // Cut the connection, so that the caller does not take a partial answer for a complete one.
      response.destroy();
      return;
    }
    response.set(problemHeaders(failure.thrown, failure.problem));
    sendText(response, failure.problem.status, problemMediaType, JSON.stringify(failure.problem));
  };
}

/** Refuses requests while the service stops. Probes still get their answers. */
export function refuseWhileStopping(running: RunningOperations, rows: readonly Operation[]): Preparation {
  const open = openPaths(rows);
  return (request) => {
    if (running.stopping && !open.has(request.path)) throw notBegun();
  };
}

function openPaths(rows: readonly Operation[]): ReadonlySet<string> {
  return new Set(rows.filter(({ access }) => access === 'open').map(({ path }) => path));
}

/**
 * Refuses callers without a valid token, also at unknown paths: without a token a caller must not learn which paths
 * exist. Operations with open access need no token. Without tokens, refuses calls that a web page may have caused.
 */
export function admit(verifiers: readonly TokenVerifier[], rows: readonly Operation[]): Preparation {
  const open = openPaths(rows);
  return async (request, response) => {
    if (verifiers.length === 0) {
      assertOwnHost(request.get('host'));
      assertLocalOrigin(request.get('origin'));
    } else if (!open.has(request.path)) {
      exchangeOf(response).caller = await authenticate(request.get('authorization'), verifiers);
    }
  };
}

/** The services that record an exchange. */
interface ExchangeOptions {
  readonly connectors: ConnectorSource;
  readonly running: RunningOperations;
  readonly metrics: ServerMetrics;
  readonly logger: Logger;
  readonly tracer: Tracer;
}

/** Starts an exchange for each request, and logs it when both the answer and the operation have ended. */
export function openExchange(options: ExchangeOptions): Preparation {
  return (request, response) => {
    const exchange = newExchange(requestIdFrom(request.get(requestIdHeader)), options.running.cut);
    exchange.span = options.tracer.received(request.headers);
    attachExchange(response, exchange);
    setCommonHeaders(response, exchange, options);
    abortWhenCallerLeaves(response, exchange);
    response.once('close', () => {
      const ending = endingOf(response);
      void Promise.allSettled([exchange.handled]).then(() => recordExchange(exchange, ending, options));
    });
    options.metrics.requestStarted();
  };
}

function setCommonHeaders(response: Response, { requestId }: Exchange, options: ExchangeOptions): void {
  response.setHeader(requestIdHeader, requestId);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // An operation of one of several connectors sets it for that one.
  const { connectors } = options;
  const targets = connectors.names().map((name) => connectors.get(name)?.info.target);
  if (targets.every((target) => target === 'simulator')) response.setHeader(...simulatorTarget);
  // An open connection would delay the shutdown.
  if (options.running.stopping) response.setHeader('Connection', 'close');
}

/** The ending of an answer, read when its connection closes: the caller receives nothing after that. */
function endingOf(response: Response): Ending {
  const status = response.headersSent ? response.statusCode : undefined;
  return { status, answered: response.writableFinished };
}
