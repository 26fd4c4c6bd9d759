import { ConnectorError } from '../../connid/errors.js';
import { type Change, readDeltas } from '../../connid/delta.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { DeltaAnswer, UpdateDeltaAnswer, UpdateDeltaRequest, Warning } from '../connector.js';
import type { OperationContext } from '../context.js';
import { certainlyApplied, type Outcome } from '../writes/execute-plan.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Plan } from '../object-class/plan.js';
import { openSession, type Session } from '../session.js';
import { toJsonScalars } from './to-json.js';
import { applyVerified } from './apply-verified.js';
import { type Environment, objectClassFor } from './operation-parts.js';
import { type Addressed, underLock } from './locked.js';
import { type ObjectState, readAddressed, toState } from './object-state.js';
import { takenElsewhere } from './taken-elsewhere.js';

/** UpdateDelta: reads the state, plans, executes; all under the lock of the object. */
export async function updateDelta(
  environment: Environment,
  request: UpdateDeltaRequest,
  context: OperationContext,
): Promise<UpdateDeltaAnswer> {
  const objectClass = objectClassFor(environment, request.objectClass, 'updateDelta');
  const { view } = objectClass;
  const changes = readDeltas(view, request.deltas);
  const session = openSession(environment.target, context);
  return underLock(environment, objectClass, request, {
    signal: context.signal,
    read: (addressed) => readState(objectClass, addressed, changes, session),
    change: async (state: ObjectState | undefined) => {
      const uid = state?.found.uid ?? request.uid;
      const work = { environment, objectClass, session };
      const situation = { state, occasion: 'update' } as const;
      const { outcome, plan } = await asShown(view, applyVerified(work, uid, changes, situation));
      const { error } = outcome;
      if (error !== undefined) {
        const told = await tellCollision(objectClass, error, changes, session);
        throw told.with(shownOutcome(view, outcome));
      }
      return {
        sideEffects: sideEffects(view, request.uid, uid, plan),
        warnings: shownWarnings(view, outcome.warnings),
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
  const key = { attribute: '__NAME__', value, thorough: new Set([value]) };
  try {
    const found = await objectClass.find(key, new Set(), session);
    return found === undefined ? takenElsewhere(objectClass, error) : error.with({ uid: found.uid });
  } catch {
    return error;
  }
}

async function readState(
  objectClass: ObjectClass,
  addressed: Addressed,
  changes: readonly Change[],
  session: Session,
): Promise<ObjectState | undefined> {
  const sources = objectClass.stateSources(changes);
  return sources && toState(objectClass, await readAddressed(objectClass, addressed, sources, session));
}

/**
 * What came of the attributes beside an error, under the names the caller knows. Errors carry no warnings, so what a
 * warning would have been about counts as not applied.
 */
export function shownOutcome(
  view: ObjectClassView,
  outcome: Outcome,
): Pick<Outcome, 'applied' | 'notApplied'> {
  const warned = outcome.warnings.flatMap(({ attributes }) => attributes);
  return {
    applied: [...certainlyApplied(outcome)].map((name) => view.shown(name)),
    notApplied: [...new Set([...outcome.notApplied, ...warned])].map((name) => view.shown(name)),
  };
}

/** What a plan comes to; a refusal to make one names attributes as the caller knows them. */
export async function asShown<T>(view: ObjectClassView, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const { applied, notApplied } = thrown.details;
    const shown = (names: readonly string[]) => names.map((name) => view.shown(name));
    throw thrown.with({
      ...(applied !== undefined && { applied: shown(applied) }),
      ...(notApplied !== undefined && { notApplied: shown(notApplied) }),
    });
  }
}

/** Warnings with attributes under the names the caller knows. */
export function shownWarnings(view: ObjectClassView, warnings: readonly Warning[]): readonly Warning[] {
  return warnings.map((warning) => ({
    ...warning,
    attributes: warning.attributes.map((name) => view.shown(name)),
  }));
}

function sideEffects(
  view: ObjectClassView,
  askedUid: string,
  uid: string,
  plan: Plan,
): readonly DeltaAnswer[] {
  const changedUid = uid === askedUid ? [] : [{ name: '__UID__', valuesToReplace: [uid] }];
  const others = plan.sideEffects.map(({ attribute, values }) => ({
    name: view.shown(attribute),
    valuesToReplace: toJsonScalars(values),
  }));
  return [...changedUid, ...others];
}
