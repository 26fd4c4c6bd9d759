import type { Request } from 'express';
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
