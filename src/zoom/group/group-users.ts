import type { Session } from '../../connector/session.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { inGroup } from '../user/memberships.js';
import { type GroupUsers, readGroupUsers } from './users.js';

/** The changes of a group with what Zoom knows of the users they add. */
interface ResolvedUsers {
  readonly changes: readonly ResolvedChange[];
  /** The users to be added to the members, by id. */
  readonly members: GroupUsers;
  /** The users to be made administrators, by address. */
  readonly admins: GroupUsers;
}

const none: GroupUsers = new Map();

/** Attributes that list users. */
const userLists: readonly string[] = ['MEMBER_IDS', 'ADMIN_EMAILS'];

/**
 * Reads the users that changes of a group add, and takes out of the changes what is there already: administrators are
 * compared by address, because Zoom lists no ids of them, and pending users are in no list of members.
 * @param shown - the name of an attribute as the caller knows it.
 * @throws ConnectorError `invalidAttributeValue` that names users Zoom does not know.
 */
export async function resolveUsers(
  groupId: string,
  changes: readonly ResolvedChange[],
  shown: (attribute: string) => string,
  session: Session,
): Promise<ResolvedUsers> {
  const read = (attribute: string) => usersOf(attribute, changes, shown, session);
  const members = await read('MEMBER_IDS');
  const admins = await read('ADMIN_EMAILS');
  const resolved = changes.map((change) => {
    if (change.attribute === 'MEMBER_IDS') return withoutHeld(change, members, groupId);
    return change.attribute === 'ADMIN_EMAILS' ? byAddress(change, admins) : change;
  });
  return {
    changes: resolved.filter(doesSomething),
    members,
    admins: new Map([...admins.values()].map((user) => [user.address, user])),
  };
}

async function usersOf(
  attribute: string,
  changes: readonly ResolvedChange[],
  shown: (attribute: string) => string,
  session: Session,
): Promise<GroupUsers> {
  const added = changes.find((change) => change.attribute === attribute)?.added ?? [];
  return added.length === 0 ? none : readGroupUsers(shown(attribute), added.map(String), session);
}

/** A pending user that was put into the group before is not put there again. */
function withoutHeld(change: ResolvedChange, users: GroupUsers, groupId: string): ResolvedChange {
  const isHeld = inGroup(groupId);
  const added = change.added.filter((id) => {
    const user = users.get(String(id));
    return user?.pending !== true || !isHeld(user.record);
  });
  return { ...change, added };
}

/** The change over addresses alone; ids to be removed stay where the present administrators are not known. */
function byAddress(change: ResolvedChange, users: GroupUsers): ResolvedChange {
  const addressOf = (value: unknown) => users.get(String(value))?.address ?? String(value);
  const { before } = change;
  const after = distinct(change.after.map(addressOf));
  const added = distinct(change.added.map(addressOf));
  if (before === undefined) return { ...change, after, added };
  return {
    ...change,
    after,
    added: without(added, before.map(String)),
    removed: without(change.removed.map(String), after),
  };
}

function distinct(addresses: readonly string[]): readonly string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
}

function without(values: readonly string[], taken: readonly string[]): readonly string[] {
  const keys = new Set(taken.map((value) => value.toLowerCase()));
  return values.filter((value) => !keys.has(value.toLowerCase()));
}

function doesSomething({ added, attribute, removed }: ResolvedChange): boolean {
  return !userLists.includes(attribute) || added.length + removed.length > 0;
}
