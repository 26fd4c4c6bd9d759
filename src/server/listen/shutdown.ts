import { once } from 'node:events';
import { type Server, STATUS_CODES } from 'node:http';
import type { ConnectorApp } from '../app.js';
import { HttpProblem, type HttpProblemName } from '../problem/http-problem.js';
import { problemMediaType, problemOf } from '../problem/problem.js';
import { requestIdFrom } from '../request/read-head.js';

/** Interval at which a shutdown closes connections that have become idle. */
const sweepMs = 50;

/**
 * Milliseconds in which a stopping service still accepts connections. Requests that are on their way get an answer, 503,
 * instead of a broken connection.
 */
const lingerMs = 250;

/** Milliseconds reserved at the end of the grace period for audit records and the last answers. */
const reserveMs = 500;

/**
 * The result of a shutdown: every operation finished, some were aborted, or the grace period ended and the remaining
 * connections were cut.
 */
export type ShutdownOutcome = 'finished' | 'aborted' | 'cut';

/**
 * Refuses new requests, after a moment also connections, and waits for running operations. Near the end of the grace period it aborts the
 * remaining operations, later it cuts off writes without an answer, at the end it closes the remaining connections.
 */
export async function shutDown(
  server: Server,
  { running, abortGraceMs }: Pick<ConnectorApp, 'running' | 'abortGraceMs'>,
  graceMs: number,
): Promise<ShutdownOutcome> {
  let outcome: ShutdownOutcome = 'finished';
  running.beginStopping();
  const closed = once(server, 'close');
  let sweep: NodeJS.Timeout | undefined;
  const linger = setTimeout(
    () => {
      server.close();
      sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    },
    Math.min(lingerMs, graceMs / 4),
  );
  const abortAfterMs = Math.max(graceMs / 2, graceMs - abortGraceMs - reserveMs);
  const abort = setTimeout(() => {
    if (running.count > 0) outcome = 'aborted';
    running.abortAll();
  }, abortAfterMs);
  const cut = setTimeout(() => running.cutAll(), Math.max((abortAfterMs + graceMs) / 2, graceMs - reserveMs));
  let end: NodeJS.Timeout | undefined;
  const graceOver = new Promise<'cut'>((resolve) => {
    end = setTimeout(() => resolve('cut'), graceMs);
  });
  try {
    const winner = await Promise.race([Promise.all([closed, running.idle()]), graceOver]);
    server.closeAllConnections();
    await closed;
    return winner === 'cut' ? winner : outcome;
  } finally {
    clearTimeout(linger);
    clearInterval(sweep);
    clearTimeout(abort);
    clearTimeout(cut);
    clearTimeout(end);
  }
}

const problemByCode: Readonly<Record<string, HttpProblemName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
};

/**
 * Answers with a problem to requests that are malformed or do not arrive in time.
 * @param onBroken - called with the code of every such error, and of failed TLS handshakes.
 */
export function answerBrokenRequests(server: Server, onBroken: (code: string) => void): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    onBroken(error.code ?? 'unknown');
    // After one answer the next may be half sent; a problem in its middle would corrupt it.
    const answered = 'bytesWritten' in socket && socket.bytesWritten !== 0;
    if (!socket.writable || answered) socket.destroy();
    else socket.end(rawAnswer(problemByCode[error.code ?? ''] ?? 'badRequest'));
  });
}

function rawAnswer(name: HttpProblemName): string {
  const problem = problemOf(new HttpProblem(name), requestIdFrom(undefined));
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${problemMediaType}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${problem.requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
