import type { Call, Route } from '../http/route.js';

const noRelease = (): void => undefined;

/**
 * Takes or checks the lock that a call on a user needs, and returns the release.
 * @throws ApiError with 429 while another call excludes this one.
 */
export function takeLock(route: Route, call: Call): () => void {
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
