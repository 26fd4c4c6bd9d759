import type { Attributes, Scalar, Values } from '../../connid/attribute.js';
import { GuardedString } from '../../connid/guarded-string.js';
import type { ObjectClassView } from '../../connid/object-class-view.js';
import type { ConnectorObject, JsonAttributeValue } from '../connector.js';
import type { FoundObject } from './found-object.js';

/**
 * A connector object for an answer: public names, scalars for single-valued attributes, `null` for no value.
 * @param returned - the attributes to include; others may have been read for the filter.
 */
export function toConnectorObject(
  view: ObjectClassView,
  found: FoundObject,
  attributes: Attributes,
  returned: ReadonlySet<string>,
): ConnectorObject {
  // A plain loop, because an import makes millions of these.
  const members: Record<string, JsonAttributeValue> = {};
  for (const [name, values] of attributes) {
    if (!returned.has(name)) continue;
    members[view.publicName(name)] = toJsonValue(values, view.declarationOf(name).multiValued);
  }
  return { objectClass: view.name, uid: found.uid, name: found.name, attributes: members };
}

function toJsonValue(values: Values, multiValued: true | undefined): JsonAttributeValue {
  if (multiValued === true) return toJsonScalars(values);
  const [value] = values;
  return value === undefined ? null : toJsonScalar(value);
}

/** Values as JSON; guarded strings masked. */
export function toJsonScalars(values: Values): (string | number | boolean)[] {
  return values.map(toJsonScalar);
}

function toJsonScalar(value: Scalar): string | number | boolean {
  return value instanceof GuardedString ? GuardedString.mask : value;
}
