import type { FoundObject, ObjectClass, ObjectName } from '../object-class/object-class.js';
import type { Environment } from './operation-parts.js';

/** What an operation read of its object before it changes it. */
interface WithFound {
  readonly found: FoundObject;
}

/** An object as the caller addresses it. */
export interface Addressed {
  readonly uid: string;
  readonly nameHint?: string | undefined;
}

/** The name under which an object is locked. */
export function lockKey({ view }: ObjectClass, uid: string): string {
  return keyOf({ objectClass: view.name, uid });
}

function keyOf({ objectClass, uid }: ObjectName): string {
  return `${objectClass}/${uid}`;
}

/** Does work that writes to other objects as well, under their locks; in one order, lest two wait for each other. */
export async function alsoLocked<T>(
  { lock }: Environment,
  others: readonly ObjectName[],
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const keys = [...new Set(others.map(keyOf))].sort().reverse();
  return keys.reduce((inner, key) => () => lock.run(key, inner, signal), work)();
}

interface Steps<State, T> {
  /** What is known of the object; `undefined` when the change needs no read. */
  read(addressed: Addressed): Promise<State>;
  change(state: State): Promise<T>;
  /** Ends the waiting for the lock. */
  readonly signal: AbortSignal;
}

/**
 * Reads an object and changes it, both under its lock. An object may be addressed by an old uid or in another case: then
 * the lock of its present uid is taken as well, and it is read again under it.
 */
export async function underLock<State extends WithFound | undefined, T>(
  { lock }: Environment,
  objectClass: ObjectClass,
  addressed: Addressed,
  steps: Steps<State, T>,
): Promise<T> {
  const { uid } = addressed;
  const { signal } = steps;
  return lock.run(
    lockKey(objectClass, uid),
    async () => {
      const state = await steps.read(addressed);
      if (state === undefined || state.found.uid === uid) return steps.change(state);
      const present = { uid: state.found.uid, nameHint: state.found.name };
      return lock.run(
        lockKey(objectClass, present.uid),
        async () => steps.change(await steps.read(present)),
        signal,
      );
    },
    signal,
  );
}
