import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from './memberships.js';
import type { Binding } from '../kit/binding.js';

/** A test of attributes: does a read of the user show the value as it was written? */
type IsTold = (attribute: string) => boolean;

/** A test of attributes: does the record of REST show the value as it was written? */
export function toldByRest(bindings: Readonly<Record<string, Binding<string, string>>>): IsTold {
  return (attribute) => {
    const binding = bindings[attribute];
    return binding?.read?.['user'] !== undefined && binding.encode === undefined;
  };
}

const membersOfGroup = { objectClass: 'ZoomGroup', name: 'MEMBER_IDS' } as const;

/**
 * Values that reads must show after a change of a user: the attribute itself, if a read shows it as it was written; the
 * status with `__ENABLE__`; and the members of the groups that the user joined or left.
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
