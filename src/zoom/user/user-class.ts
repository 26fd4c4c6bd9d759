import type { Endpoint } from '../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import { readersOf } from '../kit/binding.js';
import { userSources } from './bindings.js';
import { listUsers } from './calls.js';
import { userCreates } from './create-user.js';
import { createCustomKeys, type CustomAttribute, withCustomAttributes } from './custom-attributes.js';
import { type DeletePolicy, userRemovals } from './delete-user.js';
import { membershipEndpoints, roleEndpoints, userEndpoints } from './endpoints.js';
import { phoneEndpoints } from './phone/endpoints.js';
import { createSites } from './phone/sites.js';
import { userUpdates } from './plan-update.js';
import type { UpdatePolicy } from './policy/allowed-changes.js';
import { pendingUsers, userReads } from './read-users.js';
import type { UserListingSettings } from './user-listing.js';
import { userView } from './user-view.js';

/*
 * ZoomUser over REST v2: a user of the Zoom account.
 *
 * Endpoints: endpoints.ts (users, account roles, memberships of groups) and phone/endpoints.ts. Each row has its rate
 * label and its scopes; any one scope of a row lets us make the call.
 *   required  listUsers, getUser
 *   optional  everything else; a missing scope refuses only the operations that use the call. Reads by default include
 *             phone data, so an account with Zoom Phone wants the three scopes that read it.
 *
 * How Zoom models it: a user is active, inactive or pending, and each status has a list of its own, so a search walks
 * up to three lists while users move between them. The uid is Zoom's id; a pending user may have none and is then known
 * by its address. Zoom takes no changes of inactive users and drops those of pending ones (policy/). Licences and Zoom
 * Phone are lost by a deactivation. Groups, roles and phone data are written by calls of their own (steps.ts).
 *
 * Left out on purpose: a user's settings, apart from switching Zoom Phone; assistants and schedulers; users of
 * sub-accounts.
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/users/ and https://developers.zoom.us/docs/api/phone/
 */

/** Settings of the user class, filled from the configuration. */
export interface UserClassSettings {
  readonly policy: UpdatePolicy & DeletePolicy;
  readonly listing: Omit<UserListingSettings, 'includeFields'>;
  readonly createAction: string;
  readonly emailChangeRefusal: 'fail' | 'warn';
  readonly customAttributes: readonly CustomAttribute[];
  /** Values of `ZOOM_ONE_TYPE` whose bundle brings Zoom Phone along. */
  readonly phoneBundleTypes: readonly string[];
  /** Names to show instead of the declared ones. */
  readonly renamed: Readonly<Record<string, string>>;
}

const required: readonly Endpoint[] = [userEndpoints.listUsers, userEndpoints.getUser];

const optional: readonly Endpoint[] = [
  ...Object.values(userEndpoints).filter((endpoint) => !required.includes(endpoint)),
  ...Object.values(membershipEndpoints),
  ...Object.values(roleEndpoints),
  ...Object.values(phoneEndpoints),
];

/** The calls of REST that users need always, and those that some operations need. */
export const restUserEndpoints = { required, optional } as const;

/**
 * `ZoomUser` over REST v2.
 * @param now - milliseconds, for the age of what is remembered about pending users.
 */
export function createUserClass(settings: UserClassSettings, now: () => number): ObjectClass {
  const { attributes, bindings, includeFields } = withCustomAttributes(settings.customAttributes);
  const listing = { ...settings.listing, ...(includeFields !== undefined && { includeFields }) };
  const parts = {
    bindings,
    table: { sources: userSources, readers: readersOf(bindings) },
    pending: pendingUsers(listing, now),
    sites: createSites(listing.lists, now),
    customKeys: createCustomKeys(listing.pageSize, now),
  };
  return {
    view: userView(attributes, settings.renamed),
    endpoints: restUserEndpoints,
    probe: { ...listUsers({ status: 'active', page_size: 1 }), why: 'see whether users can be read' },
    read: userReads(listing, parts),
    update: userUpdates(settings, parts),
    create: userCreates(settings, parts),
    remove: userRemovals(settings.policy),
  };
}
