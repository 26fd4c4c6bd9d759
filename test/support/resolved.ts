import { resolveChange, type ResolvedChange } from '../../src/connid/delta.js';
import type { Values } from '../../src/connid/attribute.js';
import { type UserAttribute, userAttributes } from '../../src/zoom/user/attributes.js';

/**
 * A replacement of a user's attribute, compared with what the user has.
 * @param before - `undefined` when that is not known.
 */
export function replaced(attribute: UserAttribute, after: Values, before?: Values): ResolvedChange {
  return resolveChange(userAttributes[attribute], { attribute, replace: after }, before);
}

/** A partial change of a user's attribute, compared with what the user has. */
export function partly(
  attribute: UserAttribute,
  { add = [], remove = [] }: { readonly add?: Values; readonly remove?: Values },
  before?: Values,
): ResolvedChange {
  return resolveChange(userAttributes[attribute], { attribute, add, remove }, before);
}
