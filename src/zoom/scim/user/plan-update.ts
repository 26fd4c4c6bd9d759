import type { Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import type { UpdateInput } from '../../../connector/object-class.js';
import { type Plan, planSteps, type SideEffect } from '../../../connector/plan.js';
import { isIdle, planPhone } from '../../user/phone/plan-phone.js';
import { planUpdateUser, type UserLookUps, type UserPlanning } from '../../user/plan-update.js';
import { allowChanges, staysInactive } from '../../user/update-policy.js';
import { lostLicences } from './catalogue.js';
import { refuseContradictions } from './one-fact.js';
import { scimStatusOf } from './resource.js';
import { scimUserSteps } from './steps.js';
import type { ScimUserTables } from './tables.js';

/** What the plan of an update over SCIM depends on beyond the user and the changes. */
export interface ScimPlanning extends UserPlanning {
  readonly tables: ScimUserTables;
}

/** Facts beyond the user that an update over SCIM is planned with. */
export interface ScimLookUps extends UserLookUps {
  /** The names of the user's groups, where the user's own records are out of date. */
  readonly groups: readonly string[] | undefined;
}

/** Plans the update of a user; that of a pending one goes over REST, where it was found. */
export function planUpdateScimUser(input: UpdateInput, lookUps: ScimLookUps, planning: ScimPlanning): Plan {
  const { noOps, occasion, state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const status = scimStatusOf(state.found);
  if (status === 'pending') return planUpdateUser(input, lookUps, planning);
  const { emailChangeRefusal, policy, tables } = planning;
  refuseContradictions(
    input.changes.filter(({ after }) => after.length > 0).map(({ attribute }) => attribute),
  );
  const asked = [...input.changes, ...noOps];
  const effective = input.changes.filter((change) => !isIdle(change, asked));
  const allowed = allowChanges(effective, status, occasion, { ...policy, alsoLost: lostLicences });
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
    present: { found: state.found, groups: lookUps.groups },
    tables,
  });
  const effects = [
    ...allowed.sideEffects,
    ...sideEffects,
    ...displacements(changes, state.attributes, tables),
  ];
  return {
    steps,
    warnings: [...allowed.warnings, ...warnings],
    sideEffects: effects.filter(({ attribute }) => tables.attributes[attribute]?.readable !== false),
  };
}

/** Licences that the user has and that go because of others that are given. */
function displacements(
  changes: readonly ResolvedChange[],
  present: Attributes,
  { fields }: ScimUserTables,
): readonly SideEffect[] {
  const displaced = new Set(
    changes.flatMap(({ after, attribute }) => (after.length > 0 ? (fields[attribute]?.displaces ?? []) : [])),
  );
  return Object.entries(fields).flatMap(
    ([
      attribute,
      {
        path: [, member = ''],
      },
    ]): SideEffect[] => {
      const isHeld = (present.get(attribute) ?? []).length > 0;
      return isHeld && displaced.has(member) ? [{ attribute, values: [] }] : [];
    },
  );
}
