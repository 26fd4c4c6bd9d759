import type { UpdateInput } from '../../connector/object-class.js';
import { type Plan, planSteps } from '../../connector/plan.js';
import type { Binding } from '../binding.js';
import { asList, type Json } from '../json.js';
import type { CustomAttribute } from './custom-attributes.js';
import { isIdle, planPhone } from './phone/plan-phone.js';
import { userRestSteps } from './rest-steps.js';
import { allowChanges, lostByDeactivation, staysInactive, type UpdatePolicy } from './update-policy.js';
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
export interface UserLookUps {
  /** The phone sites. */
  readonly sites: readonly Json[];
  /** Keys of custom attributes by their names in Zoom, as far as the user's own record does not tell them. */
  readonly customKeys: Json;
}

/** Plans the update of a user. */
export function planUpdateUser(input: UpdateInput, lookUps: UserLookUps, planning: UserPlanning): Plan {
  const { noOps, occasion, state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const { bindings, customAttributes, emailChangeRefusal, policy } = planning;
  const status = statusOf(state.found);
  const asked = [...input.changes, ...noOps];
  const effective = input.changes.filter((change) => !isIdle(change, asked));
  const allowed = allowChanges(effective, { status, occasion, losses: lostByDeactivation, noOps }, policy);
  const { changes, phone, sideEffects, warnings } = planPhone({
    changes: allowed.changes,
    asked,
    present: state.attributes,
    record: state.found.records.get('phoneProfile'),
    sites: lookUps.sites,
    occasion,
    bundleTypes: planning.phoneBundleTypes,
  });
  const steps = planSteps(userRestSteps, (name) => bindings[name]?.steps ?? [], changes, {
    userId: status === 'pending' ? state.found.name : uid,
    status,
    activate: allowed.activate,
    deactivate: allowed.deactivate,
    logout: policy.immediateLogoutOnDeactivate,
    stays: staysInactive(status, noOps),
    tolerateEmailRefusal: emailChangeRefusal === 'warn',
    bindings,
    phone,
    custom: {
      attributes: customAttributes,
      held: asList((state.found.records.get('user') as Json | undefined)?.['custom_attributes']),
      keys: lookUps.customKeys,
    },
  });
  return {
    steps,
    warnings: [...allowed.warnings, ...warnings],
    sideEffects: [...allowed.sideEffects, ...sideEffects],
  };
}
