import { once } from 'node:events';
import { type Server, STATUS_CODES } from 'node:http';
import type { ConnectorApp } from '../app.js';
import { HttpProblem, type HttpProblemName } from '../problem/http-problem.js';
import { problemMediaType, problemOf } from '../problem/problem.js';
import { requestIdFrom } from '../request/headers.js';

/** Connections that become idle while we wait are closed this often. */
const sweepMs = 50;

/** Time between the last answer and the end of the grace period, for the answer to get out. */
const reserveMs = 500;

/**
 * How a shutdown ended: every operation finished, some had to be aborted, or the grace period ended and the connections
 * that were left were cut.
 */
export type ShutdownOutcome = 'finished' | 'aborted' | 'cut';

/**
 * Stops accepting, lets running operations finish, aborts those that would not finish within the grace period, and
 * at its end closes what is left.
 */
export async function shutDown(
  server: Server,
  { running, abortGraceMs }: Pick<ConnectorApp, 'running' | 'abortGraceMs'>,
  graceMs: number,
): Promise<ShutdownOutcome> {
  let outcome: ShutdownOutcome = 'finished';
  running.beginStopping();
  const closed = once(server, 'close');
  server.close();
  const abortAfterMs = Math.max(graceMs / 2, graceMs - abortGraceMs - reserveMs);
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  const abort = setTimeout(() => {
    if (running.count > 0) outcome = 'aborted';
    running.abortAll();
  }, abortAfterMs);
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
    clearInterval(sweep);
    clearTimeout(abort);
    clearTimeout(end);
  }
}

const problemByCode: Readonly<Record<string, HttpProblemName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'requestTimeout',
  HPE_HEADER_OVERFLOW: 'headersTooLarge',
};

/**
 * Answers requests that are so broken or slow that they never become one, in the form of all other failures.
 * @param broke - told the code of every such failure, TLS handshakes included.
 */
export function answerBrokenRequests(server: Server, broke: (code: string) => void): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    broke(error.code ?? 'unknown');
    // After a first answer there may be a second under way; words in its middle would falsify it.
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
