import { without } from '../core/without.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { switchPhone } from './phone-feature.js';

/**
 * Takes a user out of the account. After a disassociation the person keeps a free account of their own, so the
 * address becomes a foreign one; a withdrawn invitation is remembered.
 */
export function leaveAccount(world: World, user: User, action: 'disassociate' | 'delete'): void {
  switchPhone(world, user, false);
  world.groups.forget(user);
  world.users.remove(user);
  if (user.status === 'pending') world.onceInvited.add(user.email);
  else if (action === 'disassociate') world.foreignAddresses.add(user.email);
}

/** What a deactivation takes away: every licence, phone included. */
export function dropLicences(world: World, user: User): void {
  switchPhone(world, user, false);
  const profile = without(user.profile, 'plan_united_type', 'license_info_list', 'scim');
  world.users.change(user, { type: 1, zoom_one_type: 0, features: {}, profile });
}
