import { addGroup, isGroupName, isQuotaUsedUp } from '../groups/new-group.js';
import { created, noContent, ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { Group } from '../state/group.js';
import type { World } from '../world.js';
import { membersOf } from '../core/json.js';
import { scimError } from './scim-error.js';
import { readEquality } from './scim-filter.js';
import { listReply, windowOf } from './scim-list.js';
import { metaOf, urns } from './urns.js';

/** GET /scim2/Groups. */
export function listScimGroups(call: Call): Reply {
  const { world, query } = call;
  const { start, count } = windowOf(world, query);
  const all = matching(world, query.get('filter') ?? '');
  return ok(listReply(all.length, start, all.slice(start - 1, start - 1 + count).map(groupView)));
}

/** GET /scim2/Groups/{groupId}: without members. */
export function readScimGroup(call: Call): Reply {
  return ok(groupView(scimGroupOf(call)));
}

/** POST /scim2/Groups. */
export function createScimGroup(call: Call): Reply {
  const { world } = call;
  const body = membersOf(call.body);
  const name = body['displayName'];
  if (!isGroupName(name)) throw scimError(world, 400, 'The "DisplayName" of the request is invalid.');
  if (world.groups.byName(name)) throw scimError(world, 409, `Group ${name} exists.`);
  if (isQuotaUsedUp(world)) throw scimError(world, 400, 'Create group failed.');
  const group = addGroup(world, name);
  const { emailAlias } = membersOf(body[urns.zoomGroup]);
  if (typeof emailAlias === 'string') group.email_alias = emailAlias;
  return created(groupView(group));
}

/** DELETE /scim2/Groups/{groupId}: not the default group of the account. */
export function deleteScimGroup(call: Call): Reply {
  const { groups, users } = call.world;
  const group = scimGroupOf(call);
  if (group === groups.default) throw scimError(call.world, 400, 'Cannot delete account default group.');
  groups.remove(group, users.list('pending'));
  return noContent;
}

/** The group that the path names. @throws ApiError 404 in SCIM's form */
export function scimGroupOf(call: Call): Group {
  const group = call.world.groups.byId(param(call, 'groupId'));
  if (!group) throw scimError(call.world, 404, 'Group does not exist.');
  return group;
}

function matching(world: World, filter: string): readonly Group[] {
  if (filter === '') return world.groups.all();
  const equality = readEquality(filter);
  if (equality?.attribute !== 'displayName') {
    throw scimError(world, 400, `The current filter does not support the filter name: ${filter}`);
  }
  const group = world.groups.byName(equality.value);
  return group ? [group] : [];
}

function groupView(group: Group): Record<string, unknown> {
  return {
    schemas: [urns.group, urns.zoomGroup],
    id: group.id,
    meta: metaOf('Group', group.id, group.created_at),
    displayName: group.name,
    [urns.zoomGroup]: { emailAlias: group.email_alias },
  };
}
