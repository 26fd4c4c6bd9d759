import type { Change } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { CreateAnswer } from '../connector.js';
import type { FoundObject } from '../object-class/found-object.js';
import { applyVerified } from './apply-changes.js';
import { type Creation, refuseProtected } from './creation.js';
import { type ObjectAddress, type ObjectState, sortChanges, toState, underLock } from './object-state.js';
import { withPublicNames, publicOutcome, publicWarnings } from './public-outcome.js';

/**
 * Makes an existing object the result of a create: the attributes given are applied as an update, passwords and
 * attributes that only a create takes excepted. A user is activated unless the request says otherwise.
 * @throws ConnectorError with uid, applied and notApplied when a step fails.
 */
export async function adopt(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { parts, objectClass, session } = creation;
  const { view } = objectClass;
  const changes = adoptionChanges(creation);
  return underLock(
    parts,
    objectClass,
    { uid: existing.uid, nameHint: existing.name },
    {
      signal: session.context.signal,
      read: (addressed) => stateToAdopt(creation, existing, addressed, changes),
      change: async (state: ObjectState) => {
        const { name, uid } = state.found;
        refuseProtected(objectClass, state.found);
        const situation = { state, occasion: 'adopt' } as const;
        const { outcome } = await withPublicNames(view, applyVerified(creation, uid, changes, situation));
        if (outcome.error !== undefined) throw outcome.error.with({ uid, ...publicOutcome(view, outcome) });
        return { uid, name, adopted: true, warnings: publicWarnings(view, outcome.warnings) };
      },
    },
  );
}

function adoptionChanges({ attributes, objectClass: { view } }: Creation): readonly Change[] {
  const enables = '__ENABLE__' in view.declaration.attributes;
  const given =
    enables && !attributes.has('__ENABLE__') ? [...attributes, ['__ENABLE__', [true]] as const] : attributes;
  return [...given]
    .filter(([name]) => name !== '__PASSWORD__' && view.declarationOf(name).updateable !== false)
    .map(([attribute, replace]) => ({ attribute, replace }));
}

/**
 * An object that has everything already is adopted as it was found. Another one is read again now that nobody else
 * changes it: what was looked up may be out of date, and does not tell everything.
 */
async function stateToAdopt(
  creation: Creation,
  existing: FoundObject,
  addressed: ObjectAddress,
  changes: readonly Change[],
): Promise<ObjectState> {
  const { objectClass } = creation;
  const known = toState(objectClass, existing);
  const isAsWanted = sortChanges(objectClass, changes, known).changes.length === 0;
  if (isAsWanted && addressed.uid === existing.uid) return known;
  return toState(objectClass, await readAgain(creation, addressed, changes));
}

async function readAgain(
  { objectClass, session }: Creation,
  { nameHint, uid }: ObjectAddress,
  changes: readonly Change[],
): Promise<FoundObject> {
  const sources = new Set([...objectClass.adoptionSources, ...(objectClass.stateSources(changes) ?? [])]);
  const key = { attribute: '__UID__', value: uid, nameHint };
  const found = await objectClass.find(key, sources, session);
  if (found !== undefined) return found;
  throw new ConnectorError('retryable', `The ${objectClass.view.name} to adopt has just been deleted.`, {
    hint: 'Repeat the create: it makes a new one.',
    retryAfter: 1,
  });
}
