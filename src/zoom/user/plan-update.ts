import type { UpdateInput } from '../../connector/object-class/object-class.js';
import { type Plan, planSteps } from '../../connector/object-class/plan.js';
import { asList, at } from '../kit/json.js';
import {
  type AccountFacts,
  prepareUserUpdate,
  stepsAmong,
  type UserPlanning,
} from './policy/prepare-update.js';
import { lostByDeactivation } from './policy/update-policy.js';
import { userRestSteps } from './steps.js';
import { statusOf } from './user-view.js';

/** Plans the update of a user. */
export function planUserUpdate(input: UpdateInput, facts: AccountFacts, planning: UserPlanning): Plan {
  const { state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const { bindings, customAttributes } = planning;
  const status = statusOf(state.found);
  const { sites } = facts;
  const prepared = prepareUserUpdate(input, { status, losses: lostByDeactivation, state, sites }, planning);
  const { changes, stepInput, fulfilled, sideEffects, warnings } = prepared;
  const steps = planSteps(userRestSteps, stepsAmong(prepared, bindings), [...changes, ...fulfilled], {
    ...stepInput,
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
