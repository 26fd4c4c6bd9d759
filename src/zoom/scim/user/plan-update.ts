import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import type { UpdateInput } from '../../../connector/object-class.js';
import { type Plan, planSteps } from '../../../connector/plan.js';
import { isIdle, planPhone } from '../../user/phone/plan-phone.js';
import { planUpdateUser, type UserLookUps, type UserPlanning } from '../../user/plan-update.js';
import { allowChanges, staysInactive } from '../../user/update-policy.js';
import { lostByScimDeactivation } from './losses.js';
import { scimStatusOf } from './resource.js';
import { scimUserSteps } from './steps.js';
import type { ScimUserTables } from './tables.js';

/** What the plan of an update over SCIM depends on beyond the user and the changes. */
export interface ScimPlanning extends UserPlanning {
  readonly tables: ScimUserTables;
}

/** Plans the update of a user; that of a pending one goes over REST, where it was found. */
export function planUpdateScimUser(input: UpdateInput, lookUps: UserLookUps, planning: ScimPlanning): Plan {
  const { noOps, occasion, state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const status = scimStatusOf(state.found);
  if (status === 'pending') return planUpdateUser(input, lookUps, planning);
  const { emailChangeRefusal, policy, tables } = planning;
  refuseTwoRoles(input.changes);
  const asked = [...input.changes, ...noOps];
  const effective = input.changes.filter((change) => !isIdle(change, asked));
  const allowed = allowChanges(
    effective,
    { status, occasion, losses: lostByScimDeactivation, noOps },
    policy,
  );
  const { changes, phone, sideEffects, warnings } = planPhone({
    changes: allowed.changes,
    asked,
    present: state.attributes,
    record: state.found.records.get('phoneProfile'),
    sites: lookUps.sites,
    occasion,
    bundleTypes: planning.phoneBundleTypes,
  });
  const steps = planSteps(scimUserSteps, (name) => tables.bindings[name]?.steps ?? [], changes, {
    userId: uid,
    status,
    activate: allowed.activate,
    deactivate: allowed.deactivate,
    logout: policy.immediateLogoutOnDeactivate,
    stays: staysInactive(status, noOps),
    tolerateEmailRefusal: emailChangeRefusal === 'warn',
    bindings: tables.bindings,
    phone,
    custom: { attributes: [], held: [], keys: {} },
    allChanges: new Map(changes.map((change) => [change.attribute, change])),
    found: state.found,
    tables,
  });
  return {
    steps,
    warnings: [...allowed.warnings, ...warnings],
    sideEffects: [...allowed.sideEffects, ...sideEffects],
  };
}

/** The name goes over SCIM and the id over REST; whichever came last would win. */
function refuseTwoRoles(changes: readonly ResolvedChange[]): void {
  const names = changes.map(({ attribute }) => attribute);
  if (!names.includes('ROLE_ID') || !names.includes('ROLE_NAME')) return;
  throw new ConnectorError('invalidAttributeValue', 'ROLE_ID and ROLE_NAME can not be changed together.', {
    hint: 'Give one of them: both stand for the one role of the user.',
  });
}
