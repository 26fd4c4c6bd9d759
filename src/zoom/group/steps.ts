import type { ResolvedChange } from '../../connid/delta.js';
import type { Call, Session } from '../../connector/object-class/call.js';
import { emptyPlan, type Plan, planSteps, type Step } from '../../connector/object-class/plan.js';
import type { Updateable, UpdateInput } from '../../connector/object-class/updateable.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import { stepsOf } from '../kit/binding.js';
import { chunks } from '../kit/reads.js';
import { addPendingMember } from '../user/calls.js';
import { groupBindings, type GroupStep } from './bindings.js';
import * as calls from './calls.js';
import { type GroupUser, type GroupUsers, resolveUsers } from './group-users.js';
import { groupEffectsOnReads, groupNeeds } from './group-view.js';
import { groupReadBack } from './read-back.js';

/** The number of entries that Zoom accepts in one call. */
const membersPerCall = 30;
const adminsPerCall = 10;

/** Input of the steps of a group update. */
interface GroupStepInput {
  readonly uid: string;
  /** The users to add as members, by id. */
  readonly members: GroupUsers;
  /** The users to add as administrators, by address. */
  readonly admins: GroupUsers;
}

type GroupStepRow = Step<GroupStepInput> & { readonly name: GroupStep };

/** The steps of a group update, in the order in which they run. */
const groupSteps: readonly GroupStepRow[] = [
  {
    name: 'name',
    calls: (changes, { uid }) => {
      const name = changes.get('__NAME__')?.after[0];
      return name === undefined ? [] : [calls.renameGroup(uid, String(name))];
    },
  },
  { name: 'members', calls: memberCalls },
  { name: 'admins', calls: adminCalls },
];

/** The updates of `ZoomGroup`. */
export function groupUpdates(view: ObjectClassView): Updateable {
  const publicName = (attribute: string) => view.publicName(attribute);
  return {
    planner: (changes) => ({
      needs: groupNeeds(changes),
      plan: (input: UpdateInput, session: Session) => planUpdateGroup(input, publicName, session),
    }),
    effectsOnReads: groupEffectsOnReads,
    readBack: groupReadBack,
  };
}

/**
 * Plans the update of a group. It first reads the users that the update adds.
 * @param publicName - returns the public name of an attribute.
 */
async function planUpdateGroup(
  { changes, uid }: UpdateInput,
  publicName: (attribute: string) => string,
  session: Session,
): Promise<Plan> {
  const { changes: effective, ...users } = await resolveUsers(uid, changes, publicName, session);
  return { ...emptyPlan, steps: planSteps(groupSteps, stepsOf(groupBindings), effective, { uid, ...users }) };
}

type Changes = ReadonlyMap<string, ResolvedChange>;

function memberCalls(changes: Changes, { members, uid }: GroupStepInput): readonly Call[] {
  const { added, removed } = entriesOf(changes.get('MEMBER_IDS'));
  const pending = usersOf(added, members).filter((user) => user.pending);
  const others = added.filter((id) => members.get(id)?.pending !== true);
  return [
    ...chunks(others, membersPerCall).map((ids) => calls.addMembers(uid, ids)),
    ...pending.map(({ address }) => addPendingMember(uid, address)),
    ...removed.map((id) => calls.removeMember(uid, id)),
  ];
}

/** The calls that change the administrators of a group. */
export function adminCalls(
  changes: Changes,
  { admins, uid }: Pick<GroupStepInput, 'admins' | 'uid'>,
): readonly Call[] {
  const { added, removed } = entriesOf(changes.get('ADMIN_EMAILS'));
  return [
    ...chunks(usersOf(added, admins), adminsPerCall).map((users) => calls.addAdmins(uid, users)),
    ...removed.map((user) => calls.removeAdmin(uid, user)),
  ];
}

function entriesOf(change: ResolvedChange | undefined): Record<'added' | 'removed', readonly string[]> {
  return { added: (change?.added ?? []).map(String), removed: (change?.removed ?? []).map(String) };
}

function usersOf(keys: readonly string[], users: GroupUsers): readonly GroupUser[] {
  return keys.flatMap((key) => users.get(key) ?? []);
}
