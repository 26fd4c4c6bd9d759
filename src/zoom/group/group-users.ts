import type { Session } from '../../connector/object-class/call.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import { textAt } from '../kit/json.js';
import { readEach } from '../kit/reads.js';
import { namingWhatWasRefused } from '../kit/refused-value.js';
import { getUser } from '../user/calls.js';
import { inGroup } from '../user/memberships.js';
import { statusIn, unknownStatus } from '../user/user-view.js';

/** A user to add to a group. */
export interface GroupUser {
  /** `undefined` if Zoom returns no id for a pending user. */
  readonly id: string | undefined;
  readonly address: string;
  readonly pending: boolean;
  readonly record: unknown;
}

/** Users by the id or address that the request contains. */
export type GroupUsers = ReadonlyMap<string, GroupUser>;

/**
 * Reads users one by one, because Zoom reports success also for users that it does not add to a group.
 * @param keys - ids or addresses.
 * @throws ConnectorError `invalidAttributeValue` that names the users Zoom does not know.
 */
async function readGroupUsers(
  attribute: string,
  keys: readonly string[],
  session: Session,
): Promise<GroupUsers> {
  const found = await findGroupUsers(keys, session);
  const unknown = keys.filter((key) => !found.has(key));
  if (unknown.length > 0) throw unknownUsers(attribute, unknown);
  return found;
}

/** Reads users one by one. The result does not contain users that Zoom does not know. */
export async function findGroupUsers(keys: readonly string[], session: Session): Promise<GroupUsers> {
  return readEach(keys, (key) => readGroupUser(key, session));
}

/** Zoom skips pending users silently, so a user whose status a read does not show is read once more. */
async function readGroupUser(key: string, session: Session): Promise<GroupUser | undefined> {
  const call = getUser(key, 'see whether the user can be added to the group');
  try {
    const record = await session.send(call);
    return toGroupUser(statusIn(record) === undefined ? await session.send(call) : record);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'unknownUid') return undefined;
    throw namingWhatWasRefused({ kind: 'user', value: key })(thrown);
  }
}

function toGroupUser(record: unknown): GroupUser {
  const address = textAt(record, 'email');
  if (address === undefined) {
    throw new ConnectorError('connectorIO', 'Zoom returned a user without an e-mail address.');
  }
  const status = statusIn(record);
  if (status === undefined) throw unknownStatus();
  return {
    id: textAt(record, 'id'),
    address,
    pending: status === 'pending',
    record,
  };
}

function unknownUsers(attribute: string, keys: readonly string[]): ConnectorError {
  const sentence =
    keys.length === 1 ? 'names a user that Zoom does not know' : 'names users that Zoom does not know';
  return new ConnectorError('invalidAttributeValue', `${attribute} ${sentence}: ${keys.join(', ')}.`);
}

/** The changes of a group, and Zoom's records of the users that they add. */
interface ResolvedUsers {
  readonly changes: readonly ResolvedChange[];
  /** The users to add as members, by id. */
  readonly members: GroupUsers;
  /** The users to add as administrators, by address. */
  readonly admins: GroupUsers;
}

const none: GroupUsers = new Map();

/** Attributes that list users. */
const userLists: readonly string[] = ['MEMBER_IDS', 'ADMIN_EMAILS'];

/**
 * Reads the users that changes of a group add, and drops users that are already in the group from the changes. It
 * compares administrators by address, because Zoom lists them without ids. Pending users are in no list of members, so
 * their own records decide.
 * @param publicName - returns the public name of an attribute.
 * @throws ConnectorError `invalidAttributeValue` that names users Zoom does not know.
 */
export async function resolveUsers(
  groupId: string,
  changes: readonly ResolvedChange[],
  publicName: (attribute: string) => string,
  session: Session,
): Promise<ResolvedUsers> {
  const read = (attribute: string) => usersOf(attribute, changes, publicName, session);
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
  publicName: (attribute: string) => string,
  session: Session,
): Promise<GroupUsers> {
  const added = changes.find((change) => change.attribute === attribute)?.added ?? [];
  return added.length === 0 ? none : readGroupUsers(publicName(attribute), added.map(String), session);
}

/** The change without pending users who are already in the group. */
function withoutHeld(change: ResolvedChange, users: GroupUsers, groupId: string): ResolvedChange {
  const isHeld = inGroup(groupId);
  const added = change.added.filter((id) => {
    const user = users.get(String(id));
    return user?.pending !== true || !isHeld(user.record);
  });
  return { ...change, added };
}

/** The change with addresses only. Ids to remove stay ids if the present administrators are unknown. */
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
