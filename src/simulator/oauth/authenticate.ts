import { type ApiError, zoomError } from '../http/reply.js';
import type { Route } from '../http/route.js';
import { routeTable } from '../routes.js';
import type { World } from '../world.js';

/** The scopes of the application: those in the options, or all of the scope model in use. */
export function grantedScopes(world: World): readonly string[] {
  const { grantedScopes: chosen, scopeModel } = world.options;
  if (chosen.length > 0) return chosen;
  const all = routeTable.flatMap((route) => route.scopes[scopeModel]);
  return [...new Set(all)].sort();
}

/** @throws ApiError when the application has none of the scopes that allow the call. */
export function checkScopes(world: World, route: Route, granted: ReadonlySet<string>): void {
  const needed = route.scopes[world.options.scopeModel];
  if (!needed.some((scope) => granted.has(scope))) throw missingScopes(world, needed);
}

function missingScopes(world: World, needed: readonly string[]): ApiError {
  const code = world.options.missingScopeCode;
  const list = code === 4711 ? `scopes:[${needed.join(', ')}]` : `${needed.join(', ')} scope`;
  return zoomError(400, code, `Invalid access token, does not contain ${list}.`);
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(authorization: string | undefined): string {
  const [scheme, token] = (authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : '';
}

/**
 * Checks the bearer token and returns its scopes.
 * @throws ApiError with code 124, and HTTP 401 or 400 depending on the option `invalidTokenStatus`.
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
