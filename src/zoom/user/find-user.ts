import type { Call, Session } from '../../connector/object-class/call.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { ObjectKey } from '../../connector/object-class/readable.js';
import { ConnectorError } from '../../connid/errors.js';
import { isAddress, isId } from '../kit/forms.js';
import { asObject, type Json, textAt } from '../kit/json.js';
import { checkRecord } from '../kit/row-faults.js';
import { getUser, getUserByEmployeeId, userFault } from './calls.js';
import type { PendingIds } from './pending-ids.js';
import type { PendingUsers } from './pending-users.js';
import { statusIn, statusOf, type UserStatus } from './user-view.js';

/** Zoom's code for an expired invitation: the user is pending, but a single read is refused. */
const expiredInvitation = 1120;

/** The result of a single read of a user. */
type UserRead = FoundObject | 'absent' | 'expired';

/**
 * Finds a user by uid, address or employee id. A key of another form finds nothing; no call is made.
 *
 * An id may change or stop working while Zoom changes the user's state (an accepted invitation, for instance), so an
 * id that is not found is replaced by the last known name, then by the address under which the user was pending. A uid
 * that is an address may belong to an invitation that only Zoom's list shows.
 */
export async function findUser(
  key: ObjectKey,
  pending: PendingUsers,
  session: Session,
): Promise<FoundObject | undefined> {
  if (key.attribute === 'EMPLOYEE_UNIQUE_ID') return findByEmployeeId(key.value, session);
  if (isAddress(key.value)) {
    const read = await readComparing(key.value, pending, session);
    if (typeof read === 'object') return read;
    return findInLists(key, read, pending, session);
  }
  if (key.attribute !== '__UID__' || !isId(key.value)) return undefined;
  const read = await readComparing(key.value, pending, session);
  if (typeof read === 'object') return read;
  const found = await findByFormerId(key, pending, session);
  if (found === undefined && read === 'expired') throw expiredUnknown();
  return found;
}

/** A user whom a single read by the address does not show. Active and inactive ones are searched only if need be. */
async function findInLists(
  key: ObjectKey,
  read: UserRead,
  pending: PendingUsers,
  session: Session,
): Promise<FoundObject | undefined> {
  const { alsoSearchListings, attribute, nameTaken, value } = key;
  if (read !== 'expired' && attribute !== '__UID__' && alsoSearchListings === undefined) return undefined;
  const listed = await pending.listed(value, session, alsoSearchListings);
  return listed === undefined && nameTaken === true ? pending.amongOthers(value, session) : listed;
}

/** Zoom knows the id, but shows a user whose invitation has expired under the address only. */
function expiredUnknown(): ConnectorError {
  return new ConnectorError(
    'preconditionFailed',
    'The invitation of this user has expired, and its address is not known.',
    {
      hint: 'Address the user by e-mail, or give the address as nameHint.',
    },
  );
}

async function findByEmployeeId(employeeId: string, session: Session): Promise<FoundObject | undefined> {
  const read = await readUserBy(getUserByEmployeeId(employeeId), session);
  return typeof read === 'object' ? read : undefined;
}

async function findByFormerId(
  key: ObjectKey,
  pending: PendingUsers,
  session: Session,
): Promise<FoundObject | undefined> {
  const { nameHint, value } = key;
  const hinted =
    nameHint !== undefined && isAddress(nameHint) ? await readAddress(nameHint, pending, session) : undefined;
  if (hinted !== undefined) return hinted;
  const address = await pending.addressOf(value, session);
  return address === undefined ? undefined : readAddress(address, pending, session);
}

async function readAddress(
  address: string,
  pending: PendingUsers,
  session: Session,
): Promise<FoundObject | undefined> {
  const read = await readComparing(address, pending, session);
  if (read === 'expired') return pending.listed(address, session);
  return read === 'absent' ? undefined : read;
}

/** Reads one user, and forgets the uid of a pending user that the answer contradicts. */
async function readComparing(key: string, { ids }: PendingUsers, session: Session): Promise<UserRead> {
  const read = await readUser(key, session);
  if (typeof read === 'object') ids.compare(read.name, statusOf(read) === 'pending' ? read.uid : undefined);
  else if (isAddress(key)) ids.compare(key, read === 'expired' ? key.toLowerCase() : undefined);
  return read;
}

