import { canonicalValue } from '../../connid/attribute.js';
import { changeTo, type ResolvedChange } from '../../connid/delta.js';
import type { FoundObject, ObjectName } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { ObjectKey, Readable } from '../object-class/readable.js';
import type { ExpectedRead } from '../object-class/updateable.js';
import { type Applied, certainlyApplied } from './execute-plan.js';
import type { RecentWrites } from './recent-writes.js';

/** Where operations tell what they have written. */
export interface WriteRecord {
  created(object: ObjectName): void;
  updated(
    objectClass: ObjectClass,
    uid: string,
    done: Applied & { readonly changes: readonly ResolvedChange[] },
  ): void;
  /** Reads do not show what was written, or can not be made. */
  doubted(objectClass: ObjectClass, uid: string, changes: readonly ResolvedChange[]): void;
  deleted(objectClass: ObjectClass, uid: string, done: Applied): void;
}

/** Remembers nothing. */
export const noRecord: WriteRecord = {
  created: () => undefined,
  updated: () => undefined,
  doubted: () => undefined,
  deleted: () => undefined,
};

/**
 * Remembers what was certainly written, and forgets what may have been.
 * @param objectClasses - every class that writes may have effects on. Nobody reads an attribute that none declares.
 */
export function writeRecord(recent: RecentWrites, objectClasses: readonly ObjectClass[]): WriteRecord {
  const views = new Map(objectClasses.map(({ view }) => [view.name, view]));
  const declarationOf = ({ name, objectClass }: ExpectedRead) =>
    views.get(objectClass)?.declaration.attributes[name];
  const remember = (
    { update }: ObjectClass,
    uid: string,
    change: ResolvedChange,
    isCertain: boolean,
  ): void => {
    for (const expected of update?.effectsOnReads?.(uid, change) ?? []) {
      const declaration = declarationOf(expected);
      if (declaration === undefined) continue;
      const written = { ...expected, declaration };
      if (isCertain && expected.derived !== true) recent.remember(written);
      else recent.invalidate(written);
    }
  };
  return {
    created: (object) => recent.forget(object),
    updated: (objectClass, uid, { changes, outcome, plan }) => {
      const certain = certainlyApplied(outcome);
      // Values set as a whole over unknown ones: which others were referred to before, nobody knows either.
      if (changes.some((change) => isBlind(objectClass, change))) {
        recent.invalidateReferences({ objectClass: objectClass.view.name, uid });
      }
      for (const change of changes) remember(objectClass, uid, change, certain.has(change.attribute));
      const changed = new Set(changes.map(({ attribute }) => attribute));
      const broken = outcome.notApplied.filter((name) => !changed.has(name));
      for (const attribute of broken) {
        remember(objectClass, uid, changeTo(attribute, []), false);
      }
      for (const effect of plan.sideEffects) {
        remember(objectClass, uid, changeTo(effect.attribute, effect.values), outcome.error === undefined);
      }
    },
    doubted: (objectClass, uid, changes) => {
      for (const change of changes) remember(objectClass, uid, change, false);
    },
    deleted: (objectClass, uid, { outcome, plan }) => {
      const object = { objectClass: objectClass.view.name, uid };
      if (outcome.error !== undefined) recent.forget(object);
      else if (plan.removes === true) recent.rememberDeleted(object);
      else {
        for (const { attribute, values } of plan.sideEffects) {
          remember(objectClass, uid, changeTo(attribute, values), true);
        }
      }
    },
  };
}

function isBlind({ view }: ObjectClass, { attribute, before, replaces }: ResolvedChange): boolean {
  return replaces === true && before === undefined && view.declarationOf(attribute).multiValued === true;
}

/**
 * An object class whose single reads are put right by recent writes; listings are not. This is no interceptor of the
 * target: an answer of the target is a record, and only `find` knows the object and the attributes in it.
 */
export function withRecentWrites(objectClass: ObjectClass, recent: RecentWrites): ObjectClass {
  const find: Readable['find'] = async (key, sources, session) => {
    const found = await objectClass.read.find(key, sources, session);
    return found === undefined ? undefined : putRight(objectClass, key, found, recent);
  };
  return { ...objectClass, read: { ...objectClass.read, find } };
}

function putRight(
  { view }: ObjectClass,
  key: ObjectKey,
  found: FoundObject,
  recent: RecentWrites,
): FoundObject | undefined {
  const object = { objectClass: view.name, uid: found.uid };
  if (recent.isGone(object)) return undefined;
  const written = recent.overlayOf(object);
  const [name = found.name] = written.over('__NAME__', [found.name]) ?? [];
  const canonical = (value: string) => canonicalValue(view.declarationOf('__NAME__'), value);
  // Found under a name that it does not have any more.
  if (key.attribute === '__NAME__' && canonical(key.value) !== canonical(String(name))) return undefined;
  return { ...found, name: String(name), written };
}
