import type { Creatable } from '../../../connector/object-class/creatable.js';
import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../../connector/object-class/object-class.js';
import { removalPlan } from '../../../connector/object-class/plan.js';
import type { Removable } from '../../../connector/object-class/removable.js';
import { textAt } from '../../kit/json.js';
import { scimEndpoints } from '../../kit/scim-endpoints.js';
import { membershipEndpoints, userEndpoints } from '../../user/endpoints.js';
import { groupEndpoints } from '../endpoints.js';
import type { GroupClassSettings } from '../group-class.js';
import { groupCreation, groupOperations, groupView } from '../group-view.js';
import { createNewGroups, type NewGroups } from '../read-groups.js';
import { createScimGroup, deleteScimGroup, scimGroupPages } from './calls.js';
import { scimGroupReads } from './read-groups.js';
import { scimGroupUpdates } from './steps.js';
import { scimGroupTables } from './tables.js';

/*
 * ZoomGroup over SCIM2: the same class, for accounts that provision groups by single sign-on.
 *
 * Endpoints: kit/scim-endpoints.ts; one scope opens all of them. With service.scimFallback also some of REST.
 *   required  listScimGroups, getScimGroup
 *   optional  the calls that write; with the fallback the calls of REST for members, administrators and the users among
 *             them, without it getScimUser, to see whether SCIM shows a user
 *
 * How Zoom models it: a resource with a name, and an e-mail alias that only SCIM has. Members are written by PATCH and
 * never shown; Zoom leaves out users whom SCIM does not see, among them pending ones. The fallback reads members and
 * administrators over REST, and adds pending users there.
 *
 * Left out on purpose: a list of members put together from the groups that each user shows, because Zoom may show one
 * of several. Without the fallback members are write-only, and there are no administrators and no number of members
 * (tables.ts).
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/scim2/
 */

/** What a group class over SCIM decides by. */
interface ScimGroupClassSettings extends GroupClassSettings {
  /** Whether REST may be used for what SCIM cannot see: members, administrators, pending users. */
  readonly fallback: boolean;
  /** Called when a name was taken from a group, by a rename or a deletion. */
  readonly nameChanged: () => void;
}

const { createScimGroup: create, deleteScimGroup: remove, patchScimGroup: patch } = scimEndpoints;

const required: readonly Endpoint[] = [scimEndpoints.listScimGroups, scimEndpoints.getScimGroup];

const overRest: readonly Endpoint[] = [
  groupEndpoints.getGroup,
  groupEndpoints.listGroupMembers,
  membershipEndpoints.removeGroupMember,
  groupEndpoints.listGroupAdmins,
  groupEndpoints.addGroupAdmins,
  groupEndpoints.removeGroupAdmin,
  userEndpoints.getUser,
  userEndpoints.updateUser,
];

/** `ZoomGroup` over SCIM. */
export function createScimGroupClass(settings: ScimGroupClassSettings): ObjectClass {
  const { entitlementDeletionEnabled, fallback, lists, nameChanged, renamed } = settings;
  const { attributes, stepsOf, table } = scimGroupTables(fallback);
  const newGroups = createNewGroups('displayName');
  const view = groupView(attributes, renamed);
  const shown = (attribute: string) => view.publicName(attribute);
  return {
    view,
    endpoints: {
      required,
      optional: [create, patch, remove, ...(fallback ? overRest : [scimEndpoints.getScimUser])],
    },
    probe: {
      ...scimGroupPages.page(undefined),
      query: { startIndex: 1, count: 1 },
      why: 'see whether groups can be read',
    },
    read: scimGroupReads({ table, lists, newGroups }),
    update: scimGroupUpdates(fallback, { stepsOf, shown, nameChanged }),
    create: scimGroupCreates(newGroups),
    remove: scimGroupRemovals(nameChanged),
    ...groupOperations(entitlementDeletionEnabled),
  };
}

/** The create call takes name and alias. */
function scimGroupCreates(newGroups: NewGroups): Creatable {
  return {
    ...groupCreation,
    plan: (given) => {
      const [name, alias] = [given.get('__NAME__')?.[0], given.get('EMAIL_ALIAS')?.[0]];
      const call = createScimGroup(String(name), alias === undefined ? undefined : String(alias));
      return { call: newGroups.create(String(name), call), covered: new Set(['__NAME__', 'EMAIL_ALIAS']) };
    },
    created: (answer) => ({ uid: textAt(answer, 'id'), name: textAt(answer, 'displayName') }),
  };
}

function scimGroupRemovals(nameChanged: () => void): Removable {
  return { needs: 'nothing', plan: (uid) => removalPlan({ ...deleteScimGroup(uid), expect: nameChanged }) };
}
