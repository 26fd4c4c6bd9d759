import type { Change, ResolvedChange } from '../../connid/delta.js';
import { executePlan, type Outcome } from '../execute-plan.js';
import type { ObjectClass, Occasion } from '../object-class.js';
import { emptyPlan, type Plan } from '../plan.js';
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
  /** What the create call has made already; it is verified together with the changes. */
  readonly made?: readonly ResolvedChange[];
}

/** A plan and what came of it. */
export interface Applied {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** Plans changes of an object, carries them out, sees whether they were made, and remembers them. */
export async function applyChanges(
  { environment, objectClass, session }: Work,
  uid: string,
  given: readonly Change[],
  { made = [], occasion, state }: Situation,
): Promise<Applied> {
  const { changes, noOps } = sortChanges(objectClass, given, state);
  const input = { uid, changes, noOps, occasion, ...(state !== undefined && { state }) };
  const plan = given.length === 0 ? emptyPlan : await objectClass.planUpdate(input, session);
  const done = await executePlan(plan, session, () => guaranteedSession(environment, session.context));
  const applied = [...made.map(({ attribute }) => attribute), ...done.applied];
  const written = {
    objectClass,
    uid,
    changes: [...made, ...changes],
    ...(state !== undefined && { name: state.found.name }),
  };
  const outcome = await environment.verifier.verify(written, { ...done, applied }, session);
  environment.writes.updated(objectClass, uid, { changes, plan, outcome });
  return { plan, outcome };
}
