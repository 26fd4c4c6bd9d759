import { userNotFound } from '../http/api-error.js';
import { countedPage, paginate } from '../http/paging.js';
import { choice, truth } from '../http/query.js';
import { ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { findInvited } from './find-user.js';
import { listRow, singleView } from './user-view.js';

/** GET /users: one status per call, in pages. */
export function listUsers(call: Call): Reply {
  const { world, query } = call;
  const status = choice(query, 'status', ['active', 'inactive', 'pending']);
  const extra = choice(query, 'include_fields', ['', 'custom_attributes', 'host_key']);
  const licence = choice(query, 'license', ['', 'zoom_workforce_management', 'zoom_compliance_management']);
  const roleId = query.get('role_id');
  const all = world.users.list(status, roleId === null || roleId === '' ? undefined : roleId);
  const users = licence === '' ? all : all.filter((user) => user.features[licence] === true);
  const maximum = world.options.maxUserPageSize;
  const page = paginate(world, query, users, { name: 'users', maximum });
  return ok({ ...countedPage(page), users: page.rows.map((user) => listRow(user, extra)) });
}

/** GET /users/{userId}: by id, address, `me`, or employee id with `search_by_unique_id`. */
export function readUser(call: Call): Reply {
  const { world, query } = call;
  const userId = param(call, 'userId');
  if (!truth(query, 'search_by_unique_id')) return ok(singleView(world, findInvited(world, userId)));
  const user = world.users.byEmployeeId(userId);
  if (!user) throw userNotFound(userId);
  return ok(singleView(world, user));
}
