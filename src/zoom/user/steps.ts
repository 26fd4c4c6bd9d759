import type { Warning } from '../../connector/connector.js';
import type { Call } from '../../connector/object-class/call.js';
import type { Step } from '../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import { encodeFields } from '../kit/binding.js';
import { namingWhatWasRefused } from '../kit/refused-value.js';
import type { UserStep } from './bindings.js';
import * as calls from './calls.js';
import { phoneSteps } from './phone/steps.js';
import type { LicensedTurn, UserStepInput } from './policy/prepare-update.js';
import { profileApart, profileCall } from './profile-calls.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

type UserStepRow = Step<UserStepInput> & { readonly name: UserStep };

/** The steps of a user update over REST v2, in the order in which they run. */
export const userRestSteps: readonly UserStepRow[] = [
  {
    name: 'activate',
    calls: (_, input) => (input.activate ? [calls.updateStatus(input.userId, 'activate')] : []),
  },
  {
    name: 'profile',
    dependsOn: ['activate'],
    independent: true,
    calls: (changes, input) => callsOf(changesOfProfile(changes, input), input),
    otherwise: (changes, input) => profileApart(changesOfProfile(changes, input), input),
  },
  { name: 'licence', dependsOn: ['activate'], independent: true, calls: licenceCalls },
  licensedProfile('afterLicence'),
  { name: 'email', dependsOn: ['activate'], calls: emailCalls },
  { name: 'password', dependsOn: ['activate'], calls: passwordCalls },
  { name: 'groups', dependsOn: ['activate'], independent: true, calls: groupCalls },
  { name: 'role', dependsOn: ['activate'], calls: roleCalls },
  ...phoneSteps,
  {
    name: 'deactivate',
    guaranteed: () => true,
    restores: ({ activate, deactivate }) => (activate && deactivate ? ['__ENABLE__'] : []),
    calls: (_, input) => (input.deactivate ? [calls.updateStatus(input.userId, 'deactivate')] : []),
  },
  {
    name: 'logout',
    guaranteed: () => true,
    calls: (_, { deactivate, logoutAfter, remainsInactive, userId }) =>
      logoutAfter && (deactivate || remainsInactive) ? [calls.revokeToken(userId)] : [],
  },
];

/**
 * The step for the fields that need a licence, where they do not go with the rest of the profile. If Zoom refused the
 * licence, it refuses them, too.
 */
export function licensedProfile(turn: LicensedTurn): Step<UserStepInput> & { readonly name: UserStep } {
  return {
    name: 'licensedProfile',
    dependsOn: ['activate'],
    independent: true,
    calls: (changes, input) => (input.licensedTurn === turn ? callsOf(changes, input) : []),
    otherwise: (changes, input) => (input.licensedTurn === turn ? profileApart(changes, input) : undefined),
  };
}

/** The changes of the profile that go together, in this step. */
export function changesOfProfile(changes: Changes, { bindings, licensedTurn }: UserStepInput): Changes {
  const isApart = (name: string) => bindings[name]?.steps?.includes('licensedProfile') === true;
  if (licensedTurn === 'withProfile') return changes;
  return new Map([...changes].filter(([name]) => !isApart(name)));
}

function callsOf(changes: Changes, input: UserStepInput): readonly Call[] {
  return changes.size === 0 ? [] : [profileCall(changes, input)];
}

/** The value of each type as a licence. */
const typeRanks: readonly (readonly unknown[])[] = [[4, 99], [1], [2, 3]];

function rankOf(type: unknown): number {
  return typeRanks.findIndex((types) => types.includes(type));
}

/** True if a change of a licence gives the user more than before. */
export function isLicenceRise({ added, after, attribute, before = [] }: ResolvedChange): boolean {
  return attribute === 'TYPE' ? rankOf(after[0]) > rankOf(before[0]) : added.length > 0;
}

/** Fields that need a licence follow it. Where it falls, they go with the profile, which comes before. */
export function licensedTurnOverRest(
  changes: readonly ResolvedChange[],
  bindings: UserStepInput['bindings'],
): LicensedTurn {
  const isLicence = ({ attribute }: ResolvedChange) =>
    bindings[attribute]?.steps?.includes('licence') === true;
  return changes.some((change) => isLicence(change) && isLicenceRise(change))
    ? 'afterLicence'
    : 'withProfile';
}

/**
 * Each licence in a call of its own, because Zoom refuses to change `type`, `plan_united_type` and `zoom_one_type`
 * together (400/300, https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId}); those that are
 * released come first, so that their seats are free for what is assigned.
 */
function licenceCalls(changes: Changes, { userId, bindings }: UserStepInput): readonly Call[] {
  return [...changes]
    .sort(([, a], [, b]) => Number(isRelease(b)) - Number(isRelease(a)))
    .map(([name, { after }]) => ({
      ...calls.updateUser(userId, encodeFields(bindings, new Map([[name, after]])), 'change the licence'),
      writes: [name],
      refused: namingWhatWasRefused({ kind: 'licence', value: [name, ...after].join(' ') }),
    }));
}

const unlicensed: readonly unknown[] = [1, 4, 99];

function isRelease({ added, after, attribute }: ResolvedChange): boolean {
  return added.length === 0 || (attribute === 'TYPE' && unlicensed.includes(after[0]));
}

function emailCalls(changes: Changes, { userId, tolerateEmailRefusal }: UserStepInput): readonly Call[] {
  const email = changes.get('__NAME__')?.after[0];
  if (email === undefined) return [];
  const call = calls.updateEmail(userId, String(email));
  return [tolerateEmailRefusal ? { ...call, tolerate: toleratedEmailRefusal } : call];
}

/** Zoom's code for an address outside the managed domains. */
const unmanagedDomain = 1116;

/** No managed domain, and three changes in 24 hours; an address that is taken stays an error. */
function toleratedEmailRefusal({ details, kind, message }: ConnectorError): Warning | undefined {
  const { code, message: words, status } = details.upstream ?? {};
  const tooMany = kind === 'preconditionFailed' && status === 429;
  if (code !== unmanagedDomain && !tooMany) return undefined;
  return { code: 'EMAIL_NOT_CHANGED', message: `${message} ${words ?? ''}`.trim(), attributes: ['__NAME__'] };
}

function passwordCalls(changes: Changes, { userId }: UserStepInput): readonly Call[] {
  const password = changes.get('__PASSWORD__')?.after[0];
  return password === undefined ? [] : [calls.updatePassword(userId, password)];
}

function groupCalls(changes: Changes, { userId, status }: UserStepInput): readonly Call[] {
  const change = changes.get('GROUP_IDS');
  if (change === undefined) return [];
  const added = change.added.map(String);
  if (status === 'pending') return added.map((groupId) => calls.addPendingMember(groupId, userId));
  return [
    ...added.map((groupId) => calls.joinGroup(groupId, userId)),
    ...change.removed.map((groupId) => calls.leaveGroup(String(groupId), userId)),
  ];
}

const memberRole = '2';

/** Zoom takes no members for the role Member: withdrawing the present role has that effect. */
function roleCalls(changes: Changes, { userId }: UserStepInput): readonly Call[] {
  const change = changes.get('ROLE_ID');
  if (change === undefined) return [];
  const [before] = change.before ?? [];
  const role = String(change.after[0]);
  if (role !== memberRole) return [calls.assignRole(role, userId)];
  return before === undefined ? [] : [calls.withdrawRole(String(before), userId)];
}
