import { ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { noScimUser, scimError } from './scim-error.js';
import { listReply, readEquality, windowOf } from './scim-list.js';
import { scimResource, scimRow } from './scim-user-view.js';

/** GET /scim2/Users: active and inactive users. SCIM does not show pending users. */
export function listScimUsers(call: Call): Reply {
  const { world, query } = call;
  const { start, count } = windowOf(world, query);
  const filter = query.get('filter') ?? '';
  if (filter !== '') {
    const user = findByFilter(world, filter);
    return ok(listReply(user ? 1 : 0, start, user ? [scimRow(user)] : []));
  }
  const [active, inactive] = [world.users.list('active'), world.users.list('inactive')];
  const from = start - 1;
  const rows = active.slice(from, from + count);
  const first = Math.max(0, from - active.length);
  if (rows.length < count) rows.push(...inactive.slice(first, first + count - rows.length));
  return ok(listReply(active.length + inactive.length, start, rows.map(scimRow)));
}

/** GET /scim2/Users/{userId}. */
export function readScimUser(call: Call): Reply {
  return ok(scimResource(call.world, scimUserOf(call)));
}

/** The user with the id in the path. @throws ApiError 404 in SCIM's form, also for pending users */
export function scimUserOf(call: Call): User {
  const user = call.world.users.byId(param(call, 'userId'));
  if (!user || user.status === 'pending') throw noScimUser(call.world);
  return user;
}

function findByFilter(world: World, filter: string): User | undefined {
  const equality = readEquality(filter);
  if (equality?.attribute === 'externalId') {
    const user = world.users.byId(equality.value);
    return user?.status === 'pending' ? undefined : user;
  }
  if (equality?.attribute === 'userName') return findByName(world, equality.value);
  throw scimError(world, 400, `The current filter is not supported, the filter name: ${filter}`);
}

/** A pending address, or one that was invited before, gets an error instead of an empty list. */
function findByName(world: World, email: string): User | undefined {
  const user = world.users.byEmail(email);
  const invited = user?.status === 'pending' || (!user && world.onceInvited.has(email.toLowerCase()));
  if (!invited) return user;
  if (world.options.scimPendingFilter === 'empty') return undefined;
  throw scimError(world, 400, `User ${email} not exist or not belong to this account.`);
}
