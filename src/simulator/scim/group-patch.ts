import { noContent, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { isGroupName } from '../groups/new-group.js';
import type { Group } from '../state/group.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { membersOf } from '../core/json.js';
import { scimGroupOf } from './group-handlers.js';
import { scimError } from './scim-error.js';
import { readMemberPath } from './scim-filter.js';
import { urns } from './urns.js';

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

type Step = () => void;

const aliasPath = `${urns.zoomGroup}:emailAlias`;

/** PATCH /scim2/Groups/{groupId}: all operations are checked before the first one is carried out. */
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

/** The user of an id; none where SCIM does not see it: then it is left out without a word. */
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