/**
 * Reads one user by id or address.
 * @throws ConnectorError for every failure but "does not exist" and "invitation expired".
 */
export function readUser(userId: string, session: Session): Promise<UserRead> {
  return readUserBy(getUser(userId, 'read the user'), session);
}

async function readUserBy(call: Call, session: Session): Promise<UserRead> {
  try {
    return toFoundUser('user', await session.send(call));
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    if (thrown.kind === 'unknownUid') return 'absent';
    if (thrown.details.upstream?.code === expiredInvitation) return 'expired';
    throw thrown;
  }
}

/**
 * A user from a record of Zoom. The uid is the id, or the address in lower case if the record has none.
 * @param source - name of the source the record comes from.
 * @throws ConnectorError `connectorIO` for a record without an address, or with an id that none of Zoom's users has.
 */
export function toFoundUser(source: string, record: unknown): FoundObject {
  checkRecord(asObject(record), userFault, 'A user');
  const name = textAt(record, 'email') ?? '';
  return { uid: textAt(record, 'id') ?? name.toLowerCase(), name, records: new Map([[source, record]]) };
}

/**
 * A row of the list of one status. It has that status, whether or not Zoom names it in the row, unless Zoom names one
 * that is none of its three.
 */
export function listedRow(status: UserStatus, row: Json): Json {
  const word = textAt(row, 'status');
  const isForeign = word !== undefined && statusIn(row) === undefined;
  return word === status || isForeign ? row : { ...row, status };
}

/**
 * Completes a row by a single read. A user whom Zoom lists but refuses to read stays as listed: the other
 * attributes were not read, so they are absent.
 */
export async function detailed(row: FoundObject, session: Session): Promise<FoundObject> {
  const read = await readUser(row.uid, session);
  const moved = read === 'absent' ? await readUser(row.name, session) : read;
  return typeof moved === 'object' ? merge(row, moved) : row;
}

/** A pending user under the uid that a single read returns, or under its address if there is none. */
export async function identified(row: FoundObject, ids: PendingIds, session: Session): Promise<FoundObject> {
  const read = await readUser(row.name, session);
  if (typeof read !== 'object') {
    // An absent user has just left the list, which says nothing about the next one of this address.
    if (read === 'expired') ids.learn(row, row.uid);
    return row;
  }
  if (statusOf(read) === 'pending') ids.learn(row, read.uid);
  return merge(row, read);
}

/**
 * A pending user of a listing under its uid. Without `deep` it shows what the list contains, whether or not a single
 * read was needed for the uid.
 */
export async function listedPending(
  row: FoundObject,
  { deep, ids }: { readonly deep: boolean; readonly ids: PendingIds },
  session: Session,
): Promise<FoundObject> {
  const uid = deep ? undefined : ids.uidOf(row);
  if (uid !== undefined) return { ...row, uid };
  const user = await identified(row, ids, session);
  return deep || statusOf(user) !== 'pending' ? user : { ...row, uid: user.uid };
}

/**
 * An active or inactive user under its id. A row without one is read by its address, which is no uid of such a user.
 * @throws ConnectorError `connectorIO` when the single read shows no id either.
 */
export async function withId(row: FoundObject, session: Session): Promise<FoundObject> {
  if (isId(row.uid)) return row;
  const read = await readUser(row.name, session);
  if (typeof read === 'object' && isId(read.uid)) return merge(row, read);
  throw new ConnectorError(
    'connectorIO',
    'Zoom listed a user without an id, and a single read shows none either.',
    {
      hint: 'The user cannot be addressed. Repeat the search; if it fails again, report the user to Zoom.',
    },
  );
}

function merge(row: FoundObject, read: FoundObject): FoundObject {
  // A list shows the status that it is asked for. A word of Zoom's own in the newer read is not overruled by it.
  const isForeign = statusOf(read) === undefined && textAt(read.records.get('user'), 'status') !== undefined;
  const listed = isForeign ? [] : [...row.records];
  return { ...read, records: new Map([...listed, ...read.records]) };
}
