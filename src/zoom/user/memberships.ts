import type { Call, Session } from '../../connector/object-class/call.js';
import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import { asList, at, textAt } from '../kit/json.js';
import { readEach, unlessUnknown } from '../kit/reads.js';
import { userEndpoints } from './endpoints.js';

/**
 * Checks the answer to a call that adds members: Zoom lists the ids it added in one comma-separated string and skips
 * users it does not know (or that are pending) without an error. It may leave out users that were members already -
 * by an attempt of ours whose answer was lost, for instance -, so those it does not name are looked at one by one.
 * @param isMember - whether the record of a user says that it is a member.
 * @returns a check that throws ConnectorError `preconditionFailed` when a member is missing.
 */
export function expectMembers(
  ids: readonly string[],
  isMember: (user: unknown) => boolean,
): NonNullable<Call['expect']> {
  return async (answer, session) => {
    const added = new Set((textAt(answer, 'ids') ?? '').split(',').map((id) => id.trim()));
    const unnamed = ids.filter((id) => !added.has(id));
    const members = await membersAmong(unnamed, isMember, session);
    const missing = unnamed.length - members.length;
    if (missing > 0) throw notAdded(missing, ids.length);
  };
}

/** The users whose own record says that they are members. Zoom's lists of members may leave some out. */
export async function membersAmong(
  ids: readonly string[],
  isMember: (user: unknown) => boolean,
  session: Session,
): Promise<readonly string[]> {
  const why = 'see whether the user is a member';
  const users = await readEach(ids, (userId) =>
    unlessUnknown(session.send({ endpoint: userEndpoints.getUser, params: { userId }, why })),
  );
  return ids.filter((id) => isMember(users.get(id)));
}

/** A test of a user's record: does it list the group? */
export function inGroup(groupId: string): (user: unknown) => boolean {
  return (user) => asList(at(user, 'group_ids')).includes(groupId);
}

function notAdded(missing: number, all: number): ConnectorError {
  return new ConnectorError('preconditionFailed', `Zoom did not add ${missing} of ${all} members.`, {
    hint: 'Zoom skips users that are unknown or whose invitation is pending. Check that each is active.',
  });
}

/**
 * The other side of references between objects: each object that was added or removed gains or loses this one.
 * @param uid - of the object that was changed.
 * @param other - the attribute of the others that refers to it.
 */
export function otherSide(
  uid: string,
  { added, removed }: ResolvedChange,
  other: Pick<ExpectedRead, 'objectClass' | 'name'>,
): readonly ExpectedRead[] {
  const { name, objectClass } = other;
  const own = [uid];
  return [
    ...added.map((id) => ({ objectClass, name, uid: String(id), values: [], added: own, removed: [] })),
    ...removed.map((id) => ({ objectClass, name, uid: String(id), values: [], added: [], removed: own })),
  ];
}
