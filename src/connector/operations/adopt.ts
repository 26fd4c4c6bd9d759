import type { Change } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { CreateAnswer } from '../connector.js';
import type { FoundObject, ObjectState } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { UpdatePlanner } from '../object-class/updateable.js';
import { applyVerified } from './apply-changes.js';
import { type Creation, refuseProtected } from './creation.js';
import { sortChanges, toState, underLock } from './object-state.js';
import type { ObjectAddress } from './second-look.js';
import { withPublicNames, publicOutcome, publicWarnings } from './public-outcome.js';

/**
 * Makes an existing object the result of a create. An update applies the attributes of the request, except passwords
 * and attributes that only a create takes. It activates a user unless the request sets `__ENABLE__`.
 * @throws ConnectorError with uid, applied and notApplied when a step fails.
 */
export async function adopt(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { parts, objectClass, session } = creation;
  const { view } = objectClass;
  const changes = adoptionChanges(creation);
  const planner = objectClass.update.planner(changes);
  const adopted = underLock(
    parts,
    objectClass,
    { uid: existing.uid, nameHint: existing.name },
    {
      session,
      read: async (addressed): Promise<AdoptedState> => {
        const state = await stateToAdopt({ creation, existing, changes, planner }, addressed);
        return { occasion: 'adopt', planner, state };
      },
      change: async (situation: AdoptedState) => {
        const { found } = situation.state;
        const { name, uid } = found;
        refuseProtected(objectClass, found);
        const { outcome } = await withPublicNames(view, applyVerified(creation, uid, changes, situation));
        if (outcome.error !== undefined) throw outcome.error.with({ uid, ...publicOutcome(view, outcome) });
        return { uid, name, adopted: true, warnings: publicWarnings(view, outcome.warnings) };
      },
    },
  );
  return adopted.catch((thrown: unknown) => {
    throw thrown instanceof ConnectorError && thrown.kind === 'unknownUid'
      ? justDeleted(objectClass)
      : thrown;
  });
}

interface AdoptedState {
  readonly occasion: 'adopt';
  readonly planner: UpdatePlanner;
  readonly state: ObjectState;
}

function adoptionChanges({ attributes, objectClass: { view } }: Creation): readonly Change[] {
  const enables = '__ENABLE__' in view.declaration.attributes;
  const wanted =
    enables && !attributes.has('__ENABLE__') ? [...attributes, ['__ENABLE__', [true]] as const] : attributes;
  return [...wanted]
    .filter(([name]) => name !== '__PASSWORD__' && view.declarationOf(name).updateable !== false)
    .map(([attribute, replace]) => ({ attribute, replace }));
}

/** An object that may be adopted, and the changes to apply to it. */
interface Candidate {
  readonly creation: Creation;
  readonly existing: FoundObject;
  readonly changes: readonly Change[];
  readonly planner: UpdatePlanner;
}

/**
 * The state of an object before adoption. If it already has all wanted values, the look-up suffices. Otherwise it is
 * read again under its lock: the look-up may be outdated and does not read every source.
 */
async function stateToAdopt(
  { changes, creation, existing, planner }: Candidate,
  addressed: ObjectAddress,
): Promise<ObjectState> {
  const { objectClass } = creation;
  const known = toState(objectClass, existing);
  const isAsWanted = sortChanges(objectClass, changes, known).changes.length === 0;
  if (isAsWanted && addressed.uid === existing.uid) return known;
  return toState(objectClass, await readAgain(creation, addressed, planner));
}

async function readAgain(
  { objectClass, session }: Creation,
  { nameHint, uid }: ObjectAddress,
  { needs }: UpdatePlanner,
): Promise<FoundObject> {
  const { create, read } = objectClass;
  const sources = new Set([...create.adoption.sources, ...(needs === 'nothing' ? [] : needs)]);
  const key = { attribute: '__UID__', value: uid, nameHint };
  const found = await read.find(key, sources, session);
  if (found !== undefined) return found;
  throw justDeleted(objectClass);
}

function justDeleted({ view }: ObjectClass): ConnectorError {
  return new ConnectorError('retryable', `The ${view.name} to adopt has just been deleted.`, {
    hint: 'Repeat the create: it will make a new object.',
    retryAfter: 1,
  });
}
