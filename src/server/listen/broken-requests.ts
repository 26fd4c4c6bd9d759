import { STATUS_CODES, type Server } from 'node:http';

import { HttpProblem, type HttpProblemName } from '../problem/http-problem.js';
import { problemMediaType, problemOf } from '../problem/problem.js';
import { requestIdFrom } from '../request/request-id.js';

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
