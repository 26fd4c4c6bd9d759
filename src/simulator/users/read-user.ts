import { userNotFound } from '../http/api-error.js';
import { truth } from '../http/query.js';
import { ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { findInvited } from './find-user.js';
import { singleView } from './user-view.js';

/** GET /users/{userId}: by id, address, `me`, or employee id with `search_by_unique_id`. */
export function readUser(call: Call): Reply {
  const { world, query } = call;
  const userId = param(call, 'userId');
  if (!truth(query, 'search_by_unique_id')) return ok(singleView(world, findInvited(world, userId)));
  const user = world.users.byEmployeeId(userId);
  if (!user) throw userNotFound(userId);
  return ok(singleView(world, user));
}
