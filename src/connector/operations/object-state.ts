import type { Attributes } from '../../connid/attribute.js';
import {
  type Change,
  isNoOp,
  refuseClearing,
  resolveChange,
  type ResolvedChange,
} from '../../connid/delta.js';
import { ConnectorError } from '../../connid/errors.js';
import type { FoundObject, ObjectClass } from '../object-class/object-class.js';
import { readAttributes } from '../object-class/reading.js';
import type { Session } from '../session.js';
import type { Addressed } from './locked.js';

/**
 * Reads the object that a caller addresses.
 * @throws ConnectorError `unknownUid` when it is not there.
 */
export async function readAddressed(
  objectClass: ObjectClass,
  { nameHint, uid }: Addressed,
  sources: ReadonlySet<string>,
  session: Session,
): Promise<FoundObject> {
  const found = await objectClass.find({ attribute: '__UID__', value: uid, nameHint }, sources, session);
  if (found === undefined) throw unknownUid(objectClass);
  return found;
}

/** The error of an operation on an object that is not there. */
export function unknownUid({ absenceHint, view }: ObjectClass): ConnectorError {
  const message = `There is no ${view.name} with this uid.`;
  return new ConnectorError('unknownUid', message, absenceHint === undefined ? {} : { hint: absenceHint });
}

/** An object's present attributes, as far as its records tell them. */
export interface ObjectState {
  readonly found: FoundObject;
  readonly attributes: Attributes;
}

/** Decodes every attribute the records of an object tell, `__NAME__` included. */
export function toState(objectClass: ObjectClass, found: FoundObject): ObjectState {
  const names = objectClass.view.attributes().map(({ name }) => name);
  const attributes = new Map(readAttributes(objectClass.reading, found, names));
  attributes.set('__NAME__', [found.name]);
  return { found, attributes };
}

/** Changes by what they mean for the object, each in the order of the attribute table. */
interface SortedChanges {
  readonly changes: readonly ResolvedChange[];
  readonly noOps: readonly ResolvedChange[];
}

/**
 * Tells changes from those that leave the object as it is.
 * @throws ConnectorError `invalidAttributeValue` for a removal of the value of an attribute that needs one.
 */
export function sortChanges(
  objectClass: ObjectClass,
  changes: readonly Change[],
  state: ObjectState | undefined,
): SortedChanges {
  const { view } = objectClass;
  const order = new Map(view.attributes().map(({ name }, index) => [name, index]));
  const leavesIt = (change: ResolvedChange) => isNoOp(view.declarationOf(change.attribute), change);
  const resolved = changes
    .map((change) =>
      resolveChange(view.declarationOf(change.attribute), change, state?.attributes.get(change.attribute)),
    )
    .sort((a, b) => (order.get(a.attribute) ?? 0) - (order.get(b.attribute) ?? 0));
  const effective = resolved.filter((change) => !leavesIt(change));
  for (const { after, attribute } of effective) {
    refuseClearing(view.shown(attribute), view.declarationOf(attribute), after);
  }
  return { changes: effective, noOps: resolved.filter(leavesIt) };
}
