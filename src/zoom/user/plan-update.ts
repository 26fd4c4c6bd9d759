import type { UpdateInput } from '../../connector/object-class/object-class.js';
import { type Plan, planSteps } from '../../connector/object-class/plan.js';
import type { Binding } from '../kit/binding.js';
import { asList, at, type Json } from '../kit/json.js';
import type { CustomAttribute } from './custom-attributes.js';
import { prepareUpdate, stepsAmong } from './policy/prepare-update.js';
import { userRestSteps } from './steps.js';
import { lostByDeactivation, type UpdatePolicy } from './policy/update-policy.js';
import { statusOf } from './user-status.js';

/** What the plan of an update depends on beyond the user and the changes. */
export interface UserPlanning {
  readonly policy: UpdatePolicy & { readonly immediateLogoutOnDeactivate: boolean };
  readonly emailChangeRefusal: 'fail' | 'warn';
  readonly phoneBundleTypes: readonly string[];
  readonly customAttributes: readonly CustomAttribute[];
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
}

/** Facts of the account that some changes need: read before the plan is made. */
export interface AccountFacts {
  /** The phone sites. */
  readonly sites: readonly Json[];
  /** Keys of custom attributes by their names in Zoom, as far as the user's own record does not tell them. */
  readonly customKeys: Json;
}

/** Plans the update of a user. */
export function planUpdateUser(input: UpdateInput, facts: AccountFacts, planning: UserPlanning): Plan {
  const { state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const { bindings, customAttributes } = planning;
  const status = statusOf(state.found);
  const { sites } = facts;
  const prepared = prepareUpdate(input, { status, losses: lostByDeactivation, state, sites }, planning);
  const { changes, common, fulfilled, sideEffects, warnings } = prepared;
  const steps = planSteps(userRestSteps, stepsAmong(prepared, bindings), [...changes, ...fulfilled], {
    ...common,
    userId: status === 'pending' ? state.found.name : uid,
    bindings,
    custom: {
      attributes: customAttributes,
      held: asList(at(state.found.records.get('user'), 'custom_attributes')),
      keys: facts.customKeys,
    },
  });
  return { steps, warnings, sideEffects };
}
