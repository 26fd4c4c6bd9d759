import type { User } from '../state/user.js';
import type { World } from '../world.js';

/** Whether a user has Zoom Phone. */
export function hasPhone(user: User): boolean {
  return user.features['zoom_phone'] === true;
}

/** Gives Zoom Phone to a user or takes it away. */
export function switchPhone(world: World, user: User, on: boolean): void {
  if (hasPhone(user) === on) return;
  world.users.change(user, { features: { ...user.features, zoom_phone: on } });
}
