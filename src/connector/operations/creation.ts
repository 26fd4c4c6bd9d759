import type { Attributes } from '../../connid/attribute.js';
import { executePlan, type Outcome } from '../execute-plan.js';
import type { ObjectClass } from '../object-class.js';
import type { Plan } from '../plan.js';
import type { Session } from '../session.js';
import { type Environment, guaranteedSession } from './environment.js';

/** A create under way. */
export interface Creation {
  readonly environment: Environment;
  readonly objectClass: ObjectClass;
  readonly attributes: Attributes;
  /** The `__NAME__` of the request. */
  readonly name: string;
  readonly session: Session;
}

/** Runs a plan of a create. */
export async function runCreationPlan({ environment, session }: Creation, plan: Plan): Promise<Outcome> {
  return executePlan(plan, session, () => guaranteedSession(environment, session.context));
}
