import type { ConnectorError } from '../../connid/errors.js';
import type { DeleteRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import { executePlan, type Outcome } from '../writes/execute-plan.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { ObjectClass, RemovableClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { openSession, type Session } from '../object-class/call.js';
import { guaranteedSession, type OperationParts, removableClass } from './operation-parts.js';
import { readAddressed, underLock } from './object-state.js';
import type { ObjectAddress } from './second-look.js';
import { publicOutcome } from './public-outcome.js';

/** Delete: plans the delete as the configuration says and executes it, under the lock of the object. */
export async function deleteObject(
  parts: OperationParts,
  request: DeleteRequest,
  context: OperationContext,
): Promise<void> {
  const objectClass = removableClass(parts, request.objectClass);
  const session = openSession(parts.target, context);
  await underLock(parts, objectClass, request, {
    session,
    read: (addressed) => planDelete(objectClass, addressed, session),
    change: async ({ plan, state }: PlannedDelete) => {
      const uid = state?.found.uid ?? request.uid;
      const outcome = await executePlan(plan, session, () => guaranteedSession(parts, context));
      parts.writes.deleted(objectClass, uid, { plan, outcome });
      if (outcome.error !== undefined) throw withPartsDone(objectClass, outcome.error, outcome);
    },
  });
}

/** A delete that did nothing needs no lists. */
function withPartsDone({ view }: ObjectClass, error: ConnectorError, outcome: Outcome): ConnectorError {
  const didNothing = outcome.applied.length === 0 && outcome.unknown.length === 0;
  return didNothing ? error : error.with(publicOutcome(view, outcome));
}

interface PlannedDelete {
  readonly plan: Plan;
  readonly state?: { readonly found: FoundObject };
}

async function planDelete(
  objectClass: RemovableClass,
  addressed: ObjectAddress,
  session: Session,
): Promise<PlannedDelete> {
  const { remove } = objectClass;
  if (remove.needs === 'nothing') return { plan: remove.plan(addressed.uid) };
  const found = await readAddressed(objectClass, addressed, remove.needs, session);
  return { plan: remove.plan(found), state: { found } };
}
