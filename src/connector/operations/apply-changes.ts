import type { Change } from '../../connid/delta.js';
import { executePlan, type Outcome } from '../execute-plan.js';
import type { ObjectClass, Occasion } from '../object-class.js';
import type { Plan } from '../plan.js';
import type { Session } from '../session.js';
import { type Environment, guaranteedSession } from './environment.js';
import { type ObjectState, sortChanges } from './read-state.js';

/** What changes of an object are applied with. */
export interface Work {
  readonly environment: Environment;
  readonly objectClass: ObjectClass;
  readonly session: Session;
}

/** What the plan depends on beyond the changes. */
export interface Situation {
  readonly state: ObjectState | undefined;
  readonly occasion: Occasion;
}

/** A plan and what came of it. */
export interface Applied {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** Plans changes of an object, carries them out and remembers them. */
export async function applyChanges(
  { environment, objectClass, session }: Work,
  uid: string,
  given: readonly Change[],
  { occasion, state }: Situation,
): Promise<Applied> {
  const { changes, noOps } = sortChanges(objectClass, given, state);
  const input = { uid, changes, noOps, occasion, ...(state !== undefined && { state }) };
  const plan = await objectClass.planUpdate(input, session);
  const outcome = await executePlan(plan, session, () => guaranteedSession(environment, session.context));
  environment.writes.updated(objectClass, uid, { changes, plan, outcome });
  return { plan, outcome };
}
