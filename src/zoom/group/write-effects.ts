import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from '../user/memberships.js';

const groupsOfUser = { objectClass: 'ZoomUser', name: 'GROUP_IDS' } as const;

/** Attributes that reads return as written. Administrators may be written by id, but reads return addresses. */
const echoed: readonly string[] = ['__NAME__', 'MEMBER_IDS', 'EMAIL_ALIAS'];

/** The values that reads return after a change of a group: of the group, and of users who joined or left. */
export function groupEffectsOnReads(uid: string, change: ResolvedChange): readonly ExpectedRead[] {
  const { added, after, attribute, removed } = change;
  if (!echoed.includes(attribute)) return [];
  const own = { objectClass: 'ZoomGroup', uid, name: attribute, values: after, added, removed };
  return attribute === 'MEMBER_IDS' ? [own, ...otherSide(uid, change, groupsOfUser)] : [own];
}
