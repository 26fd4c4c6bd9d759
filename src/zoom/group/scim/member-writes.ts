import type { Warning } from '../../../connector/connector.js';
import type { Session } from '../../../connector/object-class/call.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { readEach, unlessUnknown } from '../../kit/reads.js';
import { namingWhatWasRefused } from '../../kit/refused-value.js';
import { getScimUser } from '../../user/scim/calls.js';
import { findGroupUsers, type GroupUser, type GroupUsers, resolveUsers } from '../group-users.js';

/** Users who join and leave a group, by the call that writes them. */
export interface MemberWrites {
  /** All members, if the change replaces them as a whole. */
  readonly all?: readonly string[];
  readonly joining: readonly string[];
  readonly leaving: readonly string[];
  /** Pending users. Only REST sees them. */
  readonly invited: { readonly joining: readonly GroupUser[]; readonly leaving: readonly string[] };
}

/** The changes of a group, and the writes for the users that they name. */
interface ResolvedMembers {
  readonly changes: readonly ResolvedChange[];
  readonly writes: MemberWrites;
  /** The users to add as administrators, by address. */
  readonly admins: GroupUsers;
  readonly warnings: readonly Warning[];
}

/** Reads the users that a change of members names, before the change is written. */
export type ResolveMembers = (
  groupId: string,
  changes: readonly ResolvedChange[],
  publicName: (attribute: string) => string,
  session: Session,
) => Promise<ResolvedMembers>;

const noWrites: MemberWrites = { joining: [], leaving: [], invited: { joining: [], leaving: [] } };

/**
 * Reads the users over REST, which returns pending users, too. SCIM would skip them silently.
 * @throws ConnectorError `invalidAttributeValue` that names added users Zoom does not know.
 */
export const resolveOverRest: ResolveMembers = async (groupId, changes, publicName, session) => {
  const { admins, changes: effective, members } = await resolveUsers(groupId, changes, publicName, session);
  const change = memberChange(effective);
  if (change === undefined) return { changes: effective, writes: noWrites, admins, warnings: [] };
  const [joining, joiningInvited] = split(
    change.added.map(String),
    (id) => members.get(id)?.pending === true,
  );
  const leaving = await leavingOverRest(change, session);
  const invited = {
    joining: joiningInvited.flatMap((id) => members.get(id) ?? []),
    leaving: leaving.invited,
  };
  const writes = { joining, leaving: leaving.others, invited };
  return { changes: withoutIdle(effective, writes), writes, admins, warnings: [] };
};

/**
 * Removed users by the API that removes them. Users on the list of members are not pending; if the list was not read,
 * the users themselves are read. A user that Zoom does not know is no member, so no call removes it.
 */
async function leavingOverRest(
  { before, removed }: ResolvedChange,
  session: Session,
): Promise<Record<'others' | 'invited', readonly string[]>> {
  const ids = removed.map(String);
  if (before !== undefined) return { others: ids, invited: [] };
  const users = await findGroupUsers(ids, session);
  const [others, invited] = split([...users.keys()], (id) => users.get(id)?.pending === true);
  return { others, invited };
}

/**
 * Reads the users over SCIM, because Zoom silently skips users that SCIM does not show. SCIM does not distinguish
 * pending users from unknown ones.
 * @throws ConnectorError `invalidAttributeValue` that names added users SCIM does not show.
 */
export const resolveOverScim: ResolveMembers = async (_groupId, changes, publicName, session) => {
  const change = memberChange(changes);
  if (change === undefined) return { changes, writes: noWrites, admins: new Map(), warnings: [] };
  const added = await look(change.added.map(String), session);
  if (added.hidden.length > 0) throw notShown(publicName(change.attribute), added.hidden);
  const { hidden, visible } = await look(change.removed.map(String), session);
  const writes: MemberWrites =
    change.replaces === true
      ? { ...noWrites, all: change.after.map(String) }
      : { ...noWrites, joining: added.visible, leaving: visible };
  const warnings = hidden.length === 0 ? [] : [notRemoved(hidden)];
  return { changes: withoutIdle(changes, writes), writes, admins: new Map(), warnings };
};

async function look(
  ids: readonly string[],
  session: Session,
): Promise<Record<'visible' | 'hidden', readonly string[]>> {
  const found = await readEach(ids, (id) => lookAt(id, session));
  const [hidden, visible] = split(ids, (id) => found.has(id));
  return { hidden, visible };
}

async function lookAt(id: string, session: Session): Promise<unknown> {
  try {
    return await unlessUnknown(session.send(getScimUser(id, 'see whether SCIM shows the user')));
  } catch (thrown) {
    throw thrown instanceof ConnectorError
      ? namingWhatWasRefused({ kind: 'user', value: id })(thrown)
      : thrown;
  }
}

function memberChange(changes: readonly ResolvedChange[]): ResolvedChange | undefined {
  return changes.find(({ attribute }) => attribute === 'MEMBER_IDS');
}

/** The changes without a change of members that needs no call. */
function withoutIdle(
  changes: readonly ResolvedChange[],
  { all, invited, joining, leaving }: MemberWrites,
): readonly ResolvedChange[] {
  const users = [...joining, ...leaving, ...invited.joining, ...invited.leaving];
  if (all !== undefined || users.length > 0) return changes;
  return changes.filter(({ attribute }) => attribute !== 'MEMBER_IDS');
}

/** @returns the ids that do not pass, then the ids that pass. */
function split(
  ids: readonly string[],
  passes: (id: string) => boolean,
): readonly [readonly string[], readonly string[]] {
  return [ids.filter((id) => !passes(id)), ids.filter(passes)];
}

function notShown(attribute: string, ids: readonly string[]): ConnectorError {
  return new ConnectorError(
    'invalidAttributeValue',
    `${attribute} names users that SCIM does not show: ${ids.join(', ')}.`,
    {
      hint:
        'They are not in the account, or their invitation is pending: then wait until it is accepted, or let ' +
        'service.scimFallback put them into the group over REST.',
    },
  );
}

function notRemoved(ids: readonly string[]): Warning {
  return {
    code: 'MEMBERS_NOT_SHOWN',
    message:
      `SCIM does not show these users, so they were not taken out of the group: ${ids.join(', ')}. ` +
      'Those who are not in the account are no members; those whose invitation is pending can be taken out over REST.',
    attributes: ['MEMBER_IDS'],
  };
}
