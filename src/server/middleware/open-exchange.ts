import type { RequestHandler, Response } from 'express';
import type { Logger } from 'winston';

import { attachExchange, newExchange, type Exchange } from '../exchange/exchange.js';
import type { RunningOperations } from '../exchange/running-operations.js';
import { auditEntry, levelOf, operationEntry } from '../logging/record-exchange.js';
import { requestIdFrom, requestIdHeader } from '../request/request-id.js';
import { abortWhenCallerLeaves } from '../send-reply.js';
import type { ConnectorSource } from '../services.js';

/** What an exchange is recorded with. */
export interface ExchangeOptions {
  readonly connectors: ConnectorSource;
  readonly running: RunningOperations;
  readonly logger: Logger;
  readonly auditLogger?: Logger;
}

/** Starts the record of each request, and writes it down when both the answer and the operation have ended. */
export function openExchange(options: ExchangeOptions): RequestHandler {
  const audit = options.auditLogger ?? options.logger.child({ audit: true });
  return (request, response, next) => {
    const exchange = newExchange(requestIdFrom(request.get(requestIdHeader)));
    attachExchange(response, exchange);
    setCommonHeaders(response, exchange, options);
    abortWhenCallerLeaves(response, exchange);
    response.once('close', () => {
      void Promise.allSettled([exchange.handled]).then(() =>
        record(exchange, response, options.logger, audit),
      );
    });
    next();
  };
}

function setCommonHeaders(response: Response, { requestId }: Exchange, options: ExchangeOptions): void {
  response.set({
    [requestIdHeader]: requestId,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (options.connectors.current().info.target === 'simulator') response.set('X-Zoom-Target', 'simulator');
  // A caller that keeps its connection would hold up the shutdown.
  if (options.running.stopping) response.set('Connection', 'close');
}

function record(exchange: Exchange, response: Response, logger: Logger, audit: Logger): void {
  const answered = response.writableFinished;
  const durationMs = performance.now() - exchange.startedAt;
  const status = response.headersSent ? response.statusCode : undefined;
  const entry = operationEntry(exchange, { status, answered, durationMs });
  logger.log(levelOf(exchange, answered), 'operation', entry);
  if (exchange.operation?.effect === 'write' && !exchange.dryRun) audit.info('write', auditEntry(exchange));
}
