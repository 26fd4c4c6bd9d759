import type { ResolvedChange } from '../../connid/delta.js';
import type { Call } from '../../connector/call.js';
import type { Step } from '../../connector/plan.js';
import { chunks } from '../chunks.js';
import type { GroupStep } from './bindings.js';
import * as calls from './calls.js';

/** How many entries Zoom takes in one call. */
const membersPerCall = 30;
const adminsPerCall = 10;

/** What the steps of a group update plan with. */
export interface GroupStepInput {
  readonly uid: string;
}

type GroupStepRow = Step<GroupStepInput> & { readonly name: GroupStep };

/** The steps of a group update, in the order in which they run. */
export const groupSteps: readonly GroupStepRow[] = [
  {
    name: 'name',
    calls: (changes, { uid }) => {
      const name = changes.get('__NAME__')?.after[0];
      return name === undefined ? [] : [calls.renameGroup(uid, String(name))];
    },
  },
  {
    name: 'members',
    calls: (changes, { uid }) =>
      addThenRemove(changes.get('MEMBER_IDS'), membersPerCall, {
        add: (ids) => calls.addMembers(uid, ids),
        remove: (id) => calls.removeMember(uid, id),
      }),
  },
  {
    name: 'admins',
    calls: (changes, { uid }) =>
      addThenRemove(changes.get('ADMIN_EMAILS'), adminsPerCall, {
        add: (users) => calls.addAdmins(uid, users),
        remove: (user) => calls.removeAdmin(uid, user),
      }),
  },
];

interface Entries {
  readonly add: (entries: readonly string[]) => Call;
  readonly remove: (entry: string) => Call;
}

function addThenRemove(
  change: ResolvedChange | undefined,
  perCall: number,
  { add, remove }: Entries,
): readonly Call[] {
  if (change === undefined) return [];
  return [...chunks(change.added.map(String), perCall).map(add), ...change.removed.map(String).map(remove)];
}
