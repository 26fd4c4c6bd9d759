import { createId } from '../core/ids.js';
import type { Random } from '../core/random.js';
import type { PhoneSite, PhoneUser } from '../state/phone.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';

/** Where a new phone user goes; by default to the main site, with the next free extension. */
export interface Enrollment {
  readonly site?: PhoneSite;
  readonly extension?: number;
  readonly random?: Random;
}

/** Gives a user a record in Zoom Phone, which may take a while to become readable. */
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
