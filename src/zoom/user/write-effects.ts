import type { ExpectedRead } from '../../connector/writes/recent-writes.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import type { ResolvedChange } from '../../connid/delta.js';
import { otherSide } from './memberships.js';
import { groupAttributes } from '../group/attributes.js';
import type { Binding } from '../kit/binding.js';
import { userAttributes } from './attributes.js';

/** What echoes depend on. */
interface Echoing {
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** Whether a read of the user tells an attribute as it was written. */
  readonly tells: (attribute: string) => boolean;
}

/** Whether the record of REST tells an attribute as it was written. */
export function toldByRest(bindings: Readonly<Record<string, Binding<string, string>>>): Echoing['tells'] {
  return (attribute) => {
    const binding = bindings[attribute];
    return binding?.read?.['user'] !== undefined && binding.encode === undefined;
  };
}

const membersOfGroup = {
  objectClass: 'ZoomGroup',
  name: 'MEMBER_IDS',
  declaration: groupAttributes.MEMBER_IDS,
} as const;

/**
 * What reads tell after a change of a user: the attribute itself where a read of the user tells it as it was written,
 * the status with `__ENABLE__`, and the members of the groups the user joined or left.
 */
export function userEffectsOnReads(
  uid: string,
  change: ResolvedChange,
  { attributes, tells }: Echoing,
): readonly ExpectedRead[] {
  const { added, after, attribute, removed } = change;
  const declaration = attributes[attribute];
  if (declaration === undefined || !tells(attribute)) return [];
  const user = { objectClass: 'ZoomUser', uid };
  const own = { ...user, name: attribute, declaration, values: after, added, removed };
  // Zoom makes a display name of first and last name where there is none.
  const derived = attribute === 'DISPLAY_NAME' && after.length === 0;
  if (attribute === '__ENABLE__') return [own, { ...user, ...statusOf(change) }];
  if (attribute === 'GROUP_IDS') return [own, ...otherSide(uid, change, membersOfGroup)];
  return [derived ? { ...own, derived } : own];
}

function statusOf({ after }: ResolvedChange): Omit<ExpectedRead, 'objectClass' | 'uid'> {
  const values = [after[0] === true ? 'active' : 'inactive'];
  return { name: 'STATUS', declaration: userAttributes.STATUS, values, added: [], removed: [] };
}
