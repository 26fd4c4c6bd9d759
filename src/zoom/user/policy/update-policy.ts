import type { Attributes, Values } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { phoneAttributes } from '../phone/attributes.js';
import type { UserStatus } from '../user-view.js';
import {
  type AllowedChanges,
  type Losses,
  nothing,
  type UpdatePolicy,
  type UserSituation,
} from './allowed-changes.js';
import { allowForPending } from './pending-policy.js';

/** Licences and phone, over REST. */
export const lostByDeactivation: Losses = new Map<string, Values>([
  ['TYPE', [1]],
  ['PLAN_UNITED_TYPE', []],
  ['ZOOM_ONE_TYPE', []],
  ['LICENSE_INFO', []],
  ...Object.keys(phoneAttributes).map((name): [string, Values] => [name, []]),
  ['ZOOM_PHONE_FEATURE', [false]],
]);

/** True if an update disables a user who is inactive already: perhaps a logout failed the last time. */
export function staysInactive(status: UserStatus, noOps: readonly ResolvedChange[]): boolean {
  return status === 'inactive' && noOps.some(({ attribute }) => attribute === '__ENABLE__');
}

/**
 * Decides which changes an update may make to a user in its present state.
 * @param changes - the changes without no-ops.
 * @throws ConnectorError `preconditionFailed` when the state forbids the update and the configuration does not say
 * otherwise.
 */
export function decideAllowedChanges(
  changes: readonly ResolvedChange[],
  situation: UserSituation,
  policy: UpdatePolicy,
): AllowedChanges {
  const { occasion, status } = situation;
  if (changes.length === 0) return nothing;
  if (status === 'pending') return allowForPending(changes, occasion, policy);
  const enables = changes.find(({ attribute }) => attribute === '__ENABLE__')?.after[0];
  if (enables === false) return beforeDeactivation(changes, situation);
  if (status === 'inactive' && enables === undefined) return allowForInactive(changes, situation, policy);
  return { ...nothing, changes, activate: enables === true };
}

/** Applies everything else first. It does not assign what the deactivation would take away again. */
function beforeDeactivation(
  changes: readonly ResolvedChange[],
  { losses, noOps }: Pick<UserSituation, 'losses' | 'noOps'>,
): AllowedChanges {
  const taken = changes.filter(({ attribute }) => losses.has(attribute));
  const lost = [...changes, ...noOps].filter((change) => isLost(change, losses));
  return {
    ...nothing,
    changes: changes.filter((change) => !taken.includes(change)),
    fulfilled: taken.filter((change) => !lost.includes(change)),
    deactivate: true,
    ...toldLost(lost, ({ attribute }) => losses.get(attribute) ?? []),
  };
}

/** True if a change requests a value that a deactivation takes away. */
function isLost({ attribute, wanted }: ResolvedChange, losses: Losses): boolean {
  const left = losses.get(attribute);
  return left !== undefined && wanted.length > 0 && left[0] !== wanted[0];
}

function toldLost(
  lost: readonly ResolvedChange[],
  leftOf: (change: ResolvedChange) => Values,
): Pick<AllowedChanges, 'warnings' | 'sideEffects'> {
  if (lost.length === 0) return { warnings: [], sideEffects: [] };
  const attributes = lost.map(({ attribute }) => attribute);
  const message =
    'Zoom takes licences and phone away when it deactivates a user, so what was asked for is not there.';
  return {
    warnings: [{ code: 'LOST_BY_DEACTIVATION', message, attributes }],
    sideEffects: lost.map((change) => ({ attribute: change.attribute, values: leftOf(change) })),
  };
}

/** A repeated delta that disables the user loses its licences and phone as it did the first time. */
function allowForInactive(
  changes: readonly ResolvedChange[],
  situation: UserSituation,
  policy: UpdatePolicy,
): AllowedChanges {
  const { losses } = situation;
  if (staysInactive(situation.status, situation.noOps) && changes.every((change) => isLost(change, losses))) {
    return { ...nothing, ...toldLost(changes, leftIn(losses)) };
  }
  const removesFeature = changes.some(removesPhone);
  if (policy.updateDisabledUsers || (policy.removePhoneFeatureOnDisabledUser && removesFeature)) {
    return inBracket(changes, situation);
  }
  const attributes = changes.map(({ attribute }) => attribute);
  if (policy.ignoreUpdateErrorOnDisabledUser || situation.occasion !== 'update') {
    const message = 'The user is inactive, and Zoom takes no changes of inactive users. Nothing was changed.';
    return { ...nothing, warnings: [{ code: 'NOT_APPLIED_INACTIVE', message, attributes }] };
  }
  throw new ConnectorError(
    'preconditionFailed',
    'The user is inactive, and Zoom takes no changes of inactive users.',
    {
      hint: 'Enable the user in the same update, or set custom.updateDisabledUsers to activate it for the moment.',
      notApplied: attributes,
      applied: [],
    },
  );
}

/**
 * Removing a licence or Zoom Phone from an inactive user is a change of its own: the last deactivation did not remove
 * it. We do not activate a user only to assign what the deactivation would remove.
 */
function inBracket(changes: readonly ResolvedChange[], { losses }: UserSituation): AllowedChanges {
  const lost = changes.filter((change) => isLost(change, losses));
  const kept = changes.filter((change) => !lost.includes(change));
  const isWorthwhile = kept.length > 0;
  const afterwards = ({ attribute }: ResolvedChange): Values => losses.get(attribute) ?? [];
  return {
    ...nothing,
    changes: kept,
    activate: isWorthwhile,
    deactivate: isWorthwhile,
    ...toldLost(lost, isWorthwhile ? afterwards : leftIn(losses)),
  };
}

/** The values of an attribute that an inactive user still has. */
function leftIn(losses: Losses): (change: ResolvedChange) => Values {
  return ({ attribute, before }) => before ?? losses.get(attribute) ?? [];
}

function removesPhone({ attribute, after }: ResolvedChange): boolean {
  return attribute === 'ZOOM_PHONE_FEATURE' && after[0] !== true;
}

/** Zoom's code for a refused change of an inactive user. It proves the status, even if a read said otherwise. */
const userDisabled = 1053;

const disabledUser: Attributes = new Map<string, Values>([
  ['STATUS', ['inactive']],
  ['__ENABLE__', [false]],
]);

/**
 * Attributes that a refused change proves.
 * @param status - the status that the read returned.
 */
export function inactiveByRefusal({ details }: ConnectorError, status: UserStatus | undefined): Attributes {
  const isNews = details.upstream?.code === userDisabled && status !== 'inactive';
  return isNews ? disabledUser : new Map();
}
