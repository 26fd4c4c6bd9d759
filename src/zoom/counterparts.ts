import type { ResolvedChange } from '../connid/delta.js';
import type { WrittenAttribute } from '../connector/writes/recent-writes.js';

/**
 * The other side of references between objects: those that came or went have this one come or go.
 * @param uid - of the object that was changed.
 * @param other - the attribute of the others that refers to it.
 */
export function counterparts(
  uid: string,
  { added, removed }: ResolvedChange,
  other: Pick<WrittenAttribute, 'objectClass' | 'name' | 'declaration'>,
): readonly WrittenAttribute[] {
  const nothing = { values: [], added: [], removed: [] };
  return [
    ...added.map((id) => ({ ...other, ...nothing, uid: String(id), added: [uid] })),
    ...removed.map((id) => ({ ...other, ...nothing, uid: String(id), removed: [uid] })),
  ];
}
