import type { ResolvedChange } from '../../connid/delta.js';
import type { Warning } from '../../connector/connector.js';
import type { UpdateInput } from '../../connector/object-class.js';
import type { SideEffect } from '../../connector/plan.js';
import type { Json } from '../json.js';
import type { UserStatus } from './calls.js';
import { isIdle, planPhone } from './phone/plan-phone.js';
import type { UserStepInput } from './rest-steps.js';
import { allowChanges, staysInactive, type UpdateRules } from './update-policy.js';

/** The part of the configuration that every plan of a user's update depends on. */
export interface UpdateSettings {
  readonly policy: UpdateRules & { readonly immediateLogoutOnDeactivate: boolean };
  readonly emailChangeRefusal: 'fail' | 'warn';
  readonly phoneBundleTypes: readonly string[];
}

/** What an update comes to before its steps are planned. */
export interface ConsideredUpdate {
  /** The changes to be made. */
  readonly changes: readonly ResolvedChange[];
  /** What steps plan with, whichever of Zoom's APIs they write over. */
  readonly stepInput: Omit<UserStepInput, 'userId' | 'bindings' | 'custom'>;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/**
 * Decides what the state of a user, the configuration and Zoom Phone leave of an update.
 * @param sites - the phone sites, where they are needed.
 */
export function considerUpdate(
  { changes: given, noOps, occasion, state }: UpdateInput,
  status: UserStatus,
  sites: readonly Json[],
  { emailChangeRefusal, phoneBundleTypes, policy }: UpdateSettings,
): ConsideredUpdate {
  const asked = [...given, ...noOps];
  const effective = given.filter((change) => !isIdle(change, asked));
  const allowed = allowChanges(effective, status, occasion, policy);
  const { changes, phone, sideEffects, warnings } = planPhone({
    changes: allowed.changes,
    asked,
    present: state?.attributes ?? new Map(),
    record: state?.found.records.get('phoneProfile'),
    sites,
    occasion,
    bundleTypes: phoneBundleTypes,
  });
  return {
    changes,
    stepInput: {
      status,
      activate: allowed.activate,
      deactivate: allowed.deactivate,
      logout: policy.immediateLogoutOnDeactivate,
      stays: staysInactive(status, noOps),
      tolerateEmailRefusal: emailChangeRefusal === 'warn',
      phone,
    },
    warnings: [...allowed.warnings, ...warnings],
    sideEffects: [...allowed.sideEffects, ...sideEffects],
  };
}
