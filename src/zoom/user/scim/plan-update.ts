import type { Session } from '../../../connector/object-class/call.js';
import { type Plan, planSteps, type SideEffect } from '../../../connector/object-class/plan.js';
import { planFetch, type ReadingTable } from '../../../connector/object-class/reading.js';
import type { Updateable, UpdateInputWithState } from '../../../connector/object-class/updateable.js';
import type { Attributes } from '../../../connid/attribute.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { type AccountCatalogues, planUserUpdate, readAccountFacts } from '../plan-update.js';
import { phoneReadBack } from '../phone/read-phone.js';
import {
  type AccountFacts,
  type LicensedTurn,
  prepareUserUpdate,
  stepsAmong,
  type UserPlanning,
} from '../policy/prepare-update.js';
import { inactiveByRefusal } from '../policy/update-policy.js';
import { isLicenceRise, licensedTurnOverRest } from '../steps.js';
import { toldByRest, userEffectsOnReads } from '../write-effects.js';
import { otherNames, refuseContradictions } from './exclusive-attributes.js';
import { type CarriedGroups, type GroupIds, groupsToCarry } from './group-ids.js';
import { isLicenceOverScim, lostByScimDeactivation } from './licence-catalogue.js';
import { typeWarnings } from './kept-type.js';
import { displacedMembers } from './replacement.js';
import { knownScimStatus, resourceToWrite, scimStatusOf, scimUserOf } from './resource.js';
import { scimUserSteps } from './steps.js';
import type { ScimUserTables } from './tables.js';

/** Settings and facts that the plan of an update over SCIM depends on. */
export interface ScimPlanning extends UserPlanning {
  readonly tables: ScimUserTables;
}

/** Facts beyond the user that an update over SCIM is planned with. */
interface ScimFacts extends AccountFacts {
  /** The groups that a replacement carries. */
  readonly groups: CarriedGroups;
}

/** Parts that all plans of updates share. */
interface ScimUpdateParts extends AccountCatalogues {
  readonly table: ReadingTable;
  readonly planning: ScimPlanning;
  readonly groups: GroupIds;
  /** True if REST may be used. */
  readonly fallback: boolean;
}

/** The updates of `ZoomUser` over SCIM. The resource is always read: a PUT carries all of it. */
export function scimUserUpdates(parts: ScimUpdateParts): Updateable {
  const { customKeys, fallback, groups, planning, sites, table } = parts;
  const isField = (attribute: string) => planning.tables.fields[attribute] !== undefined;
  const isTold = toldOverScim(planning);
  return {
    planner: (changes) => {
      const attributes = changes.map(({ attribute }) => attribute);
      // A replacement carries title and locale, which only REST returns.
      const hidden = attributes.some(isField) && fallback ? ['user'] : [];
      return {
        needs: new Set([...resourceToWrite, ...hidden, ...planFetch(table, attributes, 'single')]),
        plan: async (input: UpdateInputWithState, session: Session) => {
          const facts = await readAccountFacts(input, { customKeys, sites }, [], session);
          const replaces = input.changes.some(({ attribute }) => isField(attribute));
          const carried = replaces ? await groupsToCarry(input.state.found, groups, session) : 'told';
          return planUpdateScimUser(input, { ...facts, groups: carried }, planning);
        },
      };
    },
    effectsOnReads: (uid, change) => [...userEffectsOnReads(uid, change, isTold), ...otherNames(uid, change)],
    factsFromRefusal: (refusal, found) => inactiveByRefusal(refusal, scimStatusOf(found)),
    ...(fallback && { readBack: phoneReadBack }),
  };
}

/** A test of attributes: does a read of the user show the value as it was written, over SCIM or over REST? */
function toldOverScim({ bindings, tables }: ScimPlanning): (attribute: string) => boolean {
  const byRest = toldByRest(bindings);
  return (attribute) => {
    const sources = tables.bindings[attribute]?.read ?? {};
    return 'scimUser' in sources || 'scimGroups' in sources || ('user' in sources && byRest(attribute));
  };
}

/** Plans the update of a user. A pending user was found over REST, and its update goes there. */
function planUpdateScimUser(input: UpdateInputWithState, facts: ScimFacts, planning: ScimPlanning): Plan {
  const { state, uid } = input;
  const user = scimUserOf(state.found);
  if (user === undefined) return planUserUpdate(input, facts, planning);
  const status = knownScimStatus(state.found);
  refuseContradictions(namesOfGiven(input.changes), namesOfGiven(input.noOps));
  const { groups, sites } = facts;
  const prepared = prepareUserUpdate(
    input,
    { status, losses: lostByScimDeactivation, state, sites },
    planning,
  );
  const { changes, stepInput, fulfilled, sideEffects, warnings } = prepared;
  const { tables } = planning;
  const present = { found: state.found, user, groups };
  const steps = planSteps(scimUserSteps, stepsAmong(prepared, tables.bindings), [...changes, ...fulfilled], {
    ...stepInput,
    userId: uid,
    bindings: tables.bindings,
    custom: { attributes: [], held: [], keys: {} },
    allChanges: new Map(changes.map((change) => [change.attribute, change])),
    present,
    tables,
    licensedTurn: licensedTurnOverScim(changes, tables),
    failedSoFar: new Set<string>(),
  });
  const effects = [...sideEffects, ...displacements(changes, state.attributes, tables)];
  const isShown = (name: string) => tables.attributes[name]?.readable !== false;
  const kept = typeWarnings(changes, { deactivate: stepInput.deactivate, present, tables });
  return {
    steps,
    warnings: [...warnings, ...kept],
    sideEffects: effects.filter(({ attribute }) => isShown(attribute)),
  };
}

/** Fields that need a licence are written over REST. They precede a licence that falls over SCIM. */
function licensedTurnOverScim(
  changes: readonly ResolvedChange[],
  { bindings }: ScimUserTables,
): LicensedTurn {
  const overRest = licensedTurnOverRest(changes, bindings);
  const licences = changes.filter(({ attribute }) => isLicenceOverScim(attribute));
  const falls = licences.length > 0 && !licences.some(isLicenceRise);
  return overRest === 'withProfile' && falls ? 'beforeLicence' : overRest;
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
