import {
  type Change,
  isNoOp,
  refuseClearing,
  resolveChange,
  type ResolvedChange,
} from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { OperationContext } from '../context.js';
import type { Session } from '../object-class/call.js';
import type { FoundObject, ObjectName, ObjectState } from '../object-class/found-object.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { readAttributes } from '../object-class/reading.js';
import { holdLock } from '../traced-waits.js';
import type { OperationParts } from './operation-parts.js';
import { type ObjectAddress, withSecondLook } from './second-look.js';

/** The result of the read before a change. Without `state` if the change needs no read. */
interface Read {
  readonly state?: { readonly found: FoundObject } | undefined;
}

/** The key of an object's lock. */
export function lockKey({ view }: ObjectClass, uid: string): string {
  return keyOf({ objectClass: view.name, uid });
}

function keyOf({ objectClass, uid }: ObjectName): string {
  return `${objectClass}/${uid}`;
}

/** Holds the locks of other objects that some work writes to. It takes them in sorted order, to avoid a deadlock. */
export async function lockedTogether<T>(
  { lock }: OperationParts,
  others: readonly ObjectName[],
  work: () => Promise<T>,
  context: OperationContext,
): Promise<T> {
  const keys = [...new Set(others.map(keyOf))].sort().reverse();
  return keys.reduce((inner, key) => () => holdLock(lock, key, inner, context), work)();
}

interface Steps<Reading extends Read, T> {
  read(addressed: ObjectAddress): Promise<Reading>;
  change(reading: Reading): Promise<T>;
  /** Its signal ends the waiting for the lock. */
  readonly session: Session;
}

/**
 * Reads an object and changes it, both under its lock. The caller may address it by an old uid or in another case. Then
 * the operation also takes the lock of the present uid, and reads the object again under it.
 */
export async function underLock<Reading extends Read, T>(
  { lock }: OperationParts,
  objectClass: ObjectClass,
  requested: ObjectAddress,
  steps: Steps<Reading, T>,
): Promise<T> {
  const { session } = steps;
  const { context } = session;
  const write = async (addressed: ObjectAddress, seen: (address: ObjectAddress) => void): Promise<T> => {
    const reading = await steps.read(addressed);
    const { found } = reading.state ?? {};
    const present = found === undefined ? addressed : { uid: found.uid, nameHint: found.name };
    seen(present);
    if (present.uid === addressed.uid) return steps.change(reading);
    const change = async () => steps.change(await steps.read(present));
    return holdLock(lock, lockKey(objectClass, present.uid), change, context);
  };
  const attempt = {
    objectClass,
    session,
    write: (addressed: ObjectAddress, seen: (address: ObjectAddress) => void) =>
      holdLock(lock, lockKey(objectClass, addressed.uid), () => write(addressed, seen), context),
  };
  return withSecondLook(attempt, requested);
}

/**
 * Reads the object that a caller addresses.
 * @throws ConnectorError `unknownUid` when it does not exist.
 */
export async function readAddressed(
  objectClass: ObjectClass,
  { nameHint, uid }: ObjectAddress,
  sources: ReadonlySet<string>,
  session: Session,
): Promise<FoundObject> {
  const found = await objectClass.read.find({ attribute: '__UID__', value: uid, nameHint }, sources, session);
  if (found === undefined) throw unknownUid(objectClass);
  return found;
}

/** The error of an operation on an object that does not exist. */
export function unknownUid({ read: { notFoundHint }, view }: ObjectClass): ConnectorError {
  const message = `There is no ${view.name} with this uid.`;
  return new ConnectorError('unknownUid', message, notFoundHint === undefined ? {} : { hint: notFoundHint });
}

/** Decodes every attribute that the records of an object contain, `__NAME__` included. */
export function toState(objectClass: ObjectClass, found: FoundObject): ObjectState {
  const names = objectClass.view.attributes().map(({ name }) => name);
  const attributes = new Map(readAttributes(objectClass, found, names));
  attributes.set('__NAME__', [found.name]);
  return { found, attributes };
}

/** Changes with and without an effect, each in the order of the attribute table. */
interface SortedChanges {
  readonly changes: readonly ResolvedChange[];
  readonly noOps: readonly ResolvedChange[];
}

/**
 * Separates changes from no-ops, which leave the object as it is.
 * @throws ConnectorError `invalidAttributeValue` for a change that removes the value of an attribute that needs one.
 */
export function sortChanges(
  objectClass: ObjectClass,
  changes: readonly Change[],
  state: ObjectState | undefined,
): SortedChanges {
  const { view } = objectClass;
  const hasNoEffect = (change: ResolvedChange) => isNoOp(view.declarationOf(change.attribute), change);
  const resolved = changes
    .map((change) =>
      resolveChange(view.declarationOf(change.attribute), change, state?.attributes.get(change.attribute)),
    )
    .sort((a, b) => view.positionOf(a.attribute) - view.positionOf(b.attribute));
  const effective = resolved.filter((change) => !hasNoEffect(change));
  for (const { after, attribute } of effective) {
    refuseClearing(view.publicName(attribute), view.declarationOf(attribute), after);
  }
  return { changes: effective, noOps: resolved.filter(hasNoEffect) };
}
