import { ApiError } from '../http/reply.js';
import type { Group, User } from '../state/records.js';
import type { Role } from '../state/roles.js';
import type { World } from '../world.js';
import { applyEntitlements } from '../users/entitlements.js';
import { checkLicences } from '../users/licence-rules.js';
import { derivedName } from '../users/new-user.js';
import { setFeatures } from '../users/read-handlers.js';
import { scimError } from './scim-error.js';
import type { ScimChange } from './scim-user-change.js';

/** Refuses licences that have no free seat, unless the user has them. @throws ApiError 409 in SCIM's form */
export function checkScimLicences(world: World, change: ScimChange, user?: User): void {
  const { type, zoom_one_type: zoomOne } = change.core;
  const { united } = change;
  try {
    checkLicences(world, {
      ...(type !== undefined && type !== user?.type && { type }),
      ...(zoomOne !== undefined && zoomOne !== 0 && zoomOne !== user?.zoom_one_type && { zoomOne }),
      ...(united !== undefined && united !== 'none' && { united }),
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw scimError(world, 409, licenceMessage(change));
  }
}

/** @throws ApiError in SCIM's form when another user has the personal link of a change. */
export function checkPersonalLink(world: World, change: ScimChange, user?: User): void {
  const name = change.core.vanity_name ?? '';
  const other = name === '' ? undefined : world.users.byVanityName(name);
  if (other && other !== user)
    throw scimError(world, 400, 'The "personalLinkName" of the request is invalid.');
}

/** The groups and the role named in a change. @throws ApiError in SCIM's form when one does not exist */
export function resolveNames(world: World, change: ScimChange): { groups?: Group[]; role?: Role } {
  const role = change.role === undefined ? undefined : world.roles.byName(change.role);
  if (change.role !== undefined && !role)
    throw scimError(world, 400, 'The "roles" of the request is invalid.');
  const groups = change.groups?.map((name) => {
    const group = world.groups.byName(name);
    if (!group) throw scimError(world, 400, 'The "groups" of the request is invalid.');
    return group;
  });
  return { ...(groups && { groups }), ...(role && { role }) };
}

/** Writes a checked change into a user. */
export function applyScimChange(
  world: World,
  user: User,
  change: ScimChange,
  names: { groups?: Group[]; role?: Role },
): void {
  const role = names.role && user.role_id !== '0' ? { role_id: names.role.id } : {};
  world.users.change(user, {
    ...change.core,
    ...role,
    profile: { ...user.profile, ...change.profile, scim: { ...user.profile.scim, ...change.profile.scim } },
  });
  if (user.display_name === '') user.display_name = derivedName(user.first_name, user.last_name);
  if (change.united !== undefined) applyEntitlements(world, user, { plan_united_type: change.united });
  setFeatures(world, user, change.features);
  if (names.groups) setGroups(world, user, names.groups);
}

function setGroups(world: World, user: User, wanted: readonly Group[]): void {
  for (const group of user.groups) if (!wanted.includes(group)) world.groups.leave(group, user);
  for (const group of wanted) world.groups.join(group, user);
}

function licenceMessage(change: ScimChange): string {
  if (change.united !== undefined) return 'Cannot create more users with Zoom United Plan.';
  const bundle = change.core.zoom_one_type;
  return bundle === undefined || bundle === 0
    ? 'Cannot add paid users.'
    : 'Cannot create more users with Zoom Workplace.';
}
