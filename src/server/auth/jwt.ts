import { errors as joseErrors, type JWTPayload, jwtVerify } from 'jose';
import { createHash } from 'node:crypto';
import { HttpProblem } from '../problem/http-problem.js';
import { type Caller, challenge, type Scope, type TokenVerifier } from './authenticate.js';
import type { KeySource } from './key-source.js';

/** The tokens that are accepted. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: string;
  /** Names of asymmetric signature algorithms. */
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
}

/** The form of a signed token. The signature of an unsigned one is empty; it is refused by name, not as unknown. */
const signedToken = /^[\w-]+\.[\w-]*\.[\w-]*$/;

const scopes: readonly Scope[] = ['read', 'write', 'admin'];

/**
 * Verifies JSON Web Tokens of one issuer. A token without `exp` is refused.
 * @param now - the time in milliseconds.
 * @returns a verifier that throws `HttpProblem`: `unauthorized` if the token is not valid, `forbidden` if it has none of
 * our scopes, `keysUnavailable` if it cannot be checked.
 */
export function jwtVerifier(
  settings: JwtSettings,
  keys: Pick<KeySource, 'find'>,
  now: () => number,
): TokenVerifier {
  const { algorithms, audience, clockToleranceSeconds, issuer } = settings;
  return async (token) => {
    if (!signedToken.test(token)) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys.find, {
        algorithms: [...algorithms],
        audience,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
        issuer,
        requiredClaims: ['exp'],
      });
      return callerOf(payload);
    } catch (thrown) {
      if (thrown instanceof HttpProblem) throw thrown;
      throw invalidToken(reasonOf(thrown));
    }
  };
}

function callerOf(claims: JWTPayload): Caller {
  const granted = ['scope', 'scp', 'roles'].flatMap((name) => wordsOf(claims[name]));
  const known = scopes.filter((scope) => granted.includes(scope));
  if (known.length === 0) {
    throw new HttpProblem('forbidden', {
      detail: 'The token has none of the scopes "read", "write" and "admin".',
      headers: { 'WWW-Authenticate': challenge('insufficient_scope', scopes.join(' ')) },
    });
  }
  const { connectors } = claims;
  return {
    name: nameOf(claims),
    scopes: known,
    // A claim of another form allows none.
    ...(connectors !== undefined && { connectors: wordsOf(connectors) }),
  };
}

/** The words of a claim. None is empty: an empty name would be that of the only connector. */
function wordsOf(claim: unknown): string[] {
  const words: unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
}

/** A client id that may be logged: bounded, and no e-mail address. */
const loggable = /^[\w.:/~-]{1,128}$/;

/**
 * The name of a caller in logs and audit records: the client that the token was issued to. The subject may be a person's
 * address, so only a digest of it is used.
 */
function nameOf({ azp, client_id: clientId, iss = '', sub = '' }: JWTPayload): string {
  const client = [azp, clientId].find((id) => typeof id === 'string' && loggable.test(id));
  if (typeof client === 'string') return `jwt:${client}`;
  const digest = createHash('sha256')
    .update(JSON.stringify([iss, sub]))
    .digest('hex');
  return `jwt:sub-${digest.slice(0, 16)}`;
}

/** What is wrong with the token. The sentences are ours, because those of the library can quote claims. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof joseErrors.JWTExpired) return 'The token has expired.';
  if (thrown instanceof joseErrors.JWTClaimValidationFailed) {
    return thrown.reason === 'missing'
      ? `The token lacks the claim "${thrown.claim}".`
      : `The claim "${thrown.claim}" of the token is not the expected one.`;
  }
  if (thrown instanceof joseErrors.JOSEAlgNotAllowed) return 'The algorithm of the token is not accepted.';
  if (thrown instanceof joseErrors.JWKSNoMatchingKey) return 'The issuer has no such key.';
  return 'The token is not valid.';
}

function invalidToken(detail: string): HttpProblem {
  return new HttpProblem('unauthorized', {
    detail,
    headers: { 'WWW-Authenticate': challenge('invalid_token') },
  });
}
