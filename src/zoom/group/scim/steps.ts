import type { Call, Session } from '../../../connector/object-class/call.js';
import type { ObjectName } from '../../../connector/object-class/found-object.js';
import {
  emptyPlan,
  type Otherwise,
  type Plan,
  planSteps,
  type Step,
} from '../../../connector/object-class/plan.js';
import type { Updateable, UpdateInput } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { chunks } from '../../kit/reads.js';
import { mayConcernOneValue } from '../../kit/refused-value.js';
import { addPendingMember } from '../../user/calls.js';
import { removeMember } from '../calls.js';
import { adminCalls } from '../steps.js';
import type { GroupUsers } from '../group-users.js';
import { groupEffectsOnReads, groupNeeds } from '../group-view.js';
import { groupReadBack } from '../read-back.js';
import * as calls from './calls.js';
import { addScimMembers, removeScimMembers } from '../../user/scim/calls.js';
import { type MemberWrites, type ResolveMembers, resolveOverRest, resolveOverScim } from './member-writes.js';
import { scimGroupReadBack } from './read-groups.js';
import type { ScimGroupStep } from './tables.js';

/** Zoom documents no limit for SCIM; this is the limit of its REST call. */
const membersPerCall = 30;

/** Input of the steps of a group update. */
interface ScimGroupStepInput {
  readonly uid: string;
  readonly writes: MemberWrites;
  /** The users to add as administrators, by address. */
  readonly admins: GroupUsers;
  /** Called when the group has a new name. */
  readonly nameChanged: () => void;
}

type ScimGroupStepRow = Step<ScimGroupStepInput> & { readonly name: ScimGroupStep };

/** The steps of a group update, in the order in which they run. */
const scimGroupSteps: readonly ScimGroupStepRow[] = [
  { name: 'group', independent: true, calls: groupCalls, otherwise: groupCallsApart },
  { name: 'members', calls: memberCalls },
  { name: 'admins', calls: adminCalls },
];

/** The parts of planning group updates. */
interface ScimGroupUpdateParts {
  /** Names of the steps that write an attribute. */
  readonly stepsOf: (attribute: string) => readonly string[];
  /** Returns the public name of an attribute. */
  readonly publicName: (attribute: string) => string;
  /** Called when the group has a new name. */
  readonly nameChanged: () => void;
}

/**
 * The updates of `ZoomGroup` over SCIM.
 * @param fallback - uses REST for data that SCIM cannot see.
 */
export function scimGroupUpdates(fallback: boolean, parts: ScimGroupUpdateParts): Updateable {
  const planning = { ...parts, resolve: fallback ? resolveOverRest : resolveOverScim };
  return {
    planner: (changes) => ({
      needs: fallback ? groupNeeds(changes) : bareNeeds(changes),
      plan: (input: UpdateInput, session: Session) => planUpdateScimGroup(input, planning, session),
    }),
    alsoChanges: usersOf,
    effectsOnReads: groupEffectsOnReads,
    readBack: fallback ? groupReadBack : scimGroupReadBack,
  };
}

/** The users who join or leave. A concurrent update of such a user would write back the groups that it read earlier. */
function usersOf(changes: readonly ResolvedChange[]): readonly ObjectName[] {
  return changes
    .filter(({ attribute }) => attribute === 'MEMBER_IDS')
    .flatMap(({ added, removed }) => [...added, ...removed])
    .map((uid) => ({ objectClass: 'ZoomUser', uid: String(uid) }));
}

/** Sources that changes need over SCIM alone. Members cannot be read, so every change is written without a read. */
function bareNeeds(changes: readonly unknown[]): 'nothing' | ReadonlySet<string> {
  return changes.length > 0 ? 'nothing' : new Set(['group']);
}

/** Parts and settings of the plan of a group update. */
interface GroupPlanning extends ScimGroupUpdateParts {
  readonly resolve: ResolveMembers;
}

/**
 * Plans the update of a group. It first reads the users that the update names. An update without steps reads the group,
 * because no other call would fail for an unknown group.
 * @throws ConnectorError `unknownUid` when that read finds no group.
 */
async function planUpdateScimGroup(
  { changes, occasion, state, uid }: UpdateInput,
  { nameChanged, publicName, resolve, stepsOf }: GroupPlanning,
  session: Session,
): Promise<Plan> {
  const { admins, changes: effective, warnings, writes } = await resolve(uid, changes, publicName, session);
  const steps = planSteps(scimGroupSteps, stepsOf, effective, { uid, writes, admins, nameChanged });
  const isUnproven = steps.length === 0 && state === undefined && occasion === 'update';
  if (isUnproven) await session.send(calls.getScimGroup(uid));
  return { ...emptyPlan, steps, warnings };
}

type Changes = ReadonlyMap<string, ResolvedChange>;

/** Writes name and alias in one call. */
function groupCalls(changes: Changes, { nameChanged, uid }: ScimGroupStepInput): readonly Call[] {
  const [name, alias] = [changes.get('__NAME__'), changes.get('EMAIL_ALIAS')];
  if (name === undefined && alias === undefined) return [];
  const fields = {
    ...(name !== undefined && { displayName: String(name.after[0]) }),
    ...(alias !== undefined && { emailAlias: String(alias.after[0] ?? '') }),
  };
  const call = { ...calls.changeScimGroup(uid, fields), writes: [...changes.keys()] };
  return [name === undefined ? call : { ...call, expect: nameChanged }];
}

/** Name and alias apart, for when Zoom has refused them together. */
function groupCallsApart(changes: Changes, input: ScimGroupStepInput): Otherwise | undefined {
  if (changes.size < 2) return undefined;
  const apart = [...changes].flatMap((entry) => groupCalls(new Map([entry]), input));
  return { when: mayConcernOneValue, calls: apart };
}

function memberCalls(changes: Changes, { uid, writes }: ScimGroupStepInput): readonly Call[] {
  if (!changes.has('MEMBER_IDS')) return [];
  const { all, invited, joining, leaving } = writes;
  if (all !== undefined) return [calls.setScimMembers(uid, all)];
  return [
    ...chunks(joining, membersPerCall).map((ids) => addScimMembers(uid, ids)),
    ...invited.joining.map(({ address }) => addPendingMember(uid, address)),
    ...chunks(leaving, membersPerCall).map((ids) => removeScimMembers(uid, ids)),
    ...invited.leaving.map((id) => removeMember(uid, id)),
  ];
}
