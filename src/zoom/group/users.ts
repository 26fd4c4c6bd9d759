import { ConnectorError } from '../../connid/errors.js';
import type { Session } from '../../connector/session.js';
import { textAt } from '../kit/json.js';
import { readEach } from '../kit/reads.js';
import { refusedFor } from '../kit/refused-value.js';
import { getUser } from '../user/calls.js';

/** A user that is to be put into a group. */
export interface GroupUser {
  /** Missing where Zoom tells none for a pending user. */
  readonly id: string | undefined;
  readonly address: string;
  readonly pending: boolean;
  readonly record: unknown;
}

/** Users by what the request calls them: id or address. */
export type GroupUsers = ReadonlyMap<string, GroupUser>;

/**
 * Reads users one by one, because Zoom answers success for users it does not add to a group.
 * @param keys - ids or addresses.
 * @throws ConnectorError `invalidAttributeValue` that names those Zoom does not know.
 */
export async function readGroupUsers(
  attribute: string,
  keys: readonly string[],
  session: Session,
): Promise<GroupUsers> {
  const found = await findGroupUsers(keys, session);
  const unknown = keys.filter((key) => !found.has(key));
  if (unknown.length > 0) throw unknownUsers(attribute, unknown);
  return found;
}

/** Reads users one by one; those Zoom does not know are left out. */
export async function findGroupUsers(keys: readonly string[], session: Session): Promise<GroupUsers> {
  return readEach(keys, (key) => readGroupUser(key, session));
}

async function readGroupUser(key: string, session: Session): Promise<GroupUser | undefined> {
  try {
    return toGroupUser(await session.send(getUser(key, 'see whether the user can be added to the group')));
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'unknownUid') return undefined;
    throw refusedFor({ kind: 'user', value: key })(thrown);
  }
}

function toGroupUser(record: unknown): GroupUser {
  const address = textAt(record, 'email');
  if (address === undefined) {
    throw new ConnectorError('connectorIO', 'Zoom answered a user without an e-mail address.');
  }
  return {
    id: textAt(record, 'id'),
    address,
    pending: textAt(record, 'status') === 'pending',
    record,
  };
}

function unknownUsers(attribute: string, keys: readonly string[]): ConnectorError {
  const sentence =
    keys.length === 1 ? 'names a user that Zoom does not know' : 'names users that Zoom does not know';
  return new ConnectorError('invalidAttributeValue', `${attribute} ${sentence}: ${keys.join(', ')}.`);
}
