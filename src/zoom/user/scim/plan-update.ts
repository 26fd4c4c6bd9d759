import type { UpdateInput } from '../../../connector/object-class/object-class.js';
import { type Plan, planSteps, type SideEffect } from '../../../connector/object-class/plan.js';
import type { Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { lostByScimDeactivation } from './licence-catalogue.js';
import {
  type AccountFacts,
  prepareUserUpdate,
  stepsAmong,
  type UserPlanning,
} from '../policy/prepare-update.js';
import { planUserUpdate } from '../plan-update.js';
import { refuseContradictions } from './exclusive-attributes.js';
import type { CarriedGroups } from './group-ids.js';
import { displacedMembers } from './replacement.js';
import { scimStatusOf } from './resource.js';
import { scimUserSteps } from './steps.js';
import type { ScimUserTables } from './tables.js';

/** What the plan of an update over SCIM depends on beyond the user and the changes. */
export interface ScimPlanning extends UserPlanning {
  readonly tables: ScimUserTables;
}

/** Facts beyond the user that an update over SCIM is planned with. */
interface ScimFacts extends AccountFacts {
  /** What a replacement says about the user's groups. */
  readonly groups: CarriedGroups;
}

/** Plans the update of a user; that of a pending one goes over REST, where it was found. */
export function planUpdateScimUser(input: UpdateInput, facts: ScimFacts, planning: ScimPlanning): Plan {
  const { state, uid } = input;
  if (state === undefined) throw new Error('A user is read before its update is planned');
  const status = scimStatusOf(state.found);
  if (status === 'pending') return planUserUpdate(input, facts, planning);
  refuseContradictions(namesOfGiven(input.changes), namesOfGiven(input.noOps));
  const { groups, sites } = facts;
  const prepared = prepareUserUpdate(
    input,
    { status, losses: lostByScimDeactivation, state, sites },
    planning,
  );
  const { changes, stepInput, fulfilled, sideEffects, warnings } = prepared;
  const { tables } = planning;
  const steps = planSteps(scimUserSteps, stepsAmong(prepared, tables.bindings), [...changes, ...fulfilled], {
    ...stepInput,
    userId: uid,
    bindings: tables.bindings,
    custom: { attributes: [], held: [], keys: {} },
    allChanges: new Map(changes.map((change) => [change.attribute, change])),
    present: { found: state.found, groups },
    tables,
  });
  const effects = [...sideEffects, ...displacements(changes, state.attributes, tables)];
  const isShown = (name: string) => tables.attributes[name]?.readable !== false;
  return { steps, warnings, sideEffects: effects.filter(({ attribute }) => isShown(attribute)) };
}

/** Licences that the user has and that go because of others that are given. */
function displacements(
  changes: readonly ResolvedChange[],
  present: Attributes,
  tables: ScimUserTables,
): readonly SideEffect[] {
  const given = new Map(changes.map(({ after, attribute }) => [attribute, after]));
  const displaced = displacedMembers(given, tables);
  return Object.entries(tables.fields).flatMap(([attribute, { path }]): SideEffect[] => {
    const isHeld = (present.get(attribute) ?? []).length > 0;
    return isHeld && displaced.has(path[1] ?? '') ? [{ attribute, values: [] }] : [];
  });
}

function namesOfGiven(changes: readonly ResolvedChange[]): readonly string[] {
  return changes.filter(({ after }) => after.length > 0).map(({ attribute }) => attribute);
}
