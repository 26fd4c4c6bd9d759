import type { Warning } from '../../../connector/connector.js';
import type { UpdateInput } from '../../../connector/object-class/object-class.js';
import type { SideEffect } from '../../../connector/object-class/plan.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { type Binding, stepsOf } from '../../kit/binding.js';
import type { Json } from '../../kit/json.js';
import { isIdle, planPhone } from '../phone/plan-phone.js';
import type { UserPlanning } from '../plan-update.js';
import type { UserStepInput } from '../steps.js';
import { allowChanges, staysInactive, type UserSituation } from './update-policy.js';

/** A user to be changed, and what the account tells about phones. */
interface Preparation extends Pick<UserSituation, 'status' | 'losses'> {
  readonly state: NonNullable<UpdateInput['state']>;
  readonly sites: readonly Json[];
}

/** What is left to be planned, and what both of Zoom's APIs plan it with. */
interface PreparedUpdate {
  readonly changes: readonly ResolvedChange[];
  /** Changes that the deactivation makes by itself. */
  readonly fulfilled: readonly ResolvedChange[];
  readonly common: Omit<UserStepInput, 'userId' | 'bindings' | 'custom'>;
  readonly warnings: readonly Warning[];
  readonly sideEffects: readonly SideEffect[];
}

/**
 * What is decided of an update before its steps are planned, whichever API makes them: what the user's state and the
 * configuration allow, and what becomes of the phone.
 * @throws ConnectorError as `allowChanges` and `planPhone` say.
 */
export function prepareUpdate(
  { changes: given, noOps, occasion }: UpdateInput,
  { losses, sites, state, status }: Preparation,
  { emailChangeRefusal, phoneBundleTypes, policy }: UserPlanning,
): PreparedUpdate {
  const asked = [...given, ...noOps];
  const effective = given.filter((change) => !isIdle(change, asked));
  const allowed = allowChanges(effective, { status, occasion, losses, noOps }, policy);
  const lost = new Set(allowed.sideEffects.map(({ attribute }) => attribute));
  const { changes, phone, sideEffects, warnings } = planPhone({
    changes: allowed.changes,
    asked: asked.filter(({ attribute }) => !lost.has(attribute)),
    present: state.attributes,
    record: state.found.records.get('phoneProfile'),
    sites,
    occasion,
    bundleTypes: phoneBundleTypes,
  });
  return {
    changes,
    fulfilled: allowed.fulfilled,
    common: {
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

/** The steps that write an attribute: what the deactivation does by itself belongs to that step alone. */
export function stepsAmong(
  { fulfilled }: PreparedUpdate,
  bindings: Readonly<Record<string, Binding<string, string>>>,
): (attribute: string) => readonly string[] {
  const done = new Set(fulfilled.map(({ attribute }) => attribute));
  const writing = stepsOf(bindings);
  return (name) => (done.has(name) ? ['deactivate'] : writing(name));
}
