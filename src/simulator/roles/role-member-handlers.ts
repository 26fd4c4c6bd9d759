import { userNotFound, zoomError } from '../http/api-error.js';
import { countedPage, paginate } from '../http/paging.js';
import { noContent, ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { addedReply, readUserReferences } from '../groups/references.js';
import type { Role } from '../state/roles.js';
import { builtInRoles, type User } from '../state/records.js';
import { roleOf } from './role-handlers.js';
import { userByKey } from '../users/find-user.js';

/** GET /roles/{roleId}/members. */
export function listRoleMembers(call: Call): Reply {
  const { world } = call;
  const role = roleOf(call);
  const [active, inactive] = [world.users.list('active', role.id), world.users.list('inactive', role.id)];
  const members = inactive.length === 0 ? active : [...active, ...inactive];
  const listing = { name: `roles/${role.id}/members`, maximum: 300 };
  const page = paginate(world, call.query, members, listing);
  return ok({ ...countedPage(page), members: page.rows.map(memberView) });
}

/** POST /roles/{roleId}/members: a user has one role, so the earlier one is replaced. */
export function addRoleMembers(call: Call): Reply {
  const { world } = call;
  const role = assignable(call);
  const users = readUserReferences(call, 'members', 30).filter((user) => user.role_id !== builtInRoles.owner);
  for (const user of users) {
    if (user.status !== 'pending') world.users.change(user, { role_id: role.id });
  }
  return addedReply(call, users, 'add_at');
}

/** The same answer, and nobody added. */
export function acknowledgeRoleMembers(call: Call): Reply {
  return addedReply(call, readUserReferences(call, 'members', 30), 'add_at');
}

/** DELETE /roles/{roleId}/members/{memberId}: the user falls back to the role Member. */
export function removeRoleMember(call: Call): Reply {
  const role = assignable(call);
  const key = param(call, 'memberId');
  const user = userByKey(call.world, key);
  if (user?.role_id !== role.id) throw userNotFound(key);
  call.world.users.change(user, { role_id: builtInRoles.member });
  return noContent;
}

function assignable(call: Call): Role {
  const role = roleOf(call);
  if (role.id === builtInRoles.owner || role.id === builtInRoles.member) {
    throw zoomError(400, 300, "Can't delete or add members for Normal/Owner roles.");
  }
  return role;
}

function memberView(user: User): Record<string, unknown> {
  const { id, email, first_name, last_name, type } = user;
  return { id, email, first_name, last_name, type, department: user.dept };
}
