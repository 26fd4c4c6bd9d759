import type { Creatable } from '../../../connector/object-class/creatable.js';
import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { ObjectClass } from '../../../connector/object-class/object-class.js';
import { removalPlan } from '../../../connector/object-class/plan.js';
import type { Removable } from '../../../connector/object-class/removable.js';
import { textAt } from '../../kit/json.js';
import { scimEndpoints } from '../../kit/scim.js';
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
 * Endpoints: kit/scim-endpoints.ts; one scope allows all of them. With service.scimFallback also some of REST.
 *   required  listScimGroups, getScimGroup
 *   optional  the calls that write. With the fallback also the REST calls for members, administrators and their users;
 *             without it getScimUser, to see whether SCIM shows a user.
 *
 * Zoom's model: a resource with a name, and an e-mail alias that only SCIM has. PATCH writes members, but no answer
 * contains them. Zoom skips users that SCIM does not see, for example pending users. The fallback reads members and
 * administrators over REST, and adds pending users there.
 *
 * Left out on purpose: a list of members built from the groups of each user, because Zoom may show only one of several
 * groups. Without the fallback members are write-only, and the class has no administrators and no number of members
 * (tables.ts).
 *
 * Zoom's documentation: https://developers.zoom.us/docs/api/scim2/
 */

/** Settings of a group class over SCIM. */
interface ScimGroupClassSettings extends GroupClassSettings {
  /** Uses REST for data that SCIM cannot see: members, administrators, pending users. */
  readonly fallback: boolean;
  /** Called after a rename or a deletion: the group no longer has its former name. */
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
  const publicName = (attribute: string) => view.publicName(attribute);
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
    update: scimGroupUpdates(fallback, { stepsOf, publicName, nameChanged }),
    create: scimGroupCreates(newGroups),
    remove: scimGroupRemovals(nameChanged),
    ...groupOperations(entitlementDeletionEnabled),
  };
}

/** The create call takes name and alias. */
function scimGroupCreates(newGroups: NewGroups): Creatable {
  return {
    ...groupCreation,
    plan: (attributes) => {
      const [name, alias] = [attributes.get('__NAME__')?.[0], attributes.get('EMAIL_ALIAS')?.[0]];
      const call = createScimGroup(String(name), alias === undefined ? undefined : String(alias));
      return { call: newGroups.create(String(name), call), covered: new Set(['__NAME__', 'EMAIL_ALIAS']) };
    },
    created: (answer) => ({ uid: textAt(answer, 'id'), name: textAt(answer, 'displayName') }),
  };
}

function scimGroupRemovals(nameChanged: () => void): Removable {
  return { needs: 'nothing', plan: (uid) => removalPlan({ ...deleteScimGroup(uid), expect: nameChanged }) };
}
