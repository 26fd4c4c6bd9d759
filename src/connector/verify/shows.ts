import {
  type AttributeDeclaration,
  canonicalValue,
  sameValues,
  type Values,
} from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';

/** Whether values that were read are what a change has made; of several values those that came and went count. */
export function shows(
  declaration: AttributeDeclaration,
  { added, after, removed }: ResolvedChange,
  read: Values,
): boolean {
  if (declaration.multiValued !== true) return sameValues(declaration, read, after);
  const present = new Set(read.map((value) => canonicalValue(declaration, value)));
  const isPresent = (value: Values[number]) => present.has(canonicalValue(declaration, value));
  return added.every(isPresent) && !removed.some(isPresent);
}
