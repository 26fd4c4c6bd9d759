import type { Warning } from '../../../connector/connector.js';
import type { Session } from '../../../connector/object-class/call.js';
import type { ResolvedChange } from '../../../connid/delta.js';
import { ConnectorError } from '../../../connid/errors.js';
import { readEach, unlessUnknown } from '../../kit/reads.js';
import { namingWhatWasRefused } from '../../kit/refused-value.js';
import { getScimUser } from '../../user/scim/calls.js';
import { findGroupUsers, type GroupUser, type GroupUsers, resolveUsers } from '../group-users.js';

/** Who joins and who leaves a group, by the way in which it is written. */
export interface MemberWrites {
  /** The members, where they are set as a whole. */
  readonly all?: readonly string[];
  readonly joining: readonly string[];
  readonly leaving: readonly string[];
  /** Pending users, whom only REST sees. */
  readonly invited: { readonly joining: readonly GroupUser[]; readonly leaving: readonly string[] };
}

/** The changes of a group with what Zoom knows of the users they name. */
interface ResolvedMembers {
  readonly changes: readonly ResolvedChange[];
  readonly writes: MemberWrites;
  /** The users to be made administrators, by address. */
  readonly admins: GroupUsers;
  readonly warnings: readonly Warning[];
}

/** How the users that a change of members names are looked at before it is written. */
export type ResolveMembers = (
  groupId: string,
  changes: readonly ResolvedChange[],
  shown: (attribute: string) => string,
  session: Session,
) => Promise<ResolvedMembers>;

const nobody: MemberWrites = { joining: [], leaving: [], invited: { joining: [], leaving: [] } };

/**
 * Reads the users over REST, which tells those whose invitation is pending: SCIM would leave them out without a word.
 * @throws ConnectorError `invalidAttributeValue` that names added users Zoom does not know.
 */
export const resolveOverRest: ResolveMembers = async (groupId, changes, shown, session) => {
  const { admins, changes: effective, members } = await resolveUsers(groupId, changes, shown, session);
  const change = memberChange(effective);
  if (change === undefined) return { changes: effective, writes: nobody, admins, warnings: [] };
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

/** Those on the list of members are not pending; of others that is not known. Who is unknown to Zoom is no member. */
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
 * Reads the users over SCIM, because Zoom leaves out those it does not show without a word. Whether one of them is
 * pending or unknown, SCIM does not tell.
 * @throws ConnectorError `invalidAttributeValue` that names added users SCIM does not show.
 */
export const resolveOverScim: ResolveMembers = async (_groupId, changes, shown, session) => {
  const change = memberChange(changes);
  if (change === undefined) return { changes, writes: nobody, admins: new Map(), warnings: [] };
  const added = await look(change.added.map(String), session);
  if (added.hidden.length > 0) throw notShown(shown(change.attribute), added.hidden);
  const { hidden, visible } = await look(change.removed.map(String), session);
  const writes: MemberWrites =
    change.replaces === true
      ? { ...nobody, all: change.after.map(String) }
      : { ...nobody, joining: added.visible, leaving: visible };
  const warnings = hidden.length === 0 ? [] : [notRemoved(hidden)];
  return { changes: withoutIdle(changes, writes), writes, admins: new Map(), warnings };
};

async function look(
  ids: readonly string[],
  session: Session,
): Promise<Record<'visible' | 'hidden', readonly string[]>> {
  const shown = await readEach(ids, (id) => lookAt(id, session));
  const [hidden, visible] = split(ids, (id) => shown.has(id));
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

/** Without a change of members that comes to nothing. */
function withoutIdle(
  changes: readonly ResolvedChange[],
  { all, invited, joining, leaving }: MemberWrites,
): readonly ResolvedChange[] {
  const users = [...joining, ...leaving, ...invited.joining, ...invited.leaving];
  if (all !== undefined || users.length > 0) return changes;
  return changes.filter(({ attribute }) => attribute !== 'MEMBER_IDS');
}

/** @returns those that do not pass, then those that do. */
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
