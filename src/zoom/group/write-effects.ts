import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from '../user/memberships.js';

const groupsOfUser = { objectClass: 'ZoomUser', name: 'GROUP_IDS' } as const;

/** Attributes that read as they were written; administrators may be written by id, and read by address. */
const echoed: readonly string[] = ['__NAME__', 'MEMBER_IDS', 'EMAIL_ALIAS'];

/** What reads tell after a change of a group: of itself, and of the users who joined or left. */
export function groupEffectsOnReads(uid: string, change: ResolvedChange): readonly ExpectedRead[] {
  const { added, after, attribute, removed } = change;
  if (!echoed.includes(attribute)) return [];
  const own = { objectClass: 'ZoomGroup', uid, name: attribute, values: after, added, removed };
  return attribute === 'MEMBER_IDS' ? [own, ...otherSide(uid, change, groupsOfUser)] : [own];
}
