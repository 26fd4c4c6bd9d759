import { createJwt } from '../core/ids.js';
import { ApiError, ok, type Reply } from '../http/reply.js';
import type { World } from '../world.js';
import { grantedScopes } from './authenticate.js';

/** A request to the token endpoint. Its parameters are in the body or in the query. */
interface TokenRequest {
  readonly authorization: string | undefined;
  readonly query: URLSearchParams;
  readonly bodyText: string;
}

/**
 * Grants a server-to-server token.
 * Source: https://developers.zoom.us/docs/internal-apps/s2s-oauth/
 */
export function grantToken(world: World, request: TokenRequest): Reply {
  const body = new URLSearchParams(request.bodyText);
  const parameter = (name: string): string => body.get(name) ?? request.query.get(name) ?? '';
  checkClient(world, request.authorization);
  if (parameter('grant_type') !== 'account_credentials') {
    throw oauthError(400, 'unsupported grant type', 'unsupported_grant_type');
  }
  if (parameter('account_id') !== world.options.accountId) {
    throw oauthError(400, 'Bad Request', 'invalid_request');
  }
  return issueToken(world, parameter('token_index') || parameter('index') || '0');
}

function issueToken(world: World, slot: string): Reply {
  const { liveTokens, tokenLifeSeconds } = world.options;
  const scopes = grantedScopes(world);
  const now = world.clock.now();
  if (liveTokens === 'one') world.accessTokens.revokeSlot(slot);
  const value = createJwt(claimsOf(world, now, tokenLifeSeconds), world.options.clientSecret);
  const expiresAt = now + tokenLifeSeconds * 1000;
  world.accessTokens.add({ value, scopes: new Set(scopes), expiresAt, slot });
  return ok({
    access_token: value,
    token_type: 'bearer',
    expires_in: tokenLifeSeconds,
    scope: scopes.join(' '),
    api_url: 'https://api.zoom.us',
  });
}

function claimsOf(world: World, now: number, life: number): Record<string, unknown> {
  const owner = world.users.list('active', '0')[0];
  const issued = Math.floor(now / 1000);
  return {
    aud: 'https://oauth.zoom.us',
    uid: owner?.id ?? '',
    ver: 10,
    auid: world.random.bits().toString(16),
    nbf: issued,
    code: world.random.bits().toString(36),
    iss: `zm:cid:${world.options.clientId}`,
    gno: 0,
    exp: issued + life,
    type: 3,
    iat: issued,
    aid: world.options.accountId,
  };
}

function checkClient(world: World, authorization: string | undefined): void {
  const { clientId, clientSecret, invalidClientStatus } = world.options;
  const [scheme, credentials] = (authorization ?? '').split(' ');
  const given = Buffer.from(credentials ?? '', 'base64').toString();
  if (scheme?.toLowerCase() !== 'basic' || given !== `${clientId}:${clientSecret}`) {
    throw oauthError(invalidClientStatus, 'Invalid client_id or client_secret', 'invalid_client');
  }
}

function oauthError(status: number, reason: string, error: string): ApiError {
  return new ApiError({ status, body: { reason, error } });
}
