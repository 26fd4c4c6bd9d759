import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { Listing } from '../../../connector/object-class/listing.js';
import type { ObjectClass } from '../../../connector/object-class/object-class.js';
import type { ObjectName } from '../../../connector/object-class/found-object.js';
import { removalPlan } from '../../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { textAt } from '../../kit/json.js';
import { RowsListing } from '../../kit/row-listing.js';
import { scimEndpoints } from '../../kit/scim-endpoints.js';
import { scimGroupAttributes } from '../attributes.js';
import { findScimGroup, scimGroupReadBack, withRestRecords } from './read-groups.js';
import { membershipEndpoints, userEndpoints } from '../../user/endpoints.js';
import { groupEndpoints } from '../endpoints.js';
import type { GroupClassSettings } from '../group-class.js';
import { groupClassParts, groupStateSources, groupView } from '../group-view.js';
import { createNewGroups, groupList, type Wanted } from '../read-groups.js';
import { groupReadBack } from '../read-back.js';
import { groupEffectsOnReads } from '../write-effects.js';
import { createScimGroup, deleteScimGroup, scimGroupPages } from './calls.js';
import { resolveOverRest, resolveOverScim } from './member-writes.js';
import { planUpdateScimGroup } from './steps.js';
import { scimGroupTables } from './tables.js';

/** What a group class over SCIM decides by. */
interface ScimGroupClassSettings extends GroupClassSettings {
  /** Whether REST may be used for what SCIM can not see: members, administrators, pending users. */
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
  const { entitlementDeletionEnabled, fallback, nameChanged, renamed, verifyTotals } = settings;
  const { attributes, reading, stepsOf } = scimGroupTables(fallback);
  const newGroups = createNewGroups('displayName');
  const view = groupView(attributes, renamed);
  const shown = (attribute: string) => view.publicName(attribute);
  const planning = { resolve: fallback ? resolveOverRest : resolveOverScim, shown, stepsOf, nameChanged };
  const wanted = (sources: ReadonlySet<string>): Wanted => ({ sources, verifyTotals });
  return {
    ...groupClassParts(entitlementDeletionEnabled),
    view,
    reading,
    endpoints: {
      required,
      optional: [create, patch, remove, ...(fallback ? overRest : [scimEndpoints.getScimUser])],
    },
    probe: {
      ...scimGroupPages.page(undefined),
      query: { startIndex: 1, count: 1 },
      why: 'see whether groups can be read',
    },
    find: async (key, sources, session) =>
      newGroups.find(key, session) ?? findScimGroup(key, wanted(sources), session),
    openListing: (_query, state) => {
      const complete: Listing['complete'] = (row, sources, session) =>
        withRestRecords(row, wanted(sources), session);
      return new RowsListing(
        { lists: [groupList(scimGroupPages, 'displayName')], verifyTotals, complete },
        state,
      );
    },
    stateSources: fallback ? groupStateSources : bareStateSources,
    alsoChanges: usersOf,
    effectsOnReads: (uid, change) => groupEffectsOnReads(uid, change, scimGroupAttributes),
    readBack: fallback ? groupReadBack : scimGroupReadBack,
    planUpdate: (input, session) => planUpdateScimGroup(input, planning, session),
    planCreate: (given) => {
      const [name, alias] = [given.get('__NAME__')?.[0], given.get('EMAIL_ALIAS')?.[0]];
      const call = createScimGroup(String(name), alias === undefined ? undefined : String(alias));
      return { call: newGroups.create(String(name), call), covered: new Set(['__NAME__', 'EMAIL_ALIAS']) };
    },
    created: (answer) => ({ uid: textAt(answer, 'id'), name: textAt(answer, 'displayName') }),
    planDelete: (uid) => removalPlan({ ...deleteScimGroup(uid), expect: nameChanged }),
  };
}

/** The users who join or leave: an update of one of them carries the groups that it was in when it was read. */
function usersOf(changes: readonly ResolvedChange[]): readonly ObjectName[] {
  return changes
    .filter(({ attribute }) => attribute === 'MEMBER_IDS')
    .flatMap(({ added, removed }) => [...added, ...removed])
    .map((uid) => ({ objectClass: 'ZoomUser', uid: String(uid) }));
}

/** Members can not be read, so every change is written as it is. */
function bareStateSources(changes: readonly unknown[]): ReadonlySet<string> | undefined {
  return changes.length > 0 ? undefined : new Set(['group']);
}
