import type { Warning } from '../../../connector/connector.js';
import type { Call } from '../../../connector/object-class/call.js';
import type { Step } from '../../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { ConnectorError } from '../../../connid/errors.js';
import { mayConcernOneValue } from '../../kit/refused-value.js';
import type { UserStepInput } from '../policy/prepare-update.js';
import { profileApart, profileCall } from '../profile-calls.js';
import { changesOfProfile, licensedProfile, userRestSteps } from '../steps.js';
import * as calls from './calls.js';
import { keptType } from './kept-type.js';
import { rewritesAfterPut } from './replacement.js';
import { replacement, replacementsApart, type ScimStepInput } from './replacement-calls.js';
import { resourceStep } from './tables.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

/** REST's steps for which SCIM has calls of its own. */
const ownSteps: readonly string[] = ['activate', 'email', 'groups', 'deactivate'];

const restSteps = userRestSteps
  .filter(({ name }) => !ownSteps.includes(name))
  .map((step): Step<ScimStepInput> => (step.name === 'profile' ? profileWithRepair(step) : step));

/** The steps of a user update over SCIM, in the order in which they run. Steps over REST come after SCIM. */
export const scimUserSteps: readonly Step<ScimStepInput>[] = [
  {
    name: 'activate',
    calls: (_, { activate, userId }) => (activate ? [calls.switchScimUser(userId, true)] : []),
  },
  licensedProfile('beforeLicence'),
  {
    name: resourceStep,
    dependsOn: ['activate'],
    independent: true,
    calls: resourceCalls,
    otherwise: replacementsApart,
  },
  { name: 'email', dependsOn: ['activate'], calls: emailCalls },
  keptType,
  { name: 'groups', dependsOn: ['activate'], independent: true, calls: groupCalls },
  ...restSteps.filter(({ name }) => name !== 'logout'),
  {
    name: 'deactivate',
    guaranteed: () => true,
    restores: ({ activate, deactivate }) => (activate && deactivate ? ['__ENABLE__'] : []),
    calls: (_, { deactivate, userId }) => (deactivate ? [calls.switchScimUser(userId, false)] : []),
  },
  ...restSteps.filter(({ name }) => name === 'logout'),
];

/**
 * REST's step for the profile, which also repairs values that a replacement leaves coarser. After a refusal the
 * repair goes first and alone: a refused value must not keep the damage.
 */
function profileWithRepair(step: Step<UserStepInput>): Step<ScimStepInput> {
  return {
    ...step,
    calls: (changes, input) => step.calls(new Map([...changes, ...repairsBeside(changes, input)]), input),
    otherwise: (changes, input) => {
      const own = changesOfProfile(changes, input);
      const repairs = repairsOf(input);
      const others = repairs.size === 0 ? [] : step.calls(own, input);
      const apart = profileApart(own, input)?.calls ?? others;
      if (own.size === 0 || apart.length === 0) return undefined;
      const writes = [...repairs.keys()].filter((name) => !own.has(name));
      const repair = repairs.size === 0 ? [] : [{ ...profileCall(repairs, input), writes }];
      return { when: mayConcernOneValue, calls: [...repair, ...apart] };
    },
  };
}

/** Attributes that a replacement leaves coarser than they were, with the values that REST has. */
function repairsOf({ allChanges, present, tables }: ScimStepInput): Changes {
  const replaces = [...allChanges.keys()].some((attribute) => tables.fields[attribute] !== undefined);
  const repairs = replaces ? rewritesAfterPut(present.found, tables) : [];
  return new Map(repairs.map((change) => [change.attribute, change]));
}

function repairsBeside(changes: Changes, input: ScimStepInput): Changes {
  return new Map([...repairsOf(input)].filter(([attribute]) => !changes.has(attribute)));
}

function resourceCalls(changes: Changes, input: ScimStepInput): readonly Call[] {
  return changes.size === 0 ? [] : [replacement(changes, input, 'change the user')];
}

/**
 * A call of its own, because a refused address must not refuse the other changes. It carries those that Zoom took,
 * except requests that must not be repeated.
 */
function emailCalls(changes: Changes, input: ScimStepInput): readonly Call[] {
  if (changes.size === 0) return [];
  const tolerate = input.tolerateEmailRefusal ? toleratedEmailRefusal : undefined;
  return [replacement(changes, input, 'change the e-mail address', tolerate)];
}

/** No managed domain, and three changes in 24 hours; an address that is taken stays an error. */
function toleratedEmailRefusal({ details, kind, message }: ConnectorError): Warning | undefined {
  const { message: words = '', status } = details.upstream ?? {};
  const tooMany = kind === 'preconditionFailed' && status === 429;
  if (!tooMany && !/\bdomain\b/i.test(words)) return undefined;
  return { code: 'EMAIL_NOT_CHANGED', message: `${message} ${words}`.trim(), attributes: ['__NAME__'] };
}

function groupCalls(changes: Changes, { userId }: ScimStepInput): readonly Call[] {
  const { added = [], removed = [] } = changes.get('GROUP_IDS') ?? {};
  return [
    ...added.map((groupId) => calls.joinScimGroup(String(groupId), userId)),
    ...removed.map((groupId) => calls.leaveScimGroup(String(groupId), userId)),
  ];
}
