import { HttpProblem } from '../problem/http-problem.js';
import type { Access, Caller, TokenVerifier } from './caller.js';

const realm = 'Bearer realm="zoom-identity-connector"';

/** The `b64token` of RFC 6750, bounded so that nobody makes us hash megabytes. */
const credentials = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*)$/i;

/**
 * Who sends this `Authorization` header.
 * @throws HttpProblem `unauthorized` when no verifier knows the token.
 */
export async function authenticate(
  header: string | undefined,
  verifiers: readonly TokenVerifier[],
): Promise<Caller> {
  if (header === undefined) throw unauthorized('The request has no Authorization header.', realm);
  const token = credentials.exec(header)?.[1];
  if (token === undefined) throw unauthorized('The Authorization header is not a bearer token.', realm);
  for (const verify of verifiers) {
    const caller = await verify(token);
    if (caller !== undefined) return caller;
  }
  throw unauthorized('The token is not known.', `${realm}, error="invalid_token"`);
}

/**
 * Lets a caller pass or not.
 * @param caller - `undefined` when the service runs without authentication.
 * @throws HttpProblem `forbidden` when the caller's token lacks the scope.
 */
export function authorise(access: Access, caller: Caller | undefined): void {
  if (caller === undefined || access === 'open' || access === 'anyToken') return;
  if (caller.scopes.includes(access)) return;
  throw new HttpProblem('forbidden', {
    detail: `The token lacks the scope "${access}".`,
    headers: { 'WWW-Authenticate': `${realm}, error="insufficient_scope", scope="${access}"` },
  });
}

function unauthorized(detail: string, challenge: string): HttpProblem {
  return new HttpProblem('unauthorized', { detail, headers: { 'WWW-Authenticate': challenge } });
}
