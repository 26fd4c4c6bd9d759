import { invalidField, zoomError } from '../http/api-error.js';
import { paginate } from '../http/paging.js';
import { created, noContent, ok, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import type { Group } from '../state/group.js';
import { duplicate } from '../users/duplicates.js';
import { membersOf } from '../core/json.js';
import { groupOf } from './find-group.js';
import { addGroup, isGroupName, isQuotaUsedUp } from './new-group.js';

/** GET /groups. */
export function listGroups(call: Call): Reply {
  const page = paginate(call.world, call.query, call.world.groups.all(), { name: 'groups', maximum: 300 });
  return ok({ groups: page.rows.map(groupView), total_records: page.total, next_page_token: page.token });
}

/** POST /groups. Source: https://developers.zoom.us/docs/api/users/#tag/groups/POST/groups */
export function createGroup(call: Call): Reply {
  const { world } = call;
  const name = readName(call);
  if (world.groups.byName(name)) throw duplicate(world, 4132, `The group name "${name}" is already in use.`);
  if (isQuotaUsedUp(world)) throw zoomError(400, 300, 'It has reached the maximum number of groups.');
  return created(groupView(addGroup(world, name)));
}

/** GET /groups/{groupId}. */
export function readGroup(call: Call): Reply {
  return ok(groupView(groupOf(call)));
}

/** PATCH /groups/{groupId}. */
export function renameGroup(call: Call): Reply {
  const { world } = call;
  const group = groupOf(call);
  const name = readName(call);
  const other = world.groups.byName(name);
  if (other && other !== group) throw duplicate(world, 4132, `Group name ${name} is already in use.`);
  world.groups.rename(group, name);
  return noContent;
}

/** DELETE /groups/{groupId}. */
export function deleteGroup(call: Call): Reply {
  const { groups, users } = call.world;
  groups.remove(groupOf(call), users.list('pending'));
  return noContent;
}

function groupView(group: Group): Record<string, unknown> {
  return { id: group.id, name: group.name, total_members: group.members.length };
}

function readName(call: Call): string {
  const { name } = membersOf(call.body);
  if (!isGroupName(name)) throw invalidField('name');
  return name;
}
