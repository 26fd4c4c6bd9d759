import { countedPage, paginate } from '../http/paging.js';
import { choice } from '../http/query.js';
import { ok, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { listRow } from './user-view.js';

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
