import type { UpdateInput } from '../../connector/object-class.js';
import { emptyPlan, type Plan, planSteps } from '../../connector/plan.js';
import type { Session } from '../../connector/session.js';
import { stepsOf } from '../binding.js';
import { groupBindings } from './bindings.js';
import { resolveUsers } from './resolve-users.js';
import { groupSteps } from './steps.js';

/**
 * Plans the update of a group; the users it adds are read first.
 * @param shown - the name of an attribute as the caller knows it.
 */
export async function planUpdateGroup(
  { changes, uid }: UpdateInput,
  shown: (attribute: string) => string,
  session: Session,
): Promise<Plan> {
  const { changes: effective, ...users } = await resolveUsers(uid, changes, shown, session);
  return { ...emptyPlan, steps: planSteps(groupSteps, stepsOf(groupBindings), effective, { uid, ...users }) };
}
