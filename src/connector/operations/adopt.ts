import type { Change } from '../../connid/delta.js';
import type { CreateAnswer } from '../connector.js';
import type { FoundObject } from '../object-class.js';
import { applyVerified } from './apply-verified.js';
import type { Creation } from './creation.js';
import { lockKey } from './locked.js';
import { toState } from './read-state.js';
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
      const state = await readExisting(creation, existing, changes);
      const { uid } = state.found;
      const { outcome } = await applyVerified(creation, uid, changes, { state, occasion: 'adopt' });
      if (outcome.error !== undefined) throw outcome.error.with({ uid, ...shownOutcome(view, outcome) });
      return { uid, name: state.found.name, adopted: true, warnings: shownWarnings(view, outcome.warnings) };
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

/** The state for planning: what the look-up told, or a fuller read when these changes need more than that. */
async function readExisting(
  { objectClass, session }: Creation,
  existing: FoundObject,
  changes: readonly Change[],
): Promise<ReturnType<typeof toState>> {
  const sources = objectClass.stateSources(changes) ?? new Set<string>();
  if ([...sources].every((source) => existing.records.has(source))) return toState(objectClass, existing);
  const found = await objectClass.find({ attribute: '__UID__', value: existing.uid }, sources, session);
  return toState(objectClass, found ?? existing);
}
