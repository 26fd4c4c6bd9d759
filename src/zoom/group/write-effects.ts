import type { ExpectedRead } from '../../connector/writes/recent-writes.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from '../user/memberships.js';
import { userAttributes } from '../user/attributes.js';
import { groupAttributes } from './attributes.js';

const groupsOfUser = {
  objectClass: 'ZoomUser',
  name: 'GROUP_IDS',
  declaration: userAttributes.GROUP_IDS,
} as const;

/** Attributes that read as they were written; administrators may be written by id, and read by address. */
const echoed: readonly string[] = ['__NAME__', 'MEMBER_IDS', 'EMAIL_ALIAS'];

/** What reads tell after a change of a group: of itself, and of the users who joined or left. */
export function groupEffectsOnReads(
  uid: string,
  change: ResolvedChange,
  attributes: Readonly<Record<string, AttributeDeclaration>> = groupAttributes,
): readonly ExpectedRead[] {
  const { added, after, attribute, removed } = change;
  const declaration = echoed.includes(attribute) ? attributes[attribute] : undefined;
  if (declaration === undefined) return [];
  const own = { objectClass: 'ZoomGroup', uid, name: attribute, declaration, values: after, added, removed };
  return attribute === 'MEMBER_IDS' ? [own, ...otherSide(uid, change, groupsOfUser)] : [own];
}
