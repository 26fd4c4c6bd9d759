import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { HttpProblem } from '../problem/http-problem.js';

/**
 * The media type to answer with.
 *
 * Checked before an operation runs, so that a write never happens whose answer the caller cannot take.
 * @param offered - what can be answered, best first; nothing offered means that there is no body.
 */
export function acceptedMediaType(request: Request, offered: readonly string[]): string | undefined {
  if (offered.length === 0) return undefined;
  const chosen = request.accepts([...offered]);
  if (chosen !== false) return chosen;
  throw new HttpProblem('notAcceptable', { detail: `This operation can answer ${offered.join(' or ')}.` });
}

/** Header that carries the id of a request, both ways. */
export const requestIdHeader = 'X-Request-Id';

/** Characters that are safe in a header, a log line and a shell; no `@`, so that nobody's address becomes an id. */
const acceptable = /^[A-Za-z0-9._~:+/=-]{1,128}$/;

/** The caller's id of a request if it is usable, else a new one. */
export function requestIdFrom(given: string | undefined): string {
  return given !== undefined && acceptable.test(given) ? given : randomUUID();
}
