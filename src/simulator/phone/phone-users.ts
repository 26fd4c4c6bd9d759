import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import { userNotFound, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { PhoneSite, PhoneUser } from '../state/phone.js';
import type { User } from '../state/records.js';
import { findMember } from '../users/find-user.js';
import type { World } from '../world.js';

/** Site and extension of a new phone user. The defaults are the main site and the next free extension. */
export interface Enrollment {
  readonly site?: PhoneSite;
  readonly extension?: number;
  readonly random?: Random;
}

/** Creates the phone record of a user. Reads find it after the option `phoneDelayMs`. */
export function enroll(world: World, user: User, enrollment: Enrollment = {}): PhoneUser {
  const { random = world.random, site = world.phone.mainSite } = enrollment;
  const delay = enrollment.random ? 0 : world.options.phoneDelayMs;
  const phoneUser: PhoneUser = {
    user,
    phone_user_id: createId(random),
    extension_id: createId(random),
    extension_number: enrollment.extension ?? world.phone.freeExtension(site),
    site,
    status: 'activate',
    plans: [],
    numbers: [],
    policy: {},
    settings: {},
    emergency_address_id: '',
    readableAt: enrollment.random ? -Infinity : world.clock.now() + delay,
  };
  world.phone.addUser(phoneUser);
  return phoneUser;
}

/** The phone user named in the path. @throws ApiError 404/1001 or 400/300, see `phoneMissingStatus` */
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
