import {
  type ApiError,
  invalidField,
  noContent,
  type Reply,
  userNotFound,
  zoomError,
} from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { CustomAttribute, Profile } from '../state/profile.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { coreFields, entitlementFields, profileChecks, readFields } from './fields.js';
import { findInvited } from './find-user.js';
import { applyEntitlements, checkEntitlements } from './entitlements.js';
import { derivedName } from './new-user.js';
import { membersOf, type Unchecked } from '../core/json.js';

/** PATCH /users/{userId}. Source: https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId} */
export function updateUser(call: Call): Reply {
  const { world } = call;
  const userId = param(call, 'userId');
  const user = findInvited(world, userId);
  const body = membersOf(call.body);
  const core = readFields(body, coreFields);
  const profile = readFields(body, profileChecks);
  const entitlements = readFields(body, entitlementFields);
  if (user.status === 'pending')
    return updatePending(world, user, { userId, group: entitlements['group_id'] });
  if (user.status === 'inactive' && world.options.inactivePatch === 'refuse') throw userDisabled();
  checkEntitlements(world, user, entitlements);
  checkProfile(world, user, { core, profile });
  applyCore(world, user, core);
  user.profile = mergeProfile(world, user.profile, profile);
  applyEntitlements(world, user, entitlements);
  return noContent;
}

/** 400/1053. Observed in production, although Zoom's published list lacks it. */
export function userDisabled(): ApiError {
  return zoomError(400, 1053, 'The user has been disabled.');
}

/** Zoom confirms updates of pending users but applies only the group. */
function updatePending(world: World, user: User, given: { userId: string; group: unknown }): Reply {
  if (typeof given.group === 'string') {
    const group = world.groups.byId(given.group);
    if (!group) throw zoomError(404, 4130, `Group does not exist: ${given.group}.`);
    world.groups.join(group, user);
    return noContent;
  }
  if (world.options.pendingWrites === 'refuse') throw userNotFound(given.userId);
  return noContent;
}

function checkProfile(world: World, user: User, given: { core: Unchecked; profile: Unchecked }): void {
  const name = given.core['vanity_name'];
  const owner = typeof name === 'string' && name !== '' ? world.users.byVanityName(name) : undefined;
  if (owner && owner !== user) throw vanityNameTaken();
  if (given.profile['use_pmi'] === true && user.type !== 2)
    throw zoomError(400, 1109, 'Host is not a paid user.');
  const attributes = (given.profile['custom_attributes'] ?? []) as readonly CustomAttribute[];
  const known = new Set(world.customAttributes.map((attribute) => attribute.key));
  if (attributes.some((attribute) => !known.has(attribute.key))) throw invalidField('custom_attributes.key');
}

function applyCore(world: World, user: User, core: Unchecked): void {
  const changes: Partial<User> = { ...core };
  const first = changes.first_name ?? user.first_name;
  const last = changes.last_name ?? user.last_name;
  const wasDerived = user.display_name === derivedName(user.first_name, user.last_name);
  // Zoom derives an empty display name from the names. A derived one changes with them.
  if (changes.display_name === '' || (changes.display_name === undefined && wasDerived)) {
    changes.display_name = derivedName(first, last);
  }
  if ('vanity_name' in changes) world.users.change(user, changes);
  else Object.assign(user, changes);
}

function mergeProfile(world: World, old: Profile, given: Unchecked): Profile {
  if (Object.keys(given).length === 0) return old;
  const merged: Profile = { ...old, ...given };
  if (!('custom_attributes' in given)) return merged;
  return { ...merged, custom_attributes: mergeAttributes(world, old, merged.custom_attributes ?? []) };
}

/** Changes custom attributes one by one. An empty value removes an attribute. */
function mergeAttributes(
  world: World,
  old: Profile,
  given: readonly CustomAttribute[],
): readonly CustomAttribute[] {
  const values = new Map((old.custom_attributes ?? []).map(({ key, value }) => [key, value]));
  for (const { key, value } of given) values.set(key, value);
  return world.customAttributes
    .map((attribute) => ({ ...attribute, value: values.get(attribute.key) ?? '' }))
    .filter((attribute) => attribute.value !== '');
}

function vanityNameTaken(): ApiError {
  return zoomError(
    400,
    4100,
    'User is already taken by another user from your account. Choose another "Personal Link Name".',
  );
}
