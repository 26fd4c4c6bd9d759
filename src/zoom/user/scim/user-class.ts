import type { OperationContext } from '../../../connector/context.js';
import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../../connector/object-class/object-class.js';
import { readersOf } from '../../kit/binding.js';
import { scimEndpoints } from '../../kit/scim.js';
import { createCustomKeys, withCustomAttributes } from '../custom-attributes.js';
import { createSites } from '../phone/sites.js';
import { pendingUsers } from '../read-users.js';
import { restUserEndpoints, type UserClassSettings } from '../user-class.js';
import { userView } from '../user-view.js';
import { scimUserCreates, scimUserRemovals } from './create-delete.js';
import type { GroupIds } from './group-ids.js';
import { scimUserUpdates } from './plan-update.js';
import { scimUserReads } from './read-users.js';
import { scimUserTables } from './tables.js';

/*
 * ZoomUser over SCIM2: the same class, for accounts that provision users by single sign-on.
 *
 * Endpoints: kit/scim-endpoints.ts; one scope opens all of them. With service.scimFallback also those of REST.
 *   required  listScimUsers, getScimUser; listScimGroups, because users name their groups and we want ids
 *   optional  the calls that write; patchScimGroup for memberships; with the fallback everything of user-class.ts
 *
 * How Zoom models it: a resource that a PUT replaces as a whole, so an update reads it and carries all that can be
 * known (replacement.ts). Licences are members of Zoom's extension (licence-catalogue.ts). Only activation is a PATCH.
 * SCIM hides pending users: it refuses to look for an address that was ever invited. The fallback finds them over REST,
 * and reads there what SCIM does not return: title, locale, phone data, the id of the role, every group of a user.
 *
 * Left out on purpose: a PATCH of anything but activation, because Zoom documents no other. Without the fallback there
 * are no pending users and no attributes that only REST has (tables.ts).
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/scim2/
 */

/** Settings of the user class over SCIM. */
interface ScimUserClassSettings extends UserClassSettings {
  /** True if REST may be used for what SCIM does not see. */
  readonly fallback: boolean;
}

const { createScimUser, deleteScimUser, getScimUser, listScimGroups, listScimUsers } = scimEndpoints;

const { patchScimGroup, patchScimUser, replaceScimUser } = scimEndpoints;

const required: readonly Endpoint[] = [listScimUsers, getScimUser, listScimGroups];

const optional: readonly Endpoint[] = [
  createScimUser,
  replaceScimUser,
  patchScimUser,
  deleteScimUser,
  patchScimGroup,
];

const overRest: readonly Endpoint[] = [...restUserEndpoints.required, ...restUserEndpoints.optional];

/** Parts that reads and writes of the class share. */
function partsOf(settings: ScimUserClassSettings, groups: GroupIds, now: () => number) {
  const { customAttributes, fallback } = settings;
  const { bindings, includeFields } = withCustomAttributes(customAttributes);
  const listing = { ...settings.listing, ...(includeFields !== undefined && { includeFields }) };
  const tables = scimUserTables(customAttributes, fallback);
  return {
    settings: listing,
    table: { sources: tables.sources, readers: readersOf(tables.bindings) },
    planning: { ...settings, bindings, tables },
    pending: fallback ? pendingUsers(listing, now) : undefined,
    groups,
    fallback,
    sites: createSites(listing.lists, now),
    customKeys: createCustomKeys(listing.pageSize, now),
    formerInvitations: new WeakSet<OperationContext>(),
  };
}

/**
 * `ZoomUser` over SCIM2.
 * @param groups - the ids of the account's groups; users name the groups they are in.
 * @param now - milliseconds, for the age of what is remembered about the account.
 */
export function createScimUserClass(
  settings: ScimUserClassSettings,
  groups: GroupIds,
  now: () => number,
): ObjectClass {
  const parts = partsOf(settings, groups, now);
  return {
    view: userView(parts.planning.tables.attributes, settings.renamed),
    endpoints: { required, optional: [...optional, ...(settings.fallback ? overRest : [])] },
    probe: {
      endpoint: listScimUsers,
      query: { startIndex: 1, count: 1 },
      why: 'see whether users can be read',
    },
    read: scimUserReads(parts),
    update: scimUserUpdates(parts),
    create: scimUserCreates(parts),
    remove: scimUserRemovals(settings.policy),
  };
}
