import type { DeleteRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import { executePlan } from '../writes/execute-plan.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { openSession, type Session } from '../object-class/call.js';
import { guaranteedSession, objectClassFor, type OperationParts } from './operation-parts.js';
import { type ObjectAddress, readAddressed, underLock } from './object-state.js';

/** Delete: whatever the configuration makes of it, under the lock of the object. */
export async function deleteObject(
  parts: OperationParts,
  request: DeleteRequest,
  context: OperationContext,
): Promise<void> {
  const objectClass = objectClassFor(parts, request.objectClass, 'delete');
  const session = openSession(parts.target, context);
  await underLock(parts, objectClass, request, {
    signal: context.signal,
    read: (addressed) => readBeforeDelete(objectClass, addressed, session),
    change: async (state: { readonly found: FoundObject } | undefined) => {
      const uid = state?.found.uid ?? request.uid;
      const plan = objectClass.planDelete(uid, state?.found);
      const outcome = await executePlan(plan, session, () => guaranteedSession(parts, context));
      parts.writes.deleted(objectClass, uid, { plan, outcome });
      if (outcome.error !== undefined) throw outcome.error;
    },
  });
}

async function readBeforeDelete(
  objectClass: ObjectClass,
  addressed: ObjectAddress,
  session: Session,
): Promise<{ readonly found: FoundObject } | undefined> {
  const { deleteSources } = objectClass;
  return deleteSources && { found: await readAddressed(objectClass, addressed, deleteSources, session) };
}
