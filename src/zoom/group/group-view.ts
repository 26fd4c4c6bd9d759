import type { Creatable } from '../../connector/object-class/creatable.js';
import type { ObjectClass } from '../../connector/object-class/object-class.js';
import type { Readable } from '../../connector/object-class/readable.js';
import type { ExpectedRead } from '../../connector/object-class/updateable.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import type { Change, ResolvedChange } from '../../connid/delta.js';
import { ObjectClassView } from '../../connid/object-class-view.js';
import { otherSide } from '../user/memberships.js';

/** The part of `Readable` that is the same over both of Zoom's APIs. */
export const groupListing: Pick<Readable, 'narrowings' | 'partitions'> = {
  narrowings: [],
  partitions: [{ id: 'all', facts: new Map() }],
};

/** The part of `Creatable` that is the same over both of Zoom's APIs. Every group may be adopted. */
export const groupCreation: Pick<Creatable, 'adoption' | 'nameTaken'> = {
  nameTaken: {
    message: 'Zoom says that the name is taken, but lists no group of that name.',
    hint: 'Use another name, or look for the group in the Zoom portal.',
  },
  adoption: { sources: new Set(['group']) },
};

/** Operations on groups that the configuration switches off. */
export function groupOperations(entitlementDeletionEnabled: boolean): Pick<ObjectClass, 'switchedOff'> {
  if (entitlementDeletionEnabled) return {};
  return {
    switchedOff: { delete: 'Set custom.entitlementDeletionEnabled to allow the deletion of groups.' },
  };
}

/** The attribute names of `ZoomGroup`. */
export function groupView(
  attributes: Readonly<Record<string, AttributeDeclaration>>,
  renamed: Readonly<Record<string, string>>,
): ObjectClassView {
  return new ObjectClassView({
    name: 'ZoomGroup',
    description: 'A group of users of the Zoom account.',
    attributes,
    aliases: { GROUP_ID: '__UID__', GROUP_NAME: '__NAME__' },
    renamed,
  });
}

const listSources: Readonly<Record<string, string>> = { MEMBER_IDS: 'members', ADMIN_EMAILS: 'admins' };

/** The sources that changes need. Replacing a list needs its present values; other changes need no read. */
export function groupNeeds(changes: readonly Change[]): 'nothing' | ReadonlySet<string> {
  const replaced = changes
    .filter((change) => 'replace' in change)
    .map(({ attribute }) => listSources[attribute]);
  const sources = replaced.filter((source) => source !== undefined);
  if (sources.length === 0 && changes.length > 0) return 'nothing';
  return new Set(['group', ...sources]);
}

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
