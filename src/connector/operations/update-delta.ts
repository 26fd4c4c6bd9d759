import { type Change, readDeltas } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { DeltaAnswer, UpdateDeltaAnswer, UpdateDeltaRequest } from '../connector.js';
import type { OperationContext } from '../context.js';
import { openSession, type Session } from '../object-class/call.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { applyVerified } from './apply-changes.js';
import { nameTakenElsewhere } from './creation.js';
import { type ObjectAddress, type ObjectState, readAddressed, toState, underLock } from './object-state.js';
import { type OperationParts, objectClassFor } from './operation-parts.js';
import { withPublicNames, publicOutcome, publicWarnings } from './public-outcome.js';
import { toJsonScalars } from '../object-class/to-json.js';

/** UpdateDelta: reads the state, plans, executes; all under the lock of the object. */
export async function updateDelta(
  parts: OperationParts,
  request: UpdateDeltaRequest,
  context: OperationContext,
): Promise<UpdateDeltaAnswer> {
  const objectClass = objectClassFor(parts, request.objectClass, 'updateDelta');
  const { view } = objectClass;
  const changes = readDeltas(view, request.deltas);
  const session = openSession(parts.target, context);
  return underLock(parts, objectClass, request, {
    signal: context.signal,
    read: (addressed) => readState(objectClass, addressed, changes, session),
    change: async (state: ObjectState | undefined) => {
      const uid = state?.found.uid ?? request.uid;
      const work = { parts, objectClass, session };
      const situation = { state, occasion: 'update' } as const;
      const { outcome, plan } = await withPublicNames(view, applyVerified(work, uid, changes, situation));
      const { error } = outcome;
      if (error !== undefined) {
        const told = await tellCollision(objectClass, error, changes, session);
        throw told.with(publicOutcome(view, outcome));
      }
      return {
        sideEffects: sideEffects(view, request.uid, uid, plan),
        warnings: publicWarnings(view, outcome.warnings),
      };
    },
  });
}

/** The error of a rename to a name that is taken says by whom: an object of this account, or nobody here. */
async function tellCollision(
  objectClass: ObjectClass,
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
    const found = await objectClass.find(key, new Set(), session);
    return found === undefined ? nameTakenElsewhere(objectClass, error) : error.with({ uid: found.uid });
  } catch {
    return error;
  }
}

async function readState(
  objectClass: ObjectClass,
  addressed: ObjectAddress,
  changes: readonly Change[],
  session: Session,
): Promise<ObjectState | undefined> {
  const sources = objectClass.stateSources(changes);
  return sources && toState(objectClass, await readAddressed(objectClass, addressed, sources, session));
}

function sideEffects(
  view: ObjectClassView,
  askedUid: string,
  uid: string,
  plan: Plan,
): readonly DeltaAnswer[] {
  const changedUid = uid === askedUid ? [] : [{ name: '__UID__', valuesToReplace: [uid] }];
  const others = plan.sideEffects.map(({ attribute, values }) => ({
    name: view.publicName(attribute),
    valuesToReplace: toJsonScalars(values),
  }));
  return [...changedUid, ...others];
}
