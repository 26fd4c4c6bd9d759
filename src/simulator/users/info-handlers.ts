import { required } from '../http/query.js';
import { ok, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { memberOf } from './find-user.js';

/** GET /users/email: true only for work e-mail logins of this account. */
export function checkEmail(call: Call): Reply {
  const email = required(call.query, 'email', 'Email is required.');
  const user = call.world.users.byEmail(email);
  return ok({ existed_email: user?.login_type === 100 && user.status !== 'pending' });
}

/** GET /users/vanity_name. */
export function checkVanityName(call: Call): Reply {
  const name = required(call.query, 'vanity_name', 'Vanity name is required.');
  return ok({ existed: call.world.users.byVanityName(name) !== undefined });
}

/** GET /users/summary. */
export function summarizeUsers(call: Call): Reply {
  const { licences, users } = call.world;
  return ok({
    licensed_users_count: licences.pool('licensed').used,
    basic_users_count: licences.pool('basic').used,
    on_prem_users_count: 0,
    room_users_count: 0,
    pending_users_count: users.list('pending').length,
    join_only_users_count: 0,
    total_users_count: users.size,
  });
}

/** GET /users/{userId}/permissions. */
export function readPermissions(call: Call): Reply {
  const user = memberOf(call);
  return ok({ permissions: call.world.roles.byId(user.role_id)?.privileges ?? [] });
}
