import type { Logger } from 'winston';
import type { ConnectorConfig } from '../config/connector-config.js';
import { ConnectorError } from '../connid/errors.js';
import type { TokenVerifier } from '../server/auth/authenticate.js';
import { bearerTokenVerifier } from '../server/auth/bearer-tokens.js';
import { jwtVerifier } from '../server/auth/jwt.js';
import { readKeySet } from '../server/auth/key-set.js';
import { fileTimings, KeySource, remoteTimings } from '../server/auth/key-source.js';
import { fetchKeys, readKeyFile } from '../server/auth/load-keys.js';

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
    ...(jwt === null ? [] : [jwtVerifier(jwt, keysOf(jwt, logger, now), now)]),
  ];
}

function keysOf({ jwksFile, jwksUri }: JwtConfig, logger: Logger, now: () => number): KeySource {
  if (jwksFile !== null) {
    const load = () => readKeyFile(jwksFile);
    return new KeySource({ origin: jwksFile, load, timings: fileTimings, now, logger });
  }
  const origin = jwksUri ?? '';
  return new KeySource({ origin, load: () => fetchKeys(origin), timings: remoteTimings, now, logger });
}

/**
 * Checks that the file of keys can be used. Keys at a URL are not asked for, because the issuer may come later.
 * @throws ConnectorError `configuration`.
 */
export async function checkKeyFile({ jwt }: Authentication): Promise<void> {
  const file = jwt?.jwksFile ?? null;
  if (file === null) return;
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
