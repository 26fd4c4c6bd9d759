import type { Endpoint } from '../../connector/object-class/endpoint.js';
import type { Listing } from '../../connector/object-class/listing.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import { removalPlan } from '../../connector/object-class/plan.js';
import { readersOf } from '../kit/binding.js';
import { groupEndpoints } from './endpoints.js';
import { membershipEndpoints, userEndpoints } from '../user/endpoints.js';
import { textAt } from '../kit/json.js';
import { RowsListing } from '../kit/row-listing.js';
import { groupAttributes } from './attributes.js';
import { groupBindings, groupSources } from './bindings.js';
import { createGroup, deleteGroup, groupPages } from './calls.js';
import { groupClassParts, groupStateSources, groupView } from './group-view.js';
import { createNewGroups, findGroup, groupList, withLists } from './read-groups.js';
import { planUpdateGroup } from './steps.js';
import { groupEffectsOnReads } from './write-effects.js';
import { groupReadBack } from './read-back.js';

/** What a group class decides by; filled from the configuration. */
export interface GroupClassSettings {
  readonly entitlementDeletionEnabled: boolean;
  /** Whether listings are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
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
  const { verifyTotals } = settings;
  const newGroups = createNewGroups('name');
  const view = groupView(groupAttributes, settings.renamed);
  return {
    ...groupClassParts(settings.entitlementDeletionEnabled),
    view,
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__', costsListing: true }],
    reading: { sources: groupSources, readers: readersOf(groupBindings) },
    endpoints: { required, optional },
    probe: { ...groupPages.page(undefined), query: { page_size: 1 }, why: 'see whether groups can be read' },
    find: async (key, sources, session) =>
      newGroups.find(key, session) ?? findGroup(key, { sources, verifyTotals }, session),
    openListing: (_query, state) => {
      const complete: Listing['complete'] = (row, sources, session) =>
        withLists(row, { sources, verifyTotals }, session);
      return new RowsListing({ lists: [groupList(groupPages, 'name')], verifyTotals, complete }, state);
    },
    stateSources: groupStateSources,
    effectsOnReads: groupEffectsOnReads,
    readBack: groupReadBack,
    planUpdate: (input, session) => planUpdateGroup(input, (name) => view.publicName(name), session),
    planCreate: (attributes) => {
      const name = String(attributes.get('__NAME__')?.[0]);
      return { call: newGroups.create(name, createGroup(name)), covered: new Set(['__NAME__']) };
    },
    created: (answer) => ({ uid: textAt(answer, 'id'), name: textAt(answer, 'name') }),
    planDelete: (uid) => removalPlan(deleteGroup(uid)),
  };
}
