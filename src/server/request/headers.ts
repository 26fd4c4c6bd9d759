import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { HttpProblem } from '../problem/http-problem.js';

/**
 * Chooses the media type of the answer, before the operation runs: a write must not happen if the caller cannot accept
 * its answer.
 * @param offered - media types of the operation, best first. Empty if it returns no body.
 * @returns `undefined` if the operation returns no body.
 * @throws HttpProblem `notAcceptable`.
 */
export function acceptedMediaType(request: Request, offered: readonly string[]): string | undefined {
  if (offered.length === 0) return undefined;
  const chosen = request.accepts([...offered]);
  if (chosen !== false) return chosen;
  throw new HttpProblem('notAcceptable', { detail: `This operation returns ${offered.join(' or ')}.` });
}

/** Header with the id of a request, in the request and in the answer. */
export const requestIdHeader = 'X-Request-Id';

/** Characters that are safe in a header, a log line and a shell. No `@`, so that an e-mail address is never an id. */
const acceptable = /^[A-Za-z0-9._~:+/=-]{1,128}$/;

/**
 * The id of a request.
 * @param header - the caller's id; if it is absent or has unsafe characters, the request gets a new one.
 */
export function requestIdFrom(header: string | undefined): string {
  return header !== undefined && acceptable.test(header) ? header : randomUUID();
}
