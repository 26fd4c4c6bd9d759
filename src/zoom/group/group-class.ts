import type { Change } from '../../connid/delta.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import type { Endpoint } from '../../connector/call.js';
import type { ObjectClass, UpdateInput } from '../../connector/object-class.js';
import { emptyPlan, type Plan, planSteps } from '../../connector/plan.js';
import { readersOf } from '../binding.js';
import { groupEndpoints } from '../endpoints/groups.js';
import { textAt } from '../json.js';
import { groupAttributes } from './attributes.js';
import { groupBindings, groupSources } from './bindings.js';
import { createGroup, deleteGroup, groupPages } from './calls.js';
import { GroupListing } from './group-listing.js';
import { groupEchoes } from './echoes.js';
import { findGroup } from './read-groups.js';
import { groupSteps } from './steps.js';

/** What a group class decides by; filled from the configuration. */
export interface GroupClassSettings {
  readonly entitlementDeletionEnabled: boolean;
  /** Whether listings are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
  /** Names to show instead of the declared ones. */
  readonly renamed: Readonly<Record<string, string>>;
}

const required: readonly Endpoint[] = [groupEndpoints.listGroups, groupEndpoints.getGroup];
const optional = Object.values(groupEndpoints).filter((endpoint) => !required.includes(endpoint));
const stepsByAttribute: Readonly<Record<string, { readonly steps?: readonly string[] }>> = groupBindings;

/** `ZoomGroup`. */
export function createGroupClass(settings: GroupClassSettings): ObjectClass {
  const deletes = settings.entitlementDeletionEnabled;
  return {
    view: new ObjectClassView({
      name: 'ZoomGroup',
      description: 'A group of users of the Zoom account.',
      attributes: groupAttributes,
      aliases: { GROUP_ID: '__UID__', GROUP_NAME: '__NAME__' },
      renamed: settings.renamed,
    }),
    operations: ['search', 'get', 'create', 'updateDelta', ...(deletes ? (['delete'] as const) : [])],
    unsupportedHints: { delete: 'Set custom.entitlementDeletionEnabled to allow the deletion of groups.' },
    reading: { sources: groupSources, readers: readersOf(groupBindings) },
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__' }],
    narrowings: [],
    partitions: [{ id: 'all', facts: new Map() }],
    endpoints: { required, optional },
    probe: { ...groupPages.page(undefined), query: { page_size: 1 }, why: 'see whether groups can be read' },
    find: (key, sources, session) =>
      findGroup(key, { sources, verifyTotals: settings.verifyTotals }, session),
    openListing: (_query, state) => new GroupListing(settings.verifyTotals, state),
    stateSources,
    echoes: groupEchoes,
    planUpdate: (input) => Promise.resolve(planUpdateGroup(input)),
    planCreate: (attributes) => ({
      call: createGroup(String(attributes.get('__NAME__')?.[0])),
      covered: new Set(['__NAME__']),
    }),
    createdUid: (answer) => textAt(answer, 'id'),
    adoptionSources: new Set(['group']),
    adoptionRefusal: () => undefined,
    deleteSources: undefined,
    planDelete: (uid) => {
      const calls = [deleteGroup(uid)];
      return {
        ...emptyPlan,
        removes: true,
        steps: [{ name: 'delete', attributes: [], calls, dependsOn: [], guaranteed: false }],
      };
    },
  };
}

const listSources: Readonly<Record<string, string>> = { MEMBER_IDS: 'members', ADMIN_EMAILS: 'admins' };

/** A rename and added or removed members need no read; replacing members needs the present ones. */
function stateSources(changes: readonly Change[]): ReadonlySet<string> | undefined {
  const replaced = changes
    .filter((change) => 'replace' in change)
    .map(({ attribute }) => listSources[attribute]);
  const sources = replaced.filter((source) => source !== undefined);
  if (sources.length === 0 && changes.length > 0) return undefined;
  return new Set(['group', ...sources]);
}

function planUpdateGroup({ changes, uid }: UpdateInput): Plan {
  const steps = planSteps(groupSteps, (attribute) => stepsByAttribute[attribute]?.steps ?? [], changes, {
    uid,
  });
  return { ...emptyPlan, steps };
}
