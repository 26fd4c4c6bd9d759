import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from './memberships.js';
import type { Binding } from '../kit/binding.js';

/** Whether a read of the user shows an attribute as it was written. */
type IsTold = (attribute: string) => boolean;

/** Whether the record of REST shows an attribute as it was written. */
export function toldByRest(bindings: Readonly<Record<string, Binding<string, string>>>): IsTold {
  return (attribute) => {
    const binding = bindings[attribute];
    return binding?.read?.['user'] !== undefined && binding.encode === undefined;
  };
}

const membersOfGroup = { objectClass: 'ZoomGroup', name: 'MEMBER_IDS' } as const;

/**
 * What reads tell after a change of a user: the attribute itself where a read of the user tells it as it was written,
 * the status with `__ENABLE__`, and the members of the groups the user joined or left.
 */
export function userEffectsOnReads(
  uid: string,
  change: ResolvedChange,
  isTold: IsTold,
): readonly ExpectedRead[] {
  const { added, after, attribute, removed } = change;
  if (!isTold(attribute)) return [];
  const user = { objectClass: 'ZoomUser', uid };
  const own = { ...user, name: attribute, values: after, added, removed };
  // Zoom makes a display name of first and last name where there is none.
  const derived = attribute === 'DISPLAY_NAME' && after.length === 0;
  if (attribute === '__ENABLE__') return [own, { ...user, ...statusOf(change) }];
  if (attribute === 'GROUP_IDS') return [own, ...otherSide(uid, change, membersOfGroup)];
  return [derived ? { ...own, derived } : own];
}

function statusOf({ after }: ResolvedChange): Omit<ExpectedRead, 'objectClass' | 'uid'> {
  const values = [after[0] === true ? 'active' : 'inactive'];
  return { name: 'STATUS', values, added: [], removed: [] };
}
