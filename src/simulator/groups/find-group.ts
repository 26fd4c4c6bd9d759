import { isoTime } from '../core/clock.js';
import { membersOf } from '../core/json.js';
import { created, invalidField, type Reply, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { Group, User } from '../state/records.js';
import { userByKey } from '../users/find-user.js';
import type { World } from '../world.js';

/** The group named in the path. @throws ApiError 404/4130 */
export function groupOf(call: Call): Group {
  return findGroup(call.world, param(call, 'groupId'));
}

export function findGroup(world: World, groupId: string): Group {
  const group = world.groups.byId(groupId);
  if (!group) throw zoomError(404, 4130, `A group with this ${groupId} does not exist.`);
  return group;
}

/**
 * The users named in a list of `{id}` or `{email}` entries; the id counts if an entry has both. Unknown users are
 * left out.
 * @throws ApiError 400/300 when the list is missing, empty or too long.
 */
export function readUserReferences(call: Call, name: string, maximum: number): User[] {
  const list = membersOf(call.body)[name];
  if (!Array.isArray(list) || list.length === 0 || list.length > maximum) throw invalidField(name);
  return list.flatMap((entry: unknown) => {
    const { id, email } = membersOf(entry);
    const key = typeof id === 'string' && id !== '' ? id : email;
    const user = typeof key === 'string' ? userByKey(call.world, key) : undefined;
    return user ? [user] : [];
  });
}

/** The answer to an addition. It contains the ids as one string, separated by commas. */
export function addedReply(call: Call, users: readonly User[], dateName: 'added_at' | 'add_at'): Reply {
  const ids = users.map((user) => user.id).join(',');
  return created({ [dateName]: isoTime(call.world.clock.now()), ids });
}
