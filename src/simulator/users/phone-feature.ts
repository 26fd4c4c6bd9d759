import { enroll, type Enrollment } from '../phone/phone-users.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';

/** Whether a user has Zoom Phone. */
export function hasPhone(user: User): boolean {
  return user.features['zoom_phone'] === true;
}

/** Gives Zoom Phone to a user or takes it away, with all plans and numbers. */
export function switchPhone(world: World, user: User, on: boolean, enrollment: Enrollment = {}): void {
  if (hasPhone(user) === on) return;
  if (on && user.status !== 'pending') enroll(world, user, enrollment);
  if (!on) world.phone.removeUser(user);
  world.users.change(user, { features: { ...user.features, zoom_phone: on } });
}
