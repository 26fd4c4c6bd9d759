import type { Session } from '../../connector/object-class/call.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import { textAt } from '../kit/json.js';
import type { Lists } from '../kit/paged-list.js';
import { userPages, type UserPageSettings } from './calls.js';
import { readUser } from './find-user.js';
import { listingOrder } from './list-order.js';
import { provenStatus, statusIn, statusOf, unknownStatus, type UserStatus } from './user-view.js';

/** A way to find out the status of a user. */
export type StatusProof = (user: FoundObject, session: Session) => Promise<UserStatus | undefined>;

/**
 * A user with a known status, for a write. It makes calls only if the read did not show the status.
 * @param proofs - ways to find the status out, the cheapest first.
 * @throws ConnectorError `connectorIO` when none of them does.
 */
export async function withProvenStatus(
  user: FoundObject,
  proofs: readonly StatusProof[],
  session: Session,
): Promise<FoundObject> {
  for (const proof of proofs) {
    const status = await proof(user, session);
    if (status === undefined) continue;
    return { ...user, records: new Map([...user.records, [provenStatus, { status }]]) };
  }
  throw unknownStatus();
}

/** A second read of the user over REST. */
export const bySecondRead: StatusProof = async ({ uid }, session) => {
  const read = await readUser(uid, session);
  return typeof read === 'object' ? statusOf(read) : undefined;
};

/**
 * The list that contains the user, which is the list of one status. A row that says otherwise proves nothing.
 * @param lists - how lists are read.
 */
export function byLists(lists: Lists, settings: UserPageSettings): StatusProof {
  return async ({ name, uid }, session) => {
    for (const status of listingOrder) {
      for await (const row of lists.distinct(userPages(status, settings), session)) {
        const isUser =
          textAt(row, 'id') === uid || textAt(row, 'email')?.toLowerCase() === name.toLowerCase();
        if (isUser) return textAt(row, 'status') === undefined ? status : statusIn(row);
      }
    }
    return undefined;
  };
}
