import type { Change } from '../../connid/delta.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import type { Endpoint } from '../../connector/call.js';
import type { ObjectClass } from '../../connector/object-class.js';
import { planOf } from '../../connector/plan.js';
import { readersOf } from '../binding.js';
import { groupEndpoints } from '../endpoints/groups.js';
import { userEndpoints } from '../endpoints/users.js';
import { textAt } from '../json.js';
import { groupAttributes } from './attributes.js';
import { groupBindings, groupSources } from './bindings.js';
import { deleteGroup, groupPages } from './calls.js';
import { GroupListing } from './group-listing.js';
import { createNewGroups } from './new-groups.js';
import { planUpdateGroup } from './plan-update.js';
import { groupEchoes } from './echoes.js';
import { groupReadBack } from './read-back.js';
import { findGroup } from './read-groups.js';

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
  userEndpoints.getUser,
  userEndpoints.updateUser,
];

/** `ZoomGroup`. */
export function createGroupClass(settings: GroupClassSettings): ObjectClass {
  const deletes = settings.entitlementDeletionEnabled;
  const newGroups = createNewGroups();
  const view = new ObjectClassView({
    name: 'ZoomGroup',
    description: 'A group of users of the Zoom account.',
    attributes: groupAttributes,
    aliases: { GROUP_ID: '__UID__', GROUP_NAME: '__NAME__' },
    renamed: settings.renamed,
  });
  return {
    view,
    operations: ['search', 'get', 'create', 'updateDelta', ...(deletes ? (['delete'] as const) : [])],
    unsupportedHints: { delete: 'Set custom.entitlementDeletionEnabled to allow the deletion of groups.' },
    reading: { sources: groupSources, readers: readersOf(groupBindings) },
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__' }],
    narrowings: [],
    partitions: [{ id: 'all', facts: new Map() }],
    endpoints: { required, optional },
    probe: { ...groupPages.page(undefined), query: { page_size: 1 }, why: 'see whether groups can be read' },
    find: async (key, sources, session) =>
      newGroups.find(key, session) ??
      findGroup(key, { sources, verifyTotals: settings.verifyTotals }, session),
    openListing: (_query, state) => new GroupListing(settings.verifyTotals, state),
    stateSources,
    echoes: groupEchoes,
    readBack: groupReadBack,
    planUpdate: (input, session) => planUpdateGroup(input, (name) => view.shown(name), session),
    planCreate: (attributes) => ({
      call: newGroups.create(String(attributes.get('__NAME__')?.[0])),
      covered: new Set(['__NAME__']),
    }),
    created: (answer) => {
      const [uid, name] = [textAt(answer, 'id'), textAt(answer, 'name')];
      return { ...(uid !== undefined && { uid }), ...(name !== undefined && { name }) };
    },
    takenElsewhere: {
      message: 'Zoom says that the name is taken, but lists no group of that name.',
      hint: 'Use another name, or look for the group in the Zoom portal.',
    },
    adoptionSources: new Set(['group']),
    adoptionRefusal: () => undefined,
    deleteSources: undefined,
    planDelete: (uid) => ({ ...planOf('delete', [deleteGroup(uid)]), removes: true }),
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
