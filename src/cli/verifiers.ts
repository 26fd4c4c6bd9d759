import type { Logger } from 'winston';
import type { ConnectorConfig } from '../config/connector-config.js';
import { ConnectorError } from '../connid/errors.js';
import type { TokenVerifier } from '../server/auth/authenticate.js';
import { bearerTokenVerifier } from '../server/auth/bearer-tokens.js';

type Authentication = ConnectorConfig['server']['authentication'];
type JwtConfig = NonNullable<Authentication['jwt']>;

/**
 * The verifiers that a configuration asks for: of static tokens first, which need no keys.
 * @param now - the time in milliseconds.
 * @returns none if the service runs without authentication.
 */
export function verifiersOf(
  { bearerTokens, jwt }: Authentication,
  logger: Logger,
  now: () => number = Date.now,
): TokenVerifier[] {
  return [
    ...(bearerTokens.length > 0 ? [bearerTokenVerifier(bearerTokens)] : []),
    ...(jwt === null ? [] : [jwtVerifierWhenNeeded(jwt, logger, now)]),
  ];
}

/** Loads the library for tokens with the first request, because most services have no use for it. */
function jwtVerifierWhenNeeded(jwt: JwtConfig, logger: Logger, now: () => number): TokenVerifier {
  let made: Promise<TokenVerifier> | undefined;
  return async (token) => {
    made ??= makeJwtVerifier(jwt, logger, now);
    return (await made)(token);
  };
}

async function makeJwtVerifier(jwt: JwtConfig, logger: Logger, now: () => number): Promise<TokenVerifier> {
  const { jwtVerifier } = await import('../server/auth/jwt.js');
  const { fileTimings, KeySource, remoteTimings } = await import('../server/auth/key-source.js');
  const { fetchKeys, readKeyFile } = await import('../server/auth/load-keys.js');
  const { jwksFile, jwksUri } = jwt;
  const origin = jwksFile ?? jwksUri ?? '';
  const load = (): Promise<string> => (jwksFile === null ? fetchKeys(origin) : readKeyFile(origin));
  const timings = jwksFile === null ? remoteTimings : fileTimings;
  return jwtVerifier(jwt, new KeySource({ origin, load, timings, now, logger }), now);
}

/**
 * Checks that the file of keys can be used. Keys at a URL are not asked for, because the issuer may come later.
 * @throws ConnectorError `configuration`.
 */
export async function checkKeyFile({ jwt }: Authentication): Promise<void> {
  const file = jwt?.jwksFile ?? null;
  if (file === null) return;
  const { readKeySet } = await import('../server/auth/key-set.js');
  const { readKeyFile } = await import('../server/auth/load-keys.js');
  try {
    readKeySet(await readKeyFile(file));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown';
    throw new ConnectorError('configuration', 'The keys of the token issuer cannot be used.', {
      errors: [{ path: '/server/authentication/jwt/jwksFile', message: `${file}: ${reason}.` }],
      cause,
    });
  }
}
