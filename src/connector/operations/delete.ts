import type { DeleteRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import { executePlan } from '../writes/execute-plan.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { RemovableClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { openSession, type Session } from '../object-class/call.js';
import { guaranteedSession, type OperationParts, removableClass } from './operation-parts.js';
import { type ObjectAddress, readAddressed, underLock } from './object-state.js';

/** Delete: plans the delete as the configuration says and executes it, under the lock of the object. */
export async function deleteObject(
  parts: OperationParts,
  request: DeleteRequest,
  context: OperationContext,
): Promise<void> {
  const objectClass = removableClass(parts, request.objectClass);
  const session = openSession(parts.target, context);
  await underLock(parts, objectClass, request, {
    signal: context.signal,
    read: (addressed) => planDelete(objectClass, addressed, session),
    change: async ({ plan, state }: PlannedDelete) => {
      const uid = state?.found.uid ?? request.uid;
      const outcome = await executePlan(plan, session, () => guaranteedSession(parts, context));
      parts.writes.deleted(objectClass, uid, { plan, outcome });
      if (outcome.error !== undefined) throw outcome.error;
    },
  });
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
