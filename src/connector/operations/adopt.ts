import type { Change } from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { CreateAnswer } from '../connector.js';
import type { FoundObject } from '../object-class.js';
import { applyVerified } from './apply-verified.js';
import type { Creation } from './creation.js';
import { lockKey } from './locked.js';
import { type ObjectState, sortChanges, toState } from './read-state.js';
import { shownOutcome, shownWarnings } from './update-delta.js';

/**
 * Makes an existing object the result of a create: the attributes given are applied as an update, passwords and
 * attributes that only a create takes excepted. A user is activated unless the request says otherwise.
 * @throws ConnectorError with uid, applied and notApplied when a step fails.
 */
export async function adopt(creation: Creation, existing: FoundObject): Promise<CreateAnswer> {
  const { environment, objectClass, session } = creation;
  const { view } = objectClass;
  return environment.lock.run(
    lockKey(objectClass, existing.uid),
    async () => {
      const changes = adoptionChanges(creation);
      const state = await stateToAdopt(creation, existing, changes);
      const { name, uid } = state.found;
      const { outcome } = await applyVerified(creation, uid, changes, { state, occasion: 'adopt' });
      if (outcome.error !== undefined) throw outcome.error.with({ uid, ...shownOutcome(view, outcome) });
      return { uid, name, adopted: true, warnings: shownWarnings(view, outcome.warnings) };
    },
    session.context.signal,
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
  changes: readonly Change[],
): Promise<ObjectState> {
  const { objectClass } = creation;
  const known = toState(objectClass, existing);
  if (sortChanges(objectClass, changes, known).changes.length === 0) return known;
  return toState(objectClass, await readAgain(creation, existing, changes));
}

async function readAgain(
  { objectClass, session }: Creation,
  { name, uid }: FoundObject,
  changes: readonly Change[],
): Promise<FoundObject> {
  const sources = new Set([...objectClass.adoptionSources, ...(objectClass.stateSources(changes) ?? [])]);
  const found = await objectClass.find(
    { attribute: '__UID__', value: uid, nameHint: name },
    sources,
    session,
  );
  if (found !== undefined) return found;
  throw new ConnectorError('unknownUid', `The ${objectClass.view.name} to adopt has just been deleted.`, {
    uid,
  });
}
