import { HttpProblem } from '../problem/http-problem.js';

/** A permission of a token. No scope includes another. */
export type Scope = 'read' | 'write' | 'admin';

/** The callers that an operation accepts: tokens with a scope, any valid token, or everyone. */
export type Access = Scope | 'anyToken' | 'open';

/** An authenticated caller. */
export interface Caller {
  /** Name for logs and audit, from the configuration or the token. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Names of the connectors that it may use; all without it. */
  readonly connectors?: readonly string[];
}

/**
 * Finds the caller that owns a token. The first verifier that knows the token decides.
 * @returns `undefined` if the verifier does not know the token; a rejection refuses it.
 */
export type TokenVerifier = (token: string) => Caller | undefined | Promise<Caller | undefined>;

const realm = 'Bearer realm="zoom-identity-connector"';

/** The value of `WWW-Authenticate` for a refused token (RFC 6750). @param scope - scopes of which one would do. */
export function challenge(error: 'insufficient_scope' | 'invalid_token', scope?: string): string {
  return `${realm}, error="${error}"${scope === undefined ? '' : `, scope="${scope}"`}`;
}

/** The `b64token` of RFC 6750, with a maximum length so that callers cannot make us hash megabytes. */
const credentials = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*)$/i;

/**
 * Identifies a caller by the `Authorization` header.
 * @throws HttpProblem `unauthorized` if no verifier knows the token.
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
  throw unauthorized('The token is not known.', challenge('invalid_token'));
}

/**
 * Checks that a caller may call an operation.
 * @param caller - `undefined` if the service runs without authentication.
 * @throws HttpProblem `forbidden` if the caller's token lacks the scope.
 */
export function authorise(access: Access, caller: Caller | undefined): void {
  if (caller === undefined || access === 'open' || access === 'anyToken') return;
  if (caller.scopes.includes(access)) return;
  throw new HttpProblem('forbidden', {
    detail: `The token lacks the scope "${access}".`,
    headers: { 'WWW-Authenticate': challenge('insufficient_scope', access) },
  });
}

/** True if a caller may use the connector of this name; a single one has an empty name. */
export function mayUseConnector(caller: Caller | undefined, name: string): boolean {
  return caller?.connectors === undefined || caller.connectors.includes(name);
}

function unauthorized(detail: string, header: string): HttpProblem {
  return new HttpProblem('unauthorized', { detail, headers: { 'WWW-Authenticate': header } });
}
