import { HttpProblem } from '../problem/http-problem.js';

/** What a token may be used for; none of them includes another. */
export type Scope = 'read' | 'write' | 'admin';

/** Who may call an operation: holders of a scope, holders of any valid token, or everybody. */
export type Access = Scope | 'anyToken' | 'open';

/** An authenticated caller. */
export interface Caller {
  /** Name for logs and audit, from the configuration or the token. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/**
 * Tells whose token this is. Verifiers are asked in order; the first that knows the token decides.
 * @returns `undefined` when the token is not one of this verifier's.
 */
export type TokenVerifier = (token: string) => Caller | undefined | Promise<Caller | undefined>;

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
