import { ConnectorError } from '../../connid/errors.js';
import type { Values } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import type { Warning } from '../../connector/connector.js';
import type { Occasion } from '../../connector/object-class.js';
import type { SideEffect } from '../../connector/plan.js';
import type { UserStatus } from './calls.js';
import { phoneAttributes } from './phone/attributes.js';

/** The part of the configuration that decides what an update of a user may do. */
export interface UpdatePolicy {
  readonly ignoreUpdateErrorOnDisabledUser: boolean;
  readonly removePhoneFeatureOnDisabledUser: boolean;
  readonly updateDisabledUsers: boolean;
  readonly pendingUpdatePolicy: 'fail' | 'skip';
}

/** What decides about an update: the configuration, and what an API has beyond the attributes of REST. */
export interface UpdateRules extends UpdatePolicy {
  /** Further attributes that deactivation takes away; with what is left of each. */
  readonly alsoLost?: ReadonlyMap<string, Values>;
}

/** What remains to be planned after the user's state has been considered. */
export interface AllowedChanges {
  readonly changes: readonly ResolvedChange[];
  /** Activate before everything else. */
  readonly activate: boolean;
  /** Deactivate after everything else, whatever happens. */
  readonly deactivate: boolean;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/** Licences and phone, which Zoom takes away when it deactivates a user; with what is left of each. */
export const lostByDeactivation: ReadonlyMap<string, Values> = new Map<string, Values>([
  ['TYPE', [1]],
  ['PLAN_UNITED_TYPE', []],
  ['ZOOM_ONE_TYPE', []],
  ['LICENSE_INFO', []],
  ...Object.keys(phoneAttributes).map((name): [string, Values] => [name, []]),
  ['ZOOM_PHONE_FEATURE', [false]],
]);

const nothing: AllowedChanges = {
  changes: [],
  activate: false,
  deactivate: false,
  warnings: [],
  sideEffects: [],
};

/** Whether an update asks that an inactive user be just that: perhaps because a logout has failed. */
export function staysInactive(status: UserStatus, noOps: readonly ResolvedChange[]): boolean {
  return status === 'inactive' && noOps.some(({ attribute }) => attribute === '__ENABLE__');
}

/**
 * Decides what an update does to a user in its present state.
 * @param changes - the changes without no-ops.
 * @throws ConnectorError `preconditionFailed` when the state forbids the update and the configuration does not say
 * otherwise.
 */
export function allowChanges(
  changes: readonly ResolvedChange[],
  status: UserStatus,
  occasion: Occasion,
  policy: UpdateRules,
): AllowedChanges {
  if (changes.length === 0) return nothing;
  if (status === 'pending') return allowForPending(changes, occasion, policy);
  const enables = changes.find(({ attribute }) => attribute === '__ENABLE__')?.after[0];
  if (enables === false) return beforeDeactivation(changes, policy);
  if (status === 'inactive' && enables === undefined) return allowForInactive(changes, occasion, policy);
  return { ...nothing, changes, activate: enables === true };
}

/** Everything else is applied first; what deactivation would take away again is not assigned at all. */
function beforeDeactivation(
  changes: readonly ResolvedChange[],
  { alsoLost = new Map() }: UpdateRules,
): AllowedChanges {
  const left = new Map([...lostByDeactivation, ...alsoLost]);
  const kept = changes.filter(({ attribute }) => !left.has(attribute));
  const lost = changes.filter(
    ({ added, attribute }) => added.length > 0 && isLost(left.get(attribute), added),
  );
  const attributes = lost.map(({ attribute }) => attribute);
  const message = 'Zoom takes licences and phone away when it deactivates a user, so they were not assigned.';
  return {
    ...nothing,
    changes: kept,
    deactivate: true,
    warnings: attributes.length === 0 ? [] : [{ code: 'LOST_BY_DEACTIVATION', message, attributes }],
    sideEffects: attributes.map((attribute) => ({ attribute, values: left.get(attribute) ?? [] })),
  };
}

function isLost(left: Values | undefined, added: Values): boolean {
  return left !== undefined && left[0] !== added[0];
}

function allowForInactive(
  changes: readonly ResolvedChange[],
  occasion: Occasion,
  policy: UpdateRules,
): AllowedChanges {
  const removal = changes.find(removesPhone);
  if (policy.updateDisabledUsers || (policy.removePhoneFeatureOnDisabledUser && removal !== undefined)) {
    return { ...inBracket(changes, removal, policy), activate: true };
  }
  const attributes = changes.map(({ attribute }) => attribute);
  if (policy.ignoreUpdateErrorOnDisabledUser || occasion !== 'update') {
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

/** An inactive user who has Zoom Phone has kept it through a deactivation, so it is switched off for itself. */
function inBracket(
  changes: readonly ResolvedChange[],
  removal: ResolvedChange | undefined,
  policy: UpdateRules,
): AllowedChanges {
  const others = changes.filter((change) => change !== removal);
  const allowed = beforeDeactivation(others, policy);
  return removal === undefined ? allowed : { ...allowed, changes: [...allowed.changes, removal] };
}

function removesPhone({ attribute, after }: ResolvedChange): boolean {
  return attribute === 'ZOOM_PHONE_FEATURE' && after[0] !== true;
}

/** Zoom answers 204 to changes of a pending user and drops them; only one group can be given, by a field of its own. */
function allowForPending(
  changes: readonly ResolvedChange[],
  occasion: Occasion,
  policy: UpdatePolicy,
): AllowedChanges {
  const disables = changes.some(({ attribute }) => attribute === '__ENABLE__');
  const others = changes.filter(({ attribute }) => attribute !== '__ENABLE__');
  if (disables && occasion === 'update') throw pendingDisable();
  const group = others.flatMap(oneGroup);
  const refused = others.filter(
    (change) => group.length === 0 || change.attribute !== 'GROUP_IDS' || !addsJustOne(change),
  );
  if (occasion === 'update' && policy.pendingUpdatePolicy === 'fail' && refused.length > 0)
    throw pendingUpdate(refused);
  return { ...nothing, changes: group, warnings: pendingWarnings(refused, disables) };
}

function addsJustOne({ added, removed }: ResolvedChange): boolean {
  return added.length === 1 && removed.length === 0;
}

/** The part of a group change that a pending user can be given. */
function oneGroup(change: ResolvedChange): readonly ResolvedChange[] {
  const [first] = change.attribute === 'GROUP_IDS' ? change.added : [];
  if (first === undefined) return [];
  return [{ ...change, added: [first], removed: [], after: [...(change.before ?? []), first] }];
}

function pendingWarnings(refused: readonly ResolvedChange[], disables: boolean): readonly Warning[] {
  const attributes = refused.map(({ attribute }) => attribute);
  const notApplied = {
    code: 'NOT_APPLIED_PENDING',
    message:
      'Zoom takes no such changes until the person accepts the invitation; apply them by a later update.',
    attributes,
  };
  const notDisabled = {
    code: 'NOT_DISABLED_PENDING',
    message:
      'The invitation is pending, and a pending user can not be deactivated. Delete withdraws the invitation.',
    attributes: ['__ENABLE__'],
  };
  return [...(attributes.length > 0 ? [notApplied] : []), ...(disables ? [notDisabled] : [])];
}

function pendingDisable(): ConnectorError {
  return new ConnectorError('preconditionFailed', 'A pending user can not be disabled.', {
    hint: 'Delete withdraws the invitation.',
  });
}

function pendingUpdate(refused: readonly ResolvedChange[]): ConnectorError {
  return new ConnectorError(
    'preconditionFailed',
    'The invitation of this user is pending; Zoom would drop the changes without a word.',
    {
      hint: 'Repeat the update after the invitation is accepted, or set custom.pendingUpdatePolicy to skip.',
      notApplied: refused.map(({ attribute }) => attribute),
      applied: [],
    },
  );
}
