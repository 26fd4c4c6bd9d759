import type { ResolvedChange } from '../../connid/delta.js';
import type { ReadBack } from '../../connector/object-class/updateable.js';
import type { Session } from '../../connector/object-class/call.js';
import { inGroup, membersAmong } from '../user/memberships.js';
import { addressesOf, adminPages } from './calls.js';
import { findGroupUsers } from './group-users.js';

/** Read-backs for lists of a group that do not show every change. */
const readers: Readonly<Record<string, ReadBack>> = {
  MEMBER_IDS: (uid, change, session) => membersAmong(concerned(change), inGroup(uid), session),
  ADMIN_EMAILS: adminsAmong,
};

/** Reads back members from the users' own records, and administrators from a list that contains only addresses. */
export function groupReadBack({ attribute }: ResolvedChange): ReadBack | undefined {
  return readers[attribute];
}

function concerned({ added, removed }: ResolvedChange): readonly string[] {
  return [...added, ...removed].map(String);
}

async function adminsAmong(
  uid: string,
  change: ResolvedChange,
  session: Session,
): Promise<readonly string[]> {
  const addresses = await addressesOf(adminPages(uid), session);
  const values = concerned(change);
  const ids = values.filter((value) => !value.includes('@'));
  const users = await findGroupUsers(ids, session);
  return values.filter((value) => addresses.has((users.get(value)?.address ?? value).toLowerCase()));
}
