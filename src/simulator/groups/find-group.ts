import { zoomError } from '../http/api-error.js';
import { type Call, param } from '../http/route.js';
import type { Group } from '../state/group.js';
import type { World } from '../world.js';

/** The group that the path names. @throws ApiError 404/4130 */
export function groupOf(call: Call): Group {
  return findGroup(call.world, param(call, 'groupId'));
}

export function findGroup(world: World, groupId: string): Group {
  const group = world.groups.byId(groupId);
  if (!group) throw zoomError(404, 4130, `A group with this ${groupId} does not exist.`);
  return group;
}
