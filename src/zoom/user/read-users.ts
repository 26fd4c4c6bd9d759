import type { ObjectClass } from '../../connector/object-class.js';
import { identified } from './complete-user.js';
import { findUser } from './find-user.js';
import { createPendingUsers, type PendingUsers } from './pending-users.js';
import { createPhoneIndex } from './phone/phone-index.js';
import { phoneReader } from './phone/read-phone.js';
import type { Sites } from './phone/sites.js';
import { UserListing, type UserListingSettings } from './user-listing.js';
import { listedUsers } from './user-pages.js';
import { statusOf } from './user-status.js';

/**
 * The reads of `ZoomUser`: one user, and many; with phone data where it is among the sources.
 * @param now - milliseconds, for the age of what is remembered about pending users.
 */
export function userReads(
  settings: UserListingSettings,
  sites: Sites,
  now: () => number,
): Pick<ObjectClass, 'find' | 'openListing'> {
  const pending = pendingUsers(settings, now);
  return {
    find: async (key, sources, session) => {
      const user = await findUser(key, pending, session);
      if (user === undefined) return undefined;
      const phone = { sites, index: createPhoneIndex(settings.verifyTotals) };
      return phoneReader(sources, phone, session)(user, statusOf(user) === 'pending');
    },
    openListing: (query, state) => new UserListing({ settings, pending, sites }, query, state),
  };
}

function pendingUsers(settings: UserListingSettings, now: () => number): PendingUsers {
  return createPendingUsers(
    {
      listed: (session) => listedUsers('pending', settings, session),
      identified: async function* (session) {
        for await (const row of listedUsers('pending', settings, session)) yield identified(row, session);
      },
    },
    now,
  );
}
