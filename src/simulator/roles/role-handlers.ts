import { createId } from '../core/ids.js';
import { membersOf } from '../core/json.js';
import { addedReply, readUserReferences } from '../groups/find-group.js';
import { choice, countedPage, paginate } from '../http/paging.js';
import {
  type ApiError,
  created,
  invalidField,
  noContent,
  ok,
  type Reply,
  userNotFound,
  zoomError,
} from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { builtInRoles, type User } from '../state/records.js';
import type { Role } from '../state/roles.js';
import { userByKey } from '../users/find-user.js';
import type { World } from '../world.js';

/** The role named in the path. @throws ApiError 400/1034 */
export function roleOf(call: Call): Role {
  const role = call.world.roles.byId(param(call, 'roleId'));
  if (!role) throw zoomError(400, 1034, 'Provided role_id does not exist.');
  return role;
}

function isBuiltIn(role: Role): boolean {
  return Object.values(builtInRoles).some((id) => id === role.id);
}

/** GET /roles: all roles in one answer. */
export function listRoles(call: Call): Reply {
  const type = choice(call.query, 'type', ['common', 'iq']);
  const roles = type === 'iq' ? [] : call.world.roles.all().map((role) => roleView(call.world, role));
  return ok({ roles, total_records: roles.length });
}

/** GET /roles/{roleId}. */
export function readRole(call: Call): Reply {
  const role = roleOf(call);
  return ok({
    ...roleView(call.world, role),
    privileges: role.privileges,
    privilege_scopes: [],
    sub_account_privileges: { second_level: 0 },
  });
}

/** POST /roles. Zoom documents only a 200 that contains an error. Older documents and clients know 201. */
export function createRole(call: Call): Reply {
  const { world } = call;
  if (world.options.roleWrites === 'error')
    return refusedInSuccess('You do not have the permission to create a role.');
  const { name, description, privileges } = membersOf(call.body);
  if (typeof name !== 'string' || name === '') throw invalidField('name');
  if (world.roles.byName(name)) throw nameTaken(name);
  const role: Role = {
    id: `R${createId(world.random)}`,
    name,
    description: typeof description === 'string' ? description : '',
    privileges: privilegesOf(privileges) ?? [],
  };
  world.roles.add(role);
  return created({ ...roleView(world, role), privileges: role.privileges });
}

/** PATCH /roles/{roleId}. */
export function updateRole(call: Call): Reply {
  const { world } = call;
  if (world.options.roleWrites === 'error') {
    return refusedInSuccess('The account must be a paid account to update the role.');
  }
  const role = roleOf(call);
  const { name, description, privileges } = membersOf(call.body);
  const other = typeof name === 'string' ? world.roles.byName(name) : undefined;
  if (other && other !== role) throw nameTaken(other.name);
  if (typeof name === 'string' && name !== '') role.name = name;
  if (typeof description === 'string') role.description = description;
  role.privileges = privilegesOf(privileges) ?? role.privileges;
  return noContent;
}

/** DELETE /roles/{roleId}: its members get the role Member. */
export function deleteRole(call: Call): Reply {
  const { world } = call;
  const role = roleOf(call);
  if (isBuiltIn(role)) throw zoomError(400, 300, "Can't delete a built-in role.");
  for (const status of ['active', 'inactive', 'pending'] as const) {
    for (const user of [...world.users.list(status, role.id)]) {
      world.users.change(user, { role_id: builtInRoles.member });
    }
  }
  world.roles.remove(role);
  return noContent;
}

function roleView(world: World, role: Role): Record<string, unknown> {
  const { id, name, description } = role;
  const members = world.users.list('active', id).length + world.users.list('inactive', id).length;
  return { id, name, description, type: 'common', total_members: members };
}

function privilegesOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

function refusedInSuccess(message: string): Reply {
  return ok({ code: 200, message });
}

function nameTaken(name: string): ApiError {
  return zoomError(400, 1224, `Role name ${name} has already been used.`);
}

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

/** POST /roles/{roleId}/members: replaces the earlier role, because a user has exactly one. */
export function addRoleMembers(call: Call): Reply {
  const { world } = call;
  const role = assignable(call);
  const users = readUserReferences(call, 'members', 30).filter((user) => user.role_id !== builtInRoles.owner);
  for (const user of users) {
    if (user.status !== 'pending') world.users.change(user, { role_id: role.id });
  }
  return addedReply(call, users, 'add_at');
}

/** Answers like `addRoleMembers` and adds no member. */
export function acknowledgeRoleMembers(call: Call): Reply {
  return addedReply(call, readUserReferences(call, 'members', 30), 'add_at');
}

/** DELETE /roles/{roleId}/members/{memberId}: the user gets the role Member. */
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
