import type { Warning } from '../../../connector/connector.js';
import type { ObjectState } from '../../../connector/object-class/found-object.js';
import type { SideEffect } from '../../../connector/object-class/plan.js';
import type { UpdateInput } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { type Binding, stepsOf } from '../../kit/binding.js';
import type { Json } from '../../kit/json.js';
import type { CustomAttribute, CustomState } from '../custom-attributes.js';
import { isIdle, planPhone } from '../phone/plan-phone.js';
import type { PhoneStepInput } from '../phone/steps.js';
import type { UserStatus } from '../user-view.js';
import type { UpdatePolicy, UserSituation } from './allowed-changes.js';
import { decideAllowedChanges, staysInactive } from './update-policy.js';

/** Settings that the plan of an update depends on. */
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
  /** Keys of custom attributes by their names in Zoom, for those that are not in the user's own record. */
  readonly customKeys: Json;
}

/** A user to be changed, and the phone sites of the account. */
interface Preparation extends Pick<UserSituation, 'status' | 'losses'> {
  readonly state: ObjectState;
  readonly sites: readonly Json[];
}

/** The changes left to be planned, and the input that the steps of both APIs share. */
interface PreparedUpdate {
  readonly changes: readonly ResolvedChange[];
  /** Changes that the deactivation makes, without a call of their own. */
  readonly fulfilled: readonly ResolvedChange[];
  readonly stepInput: Omit<UserStepInput, 'userId' | 'bindings' | 'custom' | 'licensedTurn'>;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/**
 * Decides what an update may do before its steps are planned, for both APIs: the changes that the user's state and the
 * configuration allow, and the phone part of the plan.
 * @throws ConnectorError as `decideAllowedChanges` and `planPhone` say.
 */
export function prepareUserUpdate(
  { changes: given, noOps, occasion }: UpdateInput,
  { losses, sites, state, status }: Preparation,
  { emailChangeRefusal, phoneBundleTypes, policy }: UserPlanning,
): PreparedUpdate {
  const asked = [...given, ...noOps];
  const effective = given.filter((change) => !isIdle(change, asked));
  const allowed = decideAllowedChanges(effective, { status, occasion, losses, noOps }, policy);
  const lost = new Set(allowed.sideEffects.map(({ attribute }) => attribute));
  const { changes, phone, sideEffects, warnings } = planPhone({
    changes: allowed.changes,
    requested: asked.filter(({ attribute }) => !lost.has(attribute)),
    present: state.attributes,
    record: state.found.records.get('phoneProfile'),
    sites,
    occasion,
    bundleTypes: phoneBundleTypes,
  });
  return {
    changes,
    fulfilled: allowed.fulfilled,
    stepInput: {
      status,
      activate: allowed.activate,
      deactivate: allowed.deactivate,
      logoutAfter: policy.immediateLogoutOnDeactivate,
      remainsInactive: staysInactive(status, noOps),
      tolerateEmailRefusal: emailChangeRefusal === 'warn',
      phone,
    },
    warnings: [...allowed.warnings, ...warnings],
    sideEffects: [...allowed.sideEffects, ...sideEffects],
  };
}

/** The steps that write an attribute. A change that the deactivation makes belongs to that step alone. */
export function stepsAmong(
  { fulfilled }: PreparedUpdate,
  bindings: Readonly<Record<string, Binding<string, string>>>,
): (attribute: string) => readonly string[] {
  const done = new Set(fulfilled.map(({ attribute }) => attribute));
  const writing = stepsOf(bindings);
  return (name) => (done.has(name) ? ['deactivate'] : writing(name));
}

/** The time of the fields that need a licence: on its way down they come first, on its way up they follow. */
export type LicensedTurn = 'beforeLicence' | 'withProfile' | 'afterLicence';

/** Input of the steps of a user update. */
export interface UserStepInput extends PhoneStepInput {
  /** Path value of the user: the id, or the address of a pending user. */
  readonly userId: string;
  readonly status: UserStatus;
  readonly activate: boolean;
  readonly deactivate: boolean;
  /** Log the user out after a deactivation. */
  readonly logoutAfter: boolean;
  /** True if the update disables a user who is inactive already: perhaps a logout failed the last time. */
  readonly remainsInactive: boolean;
  readonly tolerateEmailRefusal: boolean;
  readonly licensedTurn: LicensedTurn;
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
  readonly custom: CustomState;
}
