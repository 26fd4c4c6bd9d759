import type { ObjectClass } from '../../connector/object-class.js';
import { findUser } from './find-user.js';
import { identified, listAllUsers, listedUsers, type UserListing } from './list-users.js';
import { createPendingUsers, type PendingUsers } from './pending-users.js';
import { phoneReader } from './phone/read-phone.js';
import type { Sites } from './phone/sites.js';
import { statusOf } from './plan-update.js';

/**
 * The reads of `ZoomUser`: one user, and many; with phone data where it is among the sources.
 * @param now - milliseconds, for the age of what is remembered about pending users.
 */
export function userReads(
  listing: UserListing,
  sites: Sites,
  now: () => number,
): Pick<ObjectClass, 'find' | 'list'> {
  const pending = pendingUsers(listing, now);
  const phone = { sites, verifyTotals: listing.verifyTotals };
  return {
    find: async (key, sources, session) => {
      const user = await findUser(key, pending, session);
      if (user === undefined) return undefined;
      return phoneReader(sources, phone, session)(user, statusOf(user) === 'pending');
    },
    list: async function* ({ partitions, sources }, session) {
      const withPhone = phoneReader(sources, phone, session);
      for await (const user of listAllUsers(partitions, sources.has('user'), listing, session)) {
        const isPending = statusOf(user) === 'pending';
        if (isPending) pending.note(user);
        yield withPhone(user, isPending);
      }
    },
  };
}

function pendingUsers(listing: UserListing, now: () => number): PendingUsers {
  return createPendingUsers(
    {
      listed: (session) => listedUsers('pending', listing, session),
      identified: async function* (session) {
        for await (const row of listedUsers('pending', listing, session)) yield identified(row, session);
      },
    },
    now,
  );
}
