import type { ObjectClass } from '../../connector/object-class/object-class.js';
import type { AttributeDeclaration } from '../../connid/attribute.js';
import type { Change } from '../../connid/delta.js';
import { ObjectClassView } from '../../connid/object-class-view.js';

type CommonPart =
  | 'operations'
  | 'unsupportedHints'
  | 'keys'
  | 'narrowings'
  | 'partitions'
  | 'nameTakenElsewhere'
  | 'adoptionSources'
  | 'adoptionRefusal'
  | 'deleteSources';

/** What `ZoomGroup` is over any of Zoom's APIs. */
export function groupClassParts(entitlementDeletionEnabled: boolean): Pick<ObjectClass, CommonPart> {
  return {
    operations: [
      ...(['search', 'get', 'create', 'updateDelta'] as const),
      ...(entitlementDeletionEnabled ? (['delete'] as const) : []),
    ],
    unsupportedHints: { delete: 'Set custom.entitlementDeletionEnabled to allow the deletion of groups.' },
    keys: [{ attribute: '__UID__' }, { attribute: '__NAME__' }],
    narrowings: [],
    partitions: [{ id: 'all', facts: new Map() }],
    nameTakenElsewhere: {
      message: 'Zoom says that the name is taken, but lists no group of that name.',
      hint: 'Use another name, or look for the group in the Zoom portal.',
    },
    adoptionSources: new Set(['group']),
    adoptionRefusal: () => undefined,
    deleteSources: undefined,
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

/** A rename and added or removed members need no read; replacing members needs the present ones. */
export function groupStateSources(changes: readonly Change[]): ReadonlySet<string> | undefined {
  const replaced = changes
    .filter((change) => 'replace' in change)
    .map(({ attribute }) => listSources[attribute]);
  const sources = replaced.filter((source) => source !== undefined);
  if (sources.length === 0 && changes.length > 0) return undefined;
  return new Set(['group', ...sources]);
}
