import type { Attributes, Scalar, Values } from '../connid/attribute.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { ObjectClassView } from '../connid/object-class-view.js';
import type { ConnectorObject, JsonAttributeValue } from './connector.js';
import type { FoundObject } from './object-class.js';

/** A connector object as it is answered: shown names, scalars for single-valued attributes, `null` for no value. */
export function toConnectorObject(
  view: ObjectClassView,
  found: FoundObject,
  attributes: Attributes,
): ConnectorObject {
  const members = [...attributes].map(
    ([name, values]) =>
      [view.shown(name), toJsonValue(values, view.declarationOf(name).multiValued)] as const,
  );
  return {
    objectClass: view.name,
    uid: found.uid,
    name: found.name,
    attributes: Object.fromEntries(members),
  };
}

function toJsonValue(values: Values, multiValued: true | undefined): JsonAttributeValue {
  const plain = toJsonScalars(values);
  return multiValued === true ? plain : (plain[0] ?? null);
}

/** Values as JSON; guarded strings masked. */
export function toJsonScalars(values: Values): (string | number | boolean)[] {
  return values.map((value: Scalar) => (value instanceof GuardedString ? GuardedString.mask : value));
}
