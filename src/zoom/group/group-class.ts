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
 * Endpoints: endpoints.ts, and the memberships in user/endpoints.ts. Each row has its rate label and its scopes. Any
 * one scope of a row allows the call.
 *   required  listGroups, getGroup
 *   optional  all other calls. Members and administrators have calls of their own to read and to write. We read users
 *             before we add them (getUser), and add pending users by a call on the user (updateUser).
 *
 * Zoom's model: a group has a name and a number of members; members and administrators are separate lists. Zoom
 * compares names without case. It has no search by name, so we look a name up in the whole list. Zoom skips users that
 * it cannot add, without an error. It returns administrators by address only. Its list of members may leave out
 * inactive and pending members, so read-back.ts reads the users themselves.
 *
 * Left out on purpose: the settings of a group, and the choice of a user's primary group. Deletes are off unless
 * custom.entitlementDeletionEnabled is set. For an account plan without groups Zoom refuses the calls and returns no
 * empty list, so the class has no `absence`.
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/users/#tag/groups
 */

/** Settings of a group class, from the configuration. */
export interface GroupClassSettings {
  readonly entitlementDeletionEnabled: boolean;
  readonly lists: Lists;
  /** Public names that replace declared names. */
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

/** The create call takes only the name. */
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
