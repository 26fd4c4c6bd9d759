import type { Change } from '../../connid/delta.js';
import type { CreateAnswer } from '../connector.js';
import type { FoundObject } from '../object-class.js';
import { applyChanges } from './apply-changes.js';
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
      const { name, uid } = existing;
      const state = toState(objectClass, existing);
      const { outcome } = await applyChanges(creation, uid, adoptionChanges(creation), {
        state,
        occasion: 'adopt',
      });
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

/** What the look-up before a create reads: enough to decide on adoption and, where that may come, to plan it. */
export function adoptionSources(creation: Creation): ReadonlySet<string> {
  const { environment, objectClass } = creation;
  if (!environment.settings.duplicateErrorReturnsId) return objectClass.adoptionSources;
  const needed = objectClass.stateSources(adoptionChanges(creation)) ?? [];
  return new Set([...objectClass.adoptionSources, ...needed]);
}
