import { userNotFound, zoomError } from '../http/api-error.js';
import { type Call, param } from '../http/route.js';
import type { PhoneSite, PhoneUser } from '../state/phone.js';
import type { World } from '../world.js';
import { findMember } from '../users/find-user.js';

/** The phone user that the path names. @throws ApiError 404/1001, or 400/300 as the option says. */
export function phoneUserOf(call: Call): PhoneUser {
  return findPhoneUser(call.world, param(call, 'userId'));
}

export function findPhoneUser(world: World, userId: string): PhoneUser {
  const user = findMember(world, userId);
  const phoneUser = world.phone.userOf(user);
  if (phoneUser && phoneUser.readableAt <= world.clock.now()) return phoneUser;
  // Zoom does not document the answer for a user who exists but has no Zoom Phone.
  if (world.options.phoneMissingStatus === 400) throw zoomError(400, 300, 'Invalid user id.');
  throw userNotFound(userId);
}

export function findSite(world: World, siteId: unknown): PhoneSite {
  const site = typeof siteId === 'string' ? world.phone.site(siteId) : undefined;
  if (!site) throw zoomError(404, 404, 'Site does not exist.');
  return site;
}
