import { type Unchecked, without } from '../core/json.js';
import { type ApiError, zoomError } from '../http/reply.js';
import type { LicenceCode } from '../state/licence-codes.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { checkLicences, type RequestedLicences } from './licence-rules.js';
import { hasPhone, switchPhone } from './feature-rules.js';

/**
 * Checks the licence fields of an update before any change.
 * @throws ApiError when they contradict each other or a licence has no free seat.
 */
export function checkEntitlements(world: World, user: User, changes: Unchecked): void {
  const kinds = ['type', 'plan_united_type', 'zoom_one_type'].filter((name) => changes[name] !== undefined);
  if (kinds.length > 1) throw mixedLicences();
  const { type, zoomOne, united, phone } = requestedLicences(changes);
  checkLicences(world, {
    ...(type !== undefined && type !== user.type && { type }),
    ...(zoomOne !== undefined && zoomOne !== 0 && zoomOne !== user.zoom_one_type && { zoomOne }),
    ...(united !== undefined && united !== 'none' && united !== user.profile.plan_united_type && { united }),
    ...(phone === true && !hasPhone(user) && { phone }),
  });
}

export function applyEntitlements(world: World, user: User, changes: Unchecked): void {
  const { type, zoomOne, united, phone } = requestedLicences(changes);
  const profile = without(user.profile, 'plan_united_type');
  if (type !== undefined) world.users.change(user, { type });
  if (zoomOne !== undefined) world.users.change(user, { zoom_one_type: zoomOne });
  if (united === 'none') world.users.change(user, { profile });
  else if (united !== undefined)
    world.users.change(user, { profile: { ...profile, plan_united_type: united } });
  if (phone !== undefined) switchPhone(world, user, phone);
}

function requestedLicences(changes: Unchecked): RequestedLicences {
  const feature = changes['feature'] as { zoom_phone?: boolean } | undefined;
  const type = changes['type'] as number | undefined;
  const zoomOne = changes['zoom_one_type'] as LicenceCode | undefined;
  const united = changes['plan_united_type'] as string | undefined;
  const phone = feature?.zoom_phone;
  return {
    ...(type !== undefined && { type }),
    ...(zoomOne !== undefined && { zoomOne }),
    ...(united !== undefined && { united }),
    ...(phone !== undefined && { phone }),
  };
}

function mixedLicences(): ApiError {
  return zoomError(
    400,
    300,
    'You can\'t change the "type" or "plan_united_type" or "zoom_one_type" at the same time.',
  );
}
