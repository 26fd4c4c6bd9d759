import type { Session } from '../../connector/object-class/call.js';
import { type Plan, planSteps } from '../../connector/object-class/plan.js';
import { planFetch, type ReadingTable } from '../../connector/object-class/reading.js';
import type { Updateable, UpdateInputWithState } from '../../connector/object-class/updateable.js';
import type { Attributes } from '../../connid/attribute.js';
import type { Binding } from '../kit/binding.js';
import { asList, at, type Json } from '../kit/json.js';
import { type CustomAttribute, type CustomKeys, namesWithoutKey } from './custom-attributes.js';
import { phoneReadBack } from './phone/read-phone.js';
import { type Asked, namesAllKnown, needsSites, resolveSite, type Sites } from './phone/sites.js';
import {
  type AccountFacts,
  prepareUserUpdate,
  stepsAmong,
  type UserPlanning,
} from './policy/prepare-update.js';
import { inactiveByRefusal, lostByDeactivation } from './policy/update-policy.js';
import { licensedTurnOverRest, userRestSteps } from './steps.js';
import { knownStatus, statusOf, userToWrite } from './user-view.js';
import { toldByRest, userEffectsOnReads } from './write-effects.js';

/** Facts of the account as a whole, kept for some time. */
export interface AccountCatalogues {
  readonly sites: Sites;
  readonly customKeys: CustomKeys;
}

/** Reads what the plan of an update needs to know of the account: nothing, for most. */
export async function readAccountFacts(
  { changes, noOps, state }: UpdateInputWithState,
  { customKeys, sites }: AccountCatalogues,
  custom: readonly CustomAttribute[],
  session: Session,
): Promise<AccountFacts> {
  const names = namesWithoutKey(changes, custom, state.found.records.get('user'));
  return {
    sites: await sitesFor([...changes, ...noOps], sites, session),
    customKeys:
      names.length === 0
        ? {}
        : await customKeys.get(session, (keys) => names.every((name) => Object.hasOwn(keys, name))),
  };
}

/**
 * Checks that the account has the phone site requested for a new user.
 * @throws ConnectorError as {@link resolveSite} says.
 */
export async function checkSite(attributes: Attributes, sites: Sites, session: Session): Promise<void> {
  const asked = [...attributes].map(([attribute, after]) => ({ attribute, after }));
  resolveSite(asked, await sitesFor(asked, sites, session));
}

async function sitesFor(asked: readonly Asked[], sites: Sites, session: Session): Promise<readonly Json[]> {
  return needsSites(asked) ? sites.get(session, (known) => namesAllKnown(asked, known)) : [];
}

/** Parts that all plans of updates share. */
interface UserUpdateParts extends AccountCatalogues {
  readonly table: ReadingTable;
  readonly bindings: Readonly<Record<string, Binding<string, string>>>;
}

/** The updates of `ZoomUser`. The record of the user is always read: its status decides what Zoom takes. */
export function userUpdates(
  settings: Omit<UserPlanning, 'bindings'>,
  { bindings, customKeys, sites, table }: UserUpdateParts,
): Updateable {
  const isTold = toldByRest(bindings);
  return {
    planner: (changes) => {
      const attributes = changes.map(({ attribute }) => attribute);
      return {
        needs: new Set([...userToWrite, ...planFetch(table, attributes, 'single')]),
        plan: async (input: UpdateInputWithState, session: Session) => {
          const { customAttributes } = settings;
          const facts = await readAccountFacts(input, { sites, customKeys }, customAttributes, session);
          return planUserUpdate(input, facts, { ...settings, bindings });
        },
      };
    },
    effectsOnReads: (uid, change) => userEffectsOnReads(uid, change, isTold),
    readBack: phoneReadBack,
    factsFromRefusal: (refusal, found) => inactiveByRefusal(refusal, statusOf(found)),
  };
}

/** Plans the update of a user. */
export function planUserUpdate(
  input: UpdateInputWithState,
  facts: AccountFacts,
  planning: UserPlanning,
): Plan {
  const { state, uid } = input;
  const { bindings, customAttributes } = planning;
  const status = knownStatus(state.found);
  const { sites } = facts;
  const prepared = prepareUserUpdate(input, { status, losses: lostByDeactivation, state, sites }, planning);
  const { changes, stepInput, fulfilled, sideEffects, warnings } = prepared;
  const steps = planSteps(userRestSteps, stepsAmong(prepared, bindings), [...changes, ...fulfilled], {
    ...stepInput,
    userId: status === 'pending' ? state.found.name : uid,
    bindings,
    licensedTurn: licensedTurnOverRest(changes, bindings),
    custom: {
      attributes: customAttributes,
      held: asList(at(state.found.records.get('user'), 'custom_attributes')),
      keys: facts.customKeys,
    },
  });
  return { steps, warnings, sideEffects };
}
