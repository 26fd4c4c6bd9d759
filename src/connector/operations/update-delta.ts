import { type Change, readDeltas } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { DeltaAnswer, UpdateDeltaAnswer, UpdateDeltaRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import { openSession, type Session } from '../object-class/call.js';
import type { UpdateableClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { applyVerified, type Situation, situationOf } from './apply-changes.js';
import { nameTakenElsewhere } from './creation.js';
import { readAddressed, underLock } from './object-state.js';
import { type OperationParts, updateableClass } from './operation-parts.js';
import { withPublicNames, publicOutcome, publicWarnings } from './public-outcome.js';
import { toJsonScalars } from '../object-class/to-json.js';

/** UpdateDelta: reads the object, plans the changes and executes the plan, all under the lock of the object. */
export async function updateDelta(
  parts: OperationParts,
  request: UpdateDeltaRequest,
  context: OperationContext,
): Promise<UpdateDeltaAnswer> {
  const objectClass = updateableClass(parts, request.objectClass);
  const { view } = objectClass;
  const changes = readDeltas(view, request.deltas);
  const session = openSession(parts.target, context);
  return underLock(parts, objectClass, request, {
    session,
    read: (addressed) =>
      situationOf(objectClass, changes, 'update', (sources) =>
        readAddressed(objectClass, addressed, sources, session),
      ),
    change: async (situation: Situation) => {
      const uid = situation.state?.found.uid ?? request.uid;
      const work = { parts, objectClass, session };
      const { outcome, plan } = await withPublicNames(view, applyVerified(work, uid, changes, situation));
      const { error } = outcome;
      if (error !== undefined) {
        const explained = await explainCollision(objectClass, error, changes, session);
        throw explained.with(publicOutcome(view, outcome));
      }
      return {
        sideEffects: sideEffects(view, request.uid, uid, plan),
        warnings: publicWarnings(view, outcome.warnings),
      };
    },
  });
}

/** Adds to the error of a rename which object has the name, or says that no object of this account has it. */
async function explainCollision(
  objectClass: UpdateableClass,
  error: ConnectorError,
  changes: readonly Change[],
  session: Session,
): Promise<ConnectorError> {
  const { details, kind } = error;
  const rename = changes.find(({ attribute }) => attribute === '__NAME__');
  if (kind !== 'alreadyExists' || details.uid !== undefined || rename === undefined || !('replace' in rename))
    return error;
  const value = String(rename.replace[0]);
  const key = { attribute: '__NAME__', value, alsoSearchListings: new Set([value]) };
  try {
    const found = await objectClass.read.find(key, new Set(), session);
    if (found !== undefined) return error.with({ uid: found.uid });
    return objectClass.create === undefined ? error : nameTakenElsewhere(objectClass.create, error);
  } catch {
    return error;
  }
}

function sideEffects(
  view: ObjectClassView,
  requestedUid: string,
  uid: string,
  plan: Plan,
): readonly DeltaAnswer[] {
  const changedUid = uid === requestedUid ? [] : [{ name: '__UID__', valuesToReplace: [uid] }];
  const others = plan.sideEffects.map(({ attribute, values }) => ({
    name: view.publicName(attribute),
    valuesToReplace: toJsonScalars(values),
  }));
  return [...changedUid, ...others];
}
