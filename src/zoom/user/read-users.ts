import { pMapIterable } from 'p-map';
import type { Session } from '../../connector/object-class/call.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Partition } from '../../connector/object-class/listing.js';
import type { Readable } from '../../connector/object-class/readable.js';
import type { ReadingTable } from '../../connector/object-class/reading.js';
import { canLookUpAddress, isEmployeeId, isRoleId } from '../kit/forms.js';
import { userPages } from './calls.js';
import { findUser, identified, listedRow, toFoundUser } from './find-user.js';
import { listingOrder } from './list-order.js';
import { PendingIds } from './pending-ids.js';
import { createPendingUsers, type PendingUsers } from './pending-users.js';
import { createPhoneIndex } from './phone/phone-index.js';
import { phoneReader } from './phone/read-phone.js';
import type { Sites } from './phone/sites.js';
import { UserListing, type UserListingSettings } from './user-listing.js';
import { bySecondRead, byLists, withProvenStatus } from './prove-status.js';
import { provenStatus, statusOf, type UserStatus } from './user-view.js';

/** Number of pending users that are read at the same time when all of them are. */
const readsAtOnce = 8;

const partitions: readonly Partition[] = listingOrder.map((status) => ({
  id: status,
  facts: new Map<string, readonly (string | boolean)[]>([
    ['STATUS', [status]],
    ['__ENABLE__', [status !== 'inactive']],
  ]),
}));

/** Parts that all reads of users share. */
interface UserReadParts {
  readonly table: ReadingTable;
  readonly sites: Sites;
  readonly pending: PendingUsers;
}

/** The reads of `ZoomUser`: one user, and many; with phone data where it is among the sources. */
export function userReads(settings: UserListingSettings, { pending, sites, table }: UserReadParts): Readable {
  const proofs = [bySecondRead, byLists(settings.lists, settings)];
  return {
    table,
    keys: [
      { attribute: '__UID__' },
      { attribute: '__NAME__', accepts: canLookUpAddress },
      { attribute: 'EMPLOYEE_UNIQUE_ID', accepts: isEmployeeId },
    ],
    narrowings: ['ROLE_ID'],
    possible: { ROLE_ID: isRoleId },
    partitions,
    find: async (key, sources, session) => {
      const found = await findUser(key, pending, session);
      if (found === undefined) return undefined;
      const isToWrite = sources.has(provenStatus) && statusOf(found) === undefined;
      const user = isToWrite ? await withProvenStatus(found, proofs, session) : found;
      const isPending = statusOf(user) === 'pending';
      if (isPending) pending.note(user);
      const phone = { sites, index: createPhoneIndex(settings.lists) };
      return phoneReader(sources, phone, session)(user, isPending);
    },
    openListing: (query, state) => new UserListing({ settings, pending, sites }, query, state),
  };
}

/**
 * The pending users of the account.
 * @param now - milliseconds, for the age of what is remembered about them.
 */
export function pendingUsers(settings: UserListingSettings, now: () => number): PendingUsers {
  const { pendingIds = new PendingIds(now) } = settings;
  return createPendingUsers(
    {
      listed: (session) => listedUsers('pending', settings, session),
      others: (session) => listedOthers(settings, session),
      identified: (session) =>
        pMapIterable(
          listedUsers('pending', settings, session),
          (row) => identified(row, pendingIds, session),
          {
            concurrency: readsAtOnce,
          },
        ),
    },
    pendingIds,
    now,
  );
}

async function* listedOthers(
  settings: UserListingSettings,
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  for (const status of listingOrder) {
    if (status !== 'pending') yield* listedUsers(status, settings, session);
  }
}

/** The rows of one list as Zoom has them, each once, without single reads. */
async function* listedUsers(
  status: UserStatus,
  settings: UserListingSettings,
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  const rows = settings.lists.distinct(userPages(status, settings), session);
  for await (const row of rows) yield toFoundUser('userList', listedRow(status, row));
}
