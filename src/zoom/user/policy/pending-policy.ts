import type { Warning } from '../../../connector/connector.js';
import type { Occasion } from '../../../connector/object-class/updateable.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { type AllowedChanges, nothing, type UpdatePolicy } from './allowed-changes.js';

/**
 * Zoom answers 204 to changes of a pending user and drops them. It takes one group only, by a field of its own. A pending
 * user who is added to `MEMBER_IDS` of a group joins by the same field: see `group/steps.ts` and
 * `group/scim/member-writes.ts`.
 */
export function allowForPending(
  changes: readonly ResolvedChange[],
  occasion: Occasion,
  policy: UpdatePolicy,
): AllowedChanges {
  const disables = changes.some(({ attribute }) => attribute === '__ENABLE__');
  const others = changes.filter(({ attribute }) => attribute !== '__ENABLE__');
  if (disables && occasion === 'update') throw pendingDisable(changes);
  const group = others.flatMap(oneGroup);
  const refused = others.filter((change) => change.attribute !== 'GROUP_IDS' || !addsJustOne(change));
  if (occasion === 'update' && policy.pendingUpdatePolicy === 'fail' && refused.length > 0)
    throw pendingUpdate(refused);
  return { ...nothing, changes: group, warnings: pendingWarnings(refused, disables) };
}

function addsJustOne({ added, removed }: ResolvedChange): boolean {
  return added.length === 1 && removed.length === 0;
}

/** The part of a group change that a pending user can be given. */
function oneGroup(change: ResolvedChange): readonly ResolvedChange[] {
  const [first] = change.attribute === 'GROUP_IDS' ? change.added : [];
  if (first === undefined) return [];
  return [{ ...change, added: [first], removed: [], after: [...(change.before ?? []), first] }];
}

function pendingWarnings(refused: readonly ResolvedChange[], disables: boolean): readonly Warning[] {
  const attributes = refused.map(({ attribute }) => attribute);
  const notApplied = {
    code: 'NOT_APPLIED_PENDING',
    message:
      'Zoom takes no such changes until the person accepts the invitation; apply them by a later update.',
    attributes,
  };
  const notDisabled = {
    code: 'NOT_DISABLED_PENDING',
    message:
      'The invitation is pending, and a pending user cannot be deactivated. Delete withdraws the invitation.',
    attributes: ['__ENABLE__'],
  };
  return [...(attributes.length > 0 ? [notApplied] : []), ...(disables ? [notDisabled] : [])];
}

function pendingDisable(changes: readonly ResolvedChange[]): ConnectorError {
  return new ConnectorError('preconditionFailed', 'A pending user cannot be disabled.', {
    hint: 'Delete withdraws the invitation.',
    notApplied: changes.map(({ attribute }) => attribute),
    applied: [],
  });
}

function pendingUpdate(refused: readonly ResolvedChange[]): ConnectorError {
  return new ConnectorError(
    'preconditionFailed',
    'The invitation of this user is pending; Zoom would silently drop the changes.',
    {
      hint: 'Repeat the update after the invitation is accepted, or set custom.pendingUpdatePolicy to skip.',
      notApplied: refused.map(({ attribute }) => attribute),
      applied: [],
    },
  );
}
