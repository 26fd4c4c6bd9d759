import { membersOf } from '../core/json.js';
import { countedPage, pageView, paginate } from '../http/paging.js';
import { noContent, ok, type Reply, userNotFound, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { Group, User } from '../state/records.js';
import { userByKey } from '../users/find-user.js';
import { addedReply, findGroup, groupOf, readUserReferences } from './find-group.js';

/** GET /groups/{groupId}/members. */
export function listMembers(call: Call): Reply {
  const group = groupOf(call);
  const listing = { name: `groups/${group.id}/members`, maximum: call.world.options.maxMemberPageSize };
  const page = paginate(call.world, call.query, group.members, listing);
  return ok({ ...countedPage(page), members: page.rows.map(memberView) });
}

/** POST /groups/{groupId}/members. Zoom confirms pending users in the answer but does not add them. */
export function addMembers(call: Call): Reply {
  const { world } = call;
  const group = groupOf(call);
  const users = readUserReferences(call, 'members', 30);
  const refused = users.find((user) => user.status === 'pending' && world.options.pendingWrites === 'refuse');
  if (refused) throw userNotFound(refused.id);
  for (const user of users) if (user.status !== 'pending') world.groups.join(group, user);
  return addedReply(call, users, 'added_at');
}

/** Answers like `addMembers` and adds no member. */
export function acknowledgeMembers(call: Call): Reply {
  return addedReply(call, readUserReferences(call, 'members', 30), 'added_at');
}

/** DELETE /groups/{groupId}/members/{memberId}. */
export function removeMember(call: Call): Reply {
  const group = groupOf(call);
  call.world.groups.leave(group, memberOf(call, group));
  return noContent;
}

/** PATCH /groups/{groupId}/members/{memberId}: moves a member, or makes a group the primary group of a member. */
export function updateMember(call: Call): Reply {
  const { groups } = call.world;
  const group = groupOf(call);
  const user = memberOf(call, group);
  const { action, target_group_id: targetId } = membersOf(call.body);
  if (typeof targetId !== 'string' || targetId === '') {
    throw zoomError(400, 300, 'The target_group_id can not be empty.');
  }
  const target = findGroup(call.world, targetId);
  if (action === 'move') {
    groups.leave(group, user);
    groups.join(target, user);
  } else if (action === 'set_primary') {
    if (!user.groups.includes(target)) throw noMember();
    groups.setPrimary(target, user);
  } else {
    throw zoomError(400, 300, 'Invalid field: action.');
  }
  return noContent;
}

function memberOf(call: Call, group: Group): User {
  const user = userByKey(call.world, param(call, 'memberId'));
  if (!user?.groups.includes(group)) throw noMember();
  return user;
}

function memberView(user: User): Record<string, unknown> {
  const { id, email, first_name, last_name, type } = user;
  return { id, email, first_name, last_name, type };
}

function noMember(): Error {
  return zoomError(404, 4131, 'Group member does not exist.');
}

/** GET /groups/{groupId}/admins: addresses and names, no ids. */
export function listAdmins(call: Call): Reply {
  const group = groupOf(call);
  const listing = { name: `groups/${group.id}/admins`, maximum: 300 };
  const page = paginate(call.world, call.query, group.admins, listing);
  return ok({
    admins: page.rows.map((user) => ({ email: user.email, name: user.display_name })),
    ...pageView(page),
  });
}

/** POST /groups/{groupId}/admins. */
export function addAdmins(call: Call): Reply {
  const group = groupOf(call);
  const users = readUserReferences(call, 'admins', 10).filter((user) => user.status === 'active');
  for (const user of users) if (!group.admins.includes(user)) group.admins.push(user);
  return addedReply(call, users, 'added_at');
}

/** Answers like `addAdmins` and adds no administrator. */
export function acknowledgeAdmins(call: Call): Reply {
  return addedReply(call, readUserReferences(call, 'admins', 10), 'added_at');
}

/** DELETE /groups/{groupId}/admins/{userId}. */
export function removeAdmin(call: Call): Reply {
  const group = groupOf(call);
  const user = userByKey(call.world, param(call, 'userId'));
  const index = user ? group.admins.indexOf(user) : -1;
  if (index < 0) throw zoomError(400, 4138, 'The user is not an administrator of the group.');
  group.admins.splice(index, 1);
  return noContent;
}
