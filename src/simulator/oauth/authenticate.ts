import { type ApiError, zoomError } from '../http/api-error.js';
import type { World } from '../world.js';
import { grantedScopes } from './scopes.js';

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string {
  const [scheme, token] = (authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : '';
}

/**
 * Checks the bearer token and returns its scopes.
 * @throws ApiError with code 124, HTTP 401 or 400 as the option says.
 */
export function authenticate(world: World, token: string, scim: boolean): ReadonlySet<string> {
  if (scim && token === world.options.scimToken)
    return new Set(grantedScopes(world)).add('scim2:admin').add('scim2');
  const known = world.accessTokens.get(token);
  if (!known) throw tokenError(world, 'Invalid access token.');
  if (known.expiresAt <= world.clock.now()) throw tokenError(world, 'Access token is expired.');
  return known.scopes;
}

function tokenError(world: World, message: string): ApiError {
  return zoomError(world.options.invalidTokenStatus, 124, message);
}
