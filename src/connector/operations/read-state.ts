import type { Attributes } from '../../connid/attribute.js';
import { type Change, isNoOp, resolveChange, type ResolvedChange } from '../../connid/delta.js';
import type { FoundObject, ObjectClass } from '../object-class.js';
import { readAttributes } from '../reading.js';

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

/** What the changes mean for the object: no-ops dropped, in the order of the attribute table. */
export function effectiveChanges(
  objectClass: ObjectClass,
  changes: readonly Change[],
  state: ObjectState | undefined,
): readonly ResolvedChange[] {
  const { view } = objectClass;
  const order = new Map(view.attributes().map(({ name }, index) => [name, index]));
  return changes
    .map((change) =>
      resolveChange(view.declarationOf(change.attribute), change, state?.attributes.get(change.attribute)),
    )
    .filter((change) => !isNoOp(view.declarationOf(change.attribute), change))
    .sort((a, b) => (order.get(a.attribute) ?? 0) - (order.get(b.attribute) ?? 0));
}
