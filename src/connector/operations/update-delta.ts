import { type Change, emptiesNeeded, readDeltas, refuseUpdates } from '../../connid/delta.js';
import type { ConnectorError } from '../../connid/errors.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { DeltaAnswer, UpdateDeltaAnswer, UpdateDeltaRequest, Warning } from '../connector.js';
import type { OperationContext } from '../context.js';
import { openSession, type Session } from '../object-class/call.js';
import type { FoundObject } from '../object-class/found-object.js';
import type { UpdateableClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { planFetch } from '../object-class/reading.js';
import { applyVerified, type Situation, situationOf } from './apply-changes.js';
import { nameTakenElsewhere, renamedToExisting } from './creation.js';
import { readAddressed, toState, underLock } from './object-state.js';
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
  const { deltas, warnings } = withoutUnknowns(view, request);
  const requested = readDeltas(view, deltas, request.tolerant);
  const isFixed = ({ attribute }: Change) => view.declarationOf(attribute).updateable === false;
  const [changes, fixed] = [requested.filter((change) => !isFixed(change)), requested.filter(isFixed)];
  const session = openSession(parts.target, context);
  return underLock(parts, objectClass, request, {
    session,
    read: (addressed) => {
      const read = (sources: ReadonlySet<string>) => readAddressed(objectClass, addressed, sources, session);
      return situationFor(objectClass, { changes, fixed }, read);
    },
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
        warnings: [...warnings, ...publicWarnings(view, outcome.warnings)],
      };
    },
  });
}

/** Leaves out attributes of which a host that sends all of them has no value, although they always have one. */
function withoutUnknowns(
  view: ObjectClassView,
  { allMapped, deltas }: UpdateDeltaRequest,
): { readonly deltas: UpdateDeltaRequest['deltas']; readonly warnings: readonly Warning[] } {
  const unknown = allMapped === true ? deltas.filter((delta) => emptiesNeeded(view, delta)) : [];
  if (unknown.length === 0) return { deltas, warnings: [] };
  const attributes = unknown.map(({ name }) => view.publicName(view.resolve(String(name), 'a delta').name));
  const message = 'These attributes always have a value. The request has none, so they stay as they are.';
  return {
    deltas: deltas.filter((delta) => !unknown.includes(delta)),
    warnings: [{ code: 'NOT_CLEARED', message, attributes }],
  };
}

/** Changes of attributes that can be updated, and of others. */
interface RequestedChanges {
  readonly changes: readonly Change[];
  readonly fixed: readonly Change[];
}

/**
 * Reads what the changes need, and compares the values of the other attributes with the object.
 * @throws ConnectorError `invalidAttributeValue` if the object has another value of an attribute that stays as it is.
 */
async function situationFor(
  objectClass: UpdateableClass,
  { changes, fixed }: RequestedChanges,
  read: (sources: ReadonlySet<string>) => Promise<FoundObject>,
): Promise<Situation> {
  const names = fixed.map(({ attribute }) => attribute);
  const compared = planFetch(objectClass.read.table, names, 'single');
  const readBoth = (sources: ReadonlySet<string>) => read(new Set([...sources, ...compared]));
  const situation = await situationOf(objectClass, changes, 'update', readBoth);
  if (compared.size === 0) return situation;
  const { attributes } = situation.state ?? toState(objectClass, await read(compared));
  refuseUpdates(objectClass.view, fixed, attributes);
  return situation;
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
  const alsoSearchListings = new Set([value]);
  const key = { attribute: '__NAME__', value, alsoSearchListings, nameTaken: true } as const;
  try {
    const found = await objectClass.read.find(key, new Set(), session);
    if (found !== undefined) return renamedToExisting(objectClass, error, found);
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
