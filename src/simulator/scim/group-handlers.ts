import { membersOf } from '../core/json.js';
import { addGroup, isGroupName, isQuotaUsedUp } from '../groups/group-handlers.js';
import { created, noContent, ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { Group, User } from '../state/records.js';
import type { World } from '../world.js';
import { metaOf, scimError, urns } from './scim-error.js';
import { listReply, readEquality, readMemberPath, windowOf } from './scim-list.js';

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

/** DELETE /scim2/Groups/{groupId}: refuses to delete the default group of the account. */
export function deleteScimGroup(call: Call): Reply {
  const { groups, users } = call.world;
  const group = scimGroupOf(call);
  if (group === groups.default) throw scimError(call.world, 400, 'Cannot delete account default group.');
  groups.remove(group, users.list('pending'));
  return noContent;
}

/** The group named in the path. @throws ApiError 404 in SCIM's form */
function scimGroupOf(call: Call): Group {
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

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

type Step = () => void;

const aliasPath = `${urns.zoomGroup}:emailAlias`;

/** PATCH /scim2/Groups/{groupId}: checks all operations before it carries out the first one. */
export function patchScimGroup(call: Call): Reply {
  const { world } = call;
  const group = scimGroupOf(call);
  const list = membersOf(call.body)['Operations'];
  if (!Array.isArray(list) || list.length === 0) throw invalidOperations(world);
  const steps = list.map((item: unknown) => stepOf(world, group, readOperation(item)));
  for (const step of steps) step();
  return noContent;
}

function stepOf(world: World, group: Group, { op, path, value }: Operation): Step {
  if (op === 'replace' && path !== 'members') return renaming(world, group, path, value);
  if (path === 'members' && (op === 'add' || op === 'replace')) {
    const users = readUsers(world, value);
    return () => setMembers(world, group, users, op === 'replace');
  }
  const id = op === 'remove' ? readMemberPath(path) : undefined;
  if (id === undefined) throw invalidOperations(world);
  const [user] = visibleUser(world, id);
  return () => {
    if (user) world.groups.leave(group, user);
  };
}

function renaming(world: World, group: Group, path: string, value: unknown): Step {
  const values = path === '' ? membersOf(value) : { [path]: value };
  const { displayName: name, [aliasPath]: alias } = values;
  if (name === undefined ? typeof alias !== 'string' : !isGroupName(name)) throw invalidOperations(world);
  const other = typeof name === 'string' ? world.groups.byName(name) : undefined;
  if (other && other !== group) throw scimError(world, 409, `Group ${other.name} exists.`);
  return () => {
    if (typeof name === 'string') world.groups.rename(group, name);
    if (typeof alias === 'string') group.email_alias = alias;
  };
}

function setMembers(world: World, group: Group, users: readonly User[], replace: boolean): void {
  if (replace)
    for (const user of [...group.members]) if (!users.includes(user)) world.groups.leave(group, user);
  for (const user of users) world.groups.join(group, user);
}

function readUsers(world: World, value: unknown): User[] {
  if (!Array.isArray(value)) throw invalidOperations(world);
  return value.flatMap((item: unknown) => visibleUser(world, String(membersOf(item)['value'])));
}

/** The user with an id, as a list. Empty for a user that SCIM does not show, which SCIM silently skips. */
function visibleUser(world: World, id: string): User[] {
  const user = world.users.byId(id);
  return user && user.status !== 'pending' ? [user] : [];
}

function readOperation(item: unknown): Operation {
  const { op, path, value } = membersOf(item);
  return { op: String(op).toLowerCase(), path: typeof path === 'string' ? path : '', value };
}

function invalidOperations(world: World): Error {
  return scimError(world, 400, 'The "Operations" of the request is invalid.');
}
