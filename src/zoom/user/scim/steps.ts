import type { Warning } from '../../../connector/connector.js';
import type { Call } from '../../../connector/object-class/call.js';
import type { Step } from '../../../connector/object-class/plan.js';
import type { Values } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { ConnectorError } from '../../../connid/errors.js';
import { type Present, replacementOf, rewritesAfterPut } from './replacement.js';
import { userRestSteps } from '../steps.js';
import type { UserStepInput } from '../policy/prepare-update.js';
import * as calls from './calls.js';
import { resourceStep, type ScimUserTables } from './tables.js';

type Changes = ReadonlyMap<string, ResolvedChange>;

/** Input of the steps of a user update over SCIM. It includes that of REST's steps, for attributes only REST writes. */
interface ScimStepInput extends UserStepInput {
  readonly allChanges: Changes;
  /** The user as it was read. */
  readonly present: Present;
  readonly tables: ScimUserTables;
}

/** REST's steps for which SCIM has calls of its own. */
const ownSteps: readonly string[] = ['activate', 'email', 'groups', 'deactivate'];

const restSteps = userRestSteps
  .filter(({ name }) => !ownSteps.includes(name))
  .map((step): Step<ScimStepInput> => (step.name === 'profile' ? writingAgain(step) : step));

/** The steps of a user update over SCIM, in the order in which they run. Steps over REST come after SCIM. */
export const scimUserSteps: readonly Step<ScimStepInput>[] = [
  {
    name: 'activate',
    calls: (_, { activate, userId }) => (activate ? [calls.switchScimUser(userId, true)] : []),
  },
  { name: resourceStep, dependsOn: ['activate'], calls: resourceCalls },
  { name: 'email', dependsOn: ['activate', resourceStep], calls: emailCalls },
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

/** REST's step for the profile, which also writes again what a replacement leaves coarser than it was. */
function writingAgain(step: Step<UserStepInput>): Step<ScimStepInput> {
  const coarse = ({ allChanges, present, tables }: ScimStepInput): readonly ResolvedChange[] => {
    const replaces = [...allChanges.keys()].some((attribute) => tables.fields[attribute] !== undefined);
    const changes = replaces ? rewritesAfterPut(present.found, tables) : [];
    return changes.filter(({ attribute }) => !allChanges.has(attribute));
  };
  return {
    ...step,
    restores: (input) => coarse(input).map(({ attribute }) => attribute),
    calls: (changes, input) => {
      const again = coarse(input).map((change) => [change.attribute, change] as const);
      return step.calls(new Map([...changes, ...again]), input);
    },
  };
}

function resourceCalls(changes: Changes, { present, tables, userId }: ScimStepInput): readonly Call[] {
  if (changes.size === 0) return [];
  const resource = replacementOf(present, valuesOf(changes), tables);
  return [calls.replaceScimUser(userId, resource, 'change the user')];
}

/**
 * A call of its own, because a refused address must not refuse the other changes. It carries them, too, except requests
 * that must not be repeated.
 */
function emailCalls(changes: Changes, input: ScimStepInput): readonly Call[] {
  if (changes.size === 0) return [];
  const { allChanges, present, tables, tolerateEmailRefusal, userId } = input;
  const carried = [...valuesOf(allChanges)].filter(([name]) => tables.fields[name]?.once !== true);
  const resource = replacementOf(present, new Map(carried), tables);
  const call = calls.replaceScimUser(userId, resource, 'change the e-mail address');
  return [tolerateEmailRefusal ? { ...call, tolerate: toleratedEmailRefusal } : call];
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

function valuesOf(changes: Changes): ReadonlyMap<string, Values> {
  return new Map([...changes].map(([name, { after }]) => [name, after]));
}
