import type { UpdateInput } from '../../../connector/object-class.js';
import { emptyPlan, type Plan, planSteps } from '../../../connector/plan.js';
import type { Session } from '../../../connector/session.js';
import { getScimGroup } from './calls.js';
import type { ResolveMembers } from './member-writes.js';
import { scimGroupSteps } from './steps.js';

/** What the plan of a group update depends on beside its input. */
interface GroupPlanning {
  readonly resolve: ResolveMembers;
  /** Names of the steps that write an attribute. */
  readonly stepsOf: (attribute: string) => readonly string[];
  /** The name of an attribute as the caller knows it. */
  readonly shown: (attribute: string) => string;
  /** Called when the group has a new name. */
  readonly nameChanged: () => void;
}

/**
 * Plans the update of a group; the users it names are read first.
 * @throws ConnectorError `unknownUid` when nothing else would tell that there is no such group.
 */
export async function planUpdateScimGroup(
  { changes, occasion, state, uid }: UpdateInput,
  { nameChanged, resolve, shown, stepsOf }: GroupPlanning,
  session: Session,
): Promise<Plan> {
  const { admins, changes: effective, warnings, writes } = await resolve(uid, changes, shown, session);
  const steps = planSteps(scimGroupSteps, stepsOf, effective, { uid, writes, admins, nameChanged });
  const isUnproven = steps.length === 0 && state === undefined && occasion === 'update';
  if (isUnproven) await session.send(getScimGroup(uid));
  return { ...emptyPlan, steps, warnings };
}
