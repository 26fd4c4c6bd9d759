import type { Creatable } from '../../connector/object-class/creatable.js';
import type { Endpoint } from '../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import { removalPlan } from '../../connector/object-class/plan.js';
import type { Removable } from '../../connector/object-class/removable.js';
import { textAt } from '../kit/json.js';
import type { Lists } from '../kit/paged-list.js';
import { membershipEndpoints, userEndpoints } from '../user/endpoints.js';
import { groupAttributes } from './attributes.js';
import { createGroup, deleteGroup, groupPages } from './calls.js';
import { groupEndpoints } from './endpoints.js';
import { groupCreation, groupOperations, groupView } from './group-view.js';
import { createNewGroups, groupReads, type NewGroups } from './read-groups.js';
import { groupUpdates } from './steps.js';

/*
 * ZoomGroup over REST v2: a group of users of the Zoom account.
 *
 * Endpoints: endpoints.ts, and the memberships in user/endpoints.ts. Each row has its rate label and its scopes; any one
 * scope of a row lets us make the call.
 *   required  listGroups, getGroup
 *   optional  everything else; members and administrators need calls of their own to read and to write. Users are
 *             looked at before they are added (getUser), pending ones are added by a call on the user (updateUser).
 *
 * How Zoom models it: a group has a name and a number of members; members and administrators are lists beside it. Zoom
 * compares names without case and finds none by name, so a name is looked up in the whole list. It skips users whom it
 * cannot add without an error, shows administrators by address only, and may leave inactive and pending members out
 * of the list (read-back.ts asks the users themselves).
 *
 * Left out on purpose: the settings of a group, and which of a user's groups is the primary one. Deletes are off unless
 * custom.entitlementDeletionEnabled is set. A plan without groups is a refusal, never an empty list, so the class has no
 * `absence`.
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/users/#tag/groups
 */

/** What a group class decides by; filled from the configuration. */
export interface GroupClassSettings {
  readonly entitlementDeletionEnabled: boolean;
  readonly lists: Lists;
  /** Names to show instead of the declared ones. */
  readonly renamed: Readonly<Record<string, string>>;
}

const required: readonly Endpoint[] = [groupEndpoints.listGroups, groupEndpoints.getGroup];
const optional: readonly Endpoint[] = [
  ...Object.values(groupEndpoints).filter((endpoint) => !required.includes(endpoint)),
  ...Object.values(membershipEndpoints),
  userEndpoints.getUser,
  userEndpoints.updateUser,
];

/** `ZoomGroup`. */
export function createGroupClass(settings: GroupClassSettings): ObjectClass {
  const newGroups = createNewGroups('name');
  const view = groupView(groupAttributes, settings.renamed);
  return {
    view,
    endpoints: { required, optional },
    probe: { ...groupPages.page(undefined), query: { page_size: 1 }, why: 'see whether groups can be read' },
    read: groupReads(settings.lists, newGroups),
    update: groupUpdates(view),
    create: groupCreates(newGroups),
    remove: groupRemovals,
    ...groupOperations(settings.entitlementDeletionEnabled),
  };
}

/** The create call takes the name alone. */
function groupCreates(newGroups: NewGroups): Creatable {
  return {
    ...groupCreation,
    plan: (attributes) => {
      const name = String(attributes.get('__NAME__')?.[0]);
      return { call: newGroups.create(name, createGroup(name)), covered: new Set(['__NAME__']) };
    },
    created: (answer) => ({ uid: textAt(answer, 'id'), name: textAt(answer, 'name') }),
  };
}

const groupRemovals: Removable = { needs: 'nothing', plan: (uid) => removalPlan(deleteGroup(uid)) };
