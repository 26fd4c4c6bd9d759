import { day, isoTime } from '../core/clock.js';
import { createId } from '../core/ids.js';
import { membersOf } from '../core/json.js';
import { paginate } from '../http/paging.js';
import { created, invalidField, noContent, ok, type Reply, zoomError } from '../http/reply.js';
import type { Call } from '../http/route.js';
import type { Group } from '../state/records.js';
import { duplicate } from '../users/find-user.js';
import type { World } from '../world.js';
import { groupOf } from './find-group.js';

const creationsPerDay = 100;

const maximumGroups = 5000;

/** Adds a group and counts it against the daily limit. */
export function addGroup(world: World, name: string): Group {
  const now = world.clock.now();
  world.groups.creations.push(now);
  return world.groups.add(createId(world.random), name, isoTime(now));
}

/** True for a name that Zoom accepts for a group. */
export function isGroupName(name: unknown): name is string {
  return typeof name === 'string' && name.trim() !== '' && name.length < 128;
}

/** True after 100 creations in a day, or with 5,000 groups in all. Without a plan there is no limit. */
export function isQuotaUsedUp(world: World): boolean {
  if (world.options.plan === 'none') return false;
  const since = world.clock.now() - day;
  const today = world.groups.creations.filter((instant) => instant > since).length;
  return today >= creationsPerDay || world.groups.size >= maximumGroups;
}

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
