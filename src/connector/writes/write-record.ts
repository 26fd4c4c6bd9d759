import { canonicalValue } from '../../connid/attribute.js';
import { changeTo, type ResolvedChange } from '../../connid/delta.js';
import type { FoundObject, ObjectName } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { ObjectKey, Readable } from '../object-class/readable.js';
import { type Applied, certainlyApplied } from './execute-plan.js';
import type { Declarations, RecentWrites } from './recent-writes.js';

/** Operations report their writes to it. */
export interface WriteRecord {
  created(object: ObjectName): void;
  updated(
    objectClass: ObjectClass,
    uid: string,
    done: Applied & { readonly changes: readonly ResolvedChange[] },
  ): void;
  /** Called when reads fail, or do not show the changes. */
  doubted(objectClass: ObjectClass, uid: string, changes: readonly ResolvedChange[]): void;
  deleted(objectClass: ObjectClass, uid: string, done: Applied): void;
}

/** Ignores every report. */
export const noRecord: WriteRecord = {
  created: () => undefined,
  updated: () => undefined,
  doubted: () => undefined,
  deleted: () => undefined,
};

/** The declarations of all attributes of some classes. */
export function declarationsOf(objectClasses: readonly ObjectClass[]): Declarations {
  const views = new Map(objectClasses.map(({ view }) => [view.name, view]));
  return (objectClass, name) => views.get(objectClass)?.declaration.attributes[name];
}

/**
 * Remembers attributes that were certainly written, and forgets attributes that may have been written.
 * @param objectClasses - every class that writes may affect. Effects on attributes that none of them declares are
 * ignored: no operation reads those.
 */
export function writeRecord(recent: RecentWrites, objectClasses: readonly ObjectClass[]): WriteRecord {
  const declarations = declarationsOf(objectClasses);
  const remember = (
    { update }: ObjectClass,
    uid: string,
    change: ResolvedChange,
    isCertain: boolean,
  ): void => {
    for (const expected of update?.effectsOnReads?.(uid, change) ?? []) {
      const declaration = declarations(expected.objectClass, expected.name);
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
      // The change replaced unknown values, so other objects may have lost their reference to this one.
      if (changes.some((change) => isBlind(objectClass, change))) {
        recent.invalidateReferences({ objectClass: objectClass.view.name, uid });
      }
      for (const change of changes) remember(objectClass, uid, change, certain.has(change.attribute));
      const changed = new Set(changes.map(({ attribute }) => attribute));
      const broken = [...outcome.notApplied, ...outcome.unknown].filter((name) => !changed.has(name));
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
 * An object class whose single reads show recent writes; listings do not. This is no interceptor of the target,
 * because an answer is a bare record. Only `find` knows the object and the attributes in it.
 */
export function withRecentWrites(
  objectClass: ObjectClass,
  recent: RecentWrites,
  declarations: Declarations,
): ObjectClass {
  const find: Readable['find'] = async (key, sources, session) => {
    await recent.refresh(declarations);
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
  // The target found the object under its former name.
  if (key.attribute === '__NAME__' && canonical(key.value) !== canonical(String(name))) return undefined;
  return { ...found, name: String(name), written };
}
