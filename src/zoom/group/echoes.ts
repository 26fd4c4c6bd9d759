import type { ResolvedChange } from '../../connid/delta.js';
import type { WrittenAttribute } from '../../connector/recent-writes.js';
import { counterparts } from '../counterparts.js';
import { userAttributes } from '../user/attributes.js';
import { groupAttributes } from './attributes.js';

const groupsOfUser = {
  objectClass: 'ZoomUser',
  name: 'GROUP_IDS',
  declaration: userAttributes.GROUP_IDS,
} as const;

/** What reads tell after a change of a group: its name, its members, and the groups of those members. */
export function groupEchoes(uid: string, change: ResolvedChange): readonly WrittenAttribute[] {
  const { added, after, attribute, removed } = change;
  if (attribute !== '__NAME__' && attribute !== 'MEMBER_IDS') return [];
  const declaration = groupAttributes[attribute];
  const own = { objectClass: 'ZoomGroup', uid, name: attribute, declaration, values: after, added, removed };
  return attribute === 'MEMBER_IDS' ? [own, ...counterparts(uid, change, groupsOfUser)] : [own];
}
