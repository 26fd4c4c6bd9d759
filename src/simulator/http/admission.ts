import { authenticate, bearerOf, checkScopes } from '../oauth/authenticate.js';
import type { World } from '../world.js';
import type { IdentifiedCall } from './identify.js';
import { withHeaders, zoomError } from './reply.js';
import type { Call, Route } from './route.js';

const noRelease = (): void => undefined;

/**
 * Takes or checks the lock that a call on a user needs, and returns the release.
 * @throws ApiError with 429 while another call excludes this one.
 */
function takeLock(route: Route, call: Call): () => void {
  const { locks, options } = call.world;
  if (!options.concurrencyLocks) return noRelease;
  if (route.path === '/users' && route.method === 'POST') {
    const email = emailOf(call.body);
    return email === undefined ? noRelease : locks.hold(email, 'create');
  }
  const userId = call.params['userId'];
  if (userId === undefined || !route.path.startsWith('/users/')) return noRelease;
  const key = keyOf(call, userId);
  if (route.path === '/users/{userId}' && route.method === 'DELETE') return locks.hold(key, 'delete');
  locks.check(key);
  return noRelease;
}

/** Users are locked by address, because a new user has an address before it has an id. */
function keyOf(call: Call, userId: string): string {
  return call.world.users.byId(userId)?.email ?? userId.toLowerCase();
}

function emailOf(body: unknown): string | undefined {
  const info = (body as { user_info?: { email?: unknown } } | undefined)?.user_info;
  return typeof info?.email === 'string' ? info.email.toLowerCase() : undefined;
}

/** A call that has passed every check before its handler. */
interface Admission {
  readonly route: Route;
  readonly call: Call;
  /** Headers for the answer, in addition to those of the handler. */
  readonly headers: Readonly<Record<string, string>>;
  /** Releases the locks of the call. Must be called when the call has ended. */
  readonly release: () => void;
}

/**
 * Checks in this order: token, path, rate limit, scope, features of the account.
 * @throws ApiError for the first check that fails.
 */
export function admit(world: World, identified: IdentifiedCall, body: unknown): Admission {
  const scim = identified.api === 'scim';
  const scopes = authenticate(world, bearerOf(identified.authorization), scim);
  const { match } = identified;
  if (!match) throw zoomError(world.options.unknownPathStatus, 2300, 'This API endpoint is not recognized.');
  const headers = world.limiter.admit(world, match.entry);
  try {
    checkScopes(world, match.entry, scopes);
    checkAccount(world, match.entry);
    const call = { world, params: match.params, query: identified.query, body };
    return { route: match.entry, call, headers, release: takeLock(match.entry, call) };
  } catch (error) {
    throw withHeaders(error, headers);
  }
}

function checkAccount(world: World, route: Route): void {
  const { options } = world;
  if (route.family === 'phone' && !options.phoneEnabled) {
    throw zoomError(403, 2031, 'Zoom Phone has not been enabled for this account.');
  }
  if (route.path.startsWith('/groups') && options.plan === 'free') {
    throw zoomError(400, 200, 'Only available for Paid account.');
  }
  if (route.family === 'rest' && route.method !== 'GET' && !options.adminPermissions) {
    throw zoomError(400, 200, 'Invalid access token. Does not contain permissions [User:Edit].');
  }
}
