import { membershipEndpoints } from '../user/endpoints.js';
import { type Call, placeholderUid, type Session } from '../../connector/object-class/call.js';
import { ConnectorError } from '../../connid/errors.js';
import { type Json, textAt } from '../kit/json.js';
import { type PagedList, type Lists, uncountedLists } from '../kit/paged-list.js';
import { addressFault, idFault, presentIdFault, type RowCheck } from '../kit/row-faults.js';
import { expectMembers, inGroup } from '../user/memberships.js';
import { memberPage } from './bindings.js';
import { groupEndpoints } from './endpoints.js';
import type { GroupUser } from './group-users.js';

/**
 * Checks the answer to a call that makes users administrators of a group. Zoom returns the ids it added and skips other
 * users without an error. The others may have been administrators before, so the check reads the list.
 * @returns a check that throws ConnectorError `preconditionFailed` when a user is missing.
 */
function expectAdmins(users: readonly GroupUser[], admins: PagedList): NonNullable<Call['expect']> {
  return async (answer, session) => {
    const named = new Set((textAt(answer, 'ids') ?? '').split(',').map((id) => id.trim()));
    const unnamed = users.filter(({ id }) => id === undefined || !named.has(id));
    if (unnamed.length === 0) return;
    const present = await addressesOf(admins, session);
    const missing = unnamed.filter(({ address }) => !present.has(address.toLowerCase()));
    if (missing.length > 0) throw notAdded(missing);
  };
}

/** The addresses of the administrators, in lower case. */
export async function addressesOf(admins: PagedList, session: Session): Promise<ReadonlySet<string>> {
  const addresses = new Set<string>();
  for await (const row of uncountedLists.distinct(admins, session)) {
    addresses.add((textAt(row, 'email') ?? '').toLowerCase());
  }
  return addresses;
}

function notAdded(missing: readonly GroupUser[]): ConnectorError {
  const addresses = missing.map(({ address }) => address).join(', ');
  return new ConnectorError(
    'preconditionFailed',
    `Zoom did not make these users administrators: ${addresses}.`,
    {
      hint: 'Zoom skips users whose invitation is pending and users who are not active.',
    },
  );
}

/** Zoom's largest page; https://developers.zoom.us/docs/api/users/#tag/groups */
const groupPage = 300;

/** Zoom's code for an id that is not (or no longer) a member of the group. */
const noMember = 4131;

/** Zoom's code for an id that is not an administrator of the group. */
const noAdmin = 4138;

/** Lists the groups of the account. */
export const groupPages = pages('groups', idFault, (query) => ({
  endpoint: groupEndpoints.listGroups,
  query: { page_size: groupPage, ...query },
  why: 'list groups',
}));

/** Lists the members of a group. */
export function memberPages(groupId: string): PagedList {
  const list = pages('members', presentIdFault, (query) => ({
    endpoint: groupEndpoints.listGroupMembers,
    params: { groupId },
    query: { page_size: memberPage.largest, ...query },
    why: 'read the members of the group',
  }));
  return { ...list, size: memberPage };
}

/** Lists the administrators of a group. */
export function adminPages(groupId: string): PagedList {
  return pages('admins', addressFault('email'), (query) => ({
    endpoint: groupEndpoints.listGroupAdmins,
    params: { groupId },
    query: { page_size: groupPage, ...query },
    why: 'read the administrators of the group',
  }));
}

function pages(rows: string, faultOf: RowCheck, call: (query: Call['query']) => Call): PagedList {
  return {
    rows,
    faultOf,
    keyOf: (row) => textAt(row, 'id') ?? textAt(row, 'email'),
    page: (token, size) =>
      call({
        ...(size !== undefined && { page_size: size }),
        ...(token !== undefined && { next_page_token: token }),
      }),
  };
}

/** Reads one group. */
export function getGroup(groupId: string): Call {
  return { endpoint: groupEndpoints.getGroup, params: { groupId }, why: 'read the group' };
}

/** Creates a group. If the answer is lost, the list of groups shows whether the call took effect. */
export function createGroup(name: string): Call {
  return {
    endpoint: groupEndpoints.createGroup,
    body: { name },
    why: 'create the group',
    lookFirst: (session) => findGroupNamed(name, uncountedLists, session),
    foreseen: { createGroup: { id: placeholderUid } },
  };
}

/** Searches the list of groups for a name. Zoom compares names without case. */
export async function findGroupNamed(
  name: string,
  lists: Lists,
  session: Session,
): Promise<Json | undefined> {
  const wanted = name.toLowerCase();
  for await (const row of lists.distinct(groupPages, session)) {
    if (textAt(row, 'name')?.toLowerCase() === wanted) return row;
  }
  return undefined;
}

/** Renames a group. */
export function renameGroup(groupId: string, name: string): Call {
  return {
    endpoint: groupEndpoints.updateGroup,
    params: { groupId },
    body: { name },
    why: 'rename the group',
  };
}

/** Deletes a group. */
export function deleteGroup(groupId: string): Call {
  return { endpoint: groupEndpoints.deleteGroup, params: { groupId }, why: 'delete the group' };
}

/** Adds members, at most 30 per call. */
export function addMembers(groupId: string, ids: readonly string[]): Call {
  return {
    endpoint: membershipEndpoints.addGroupMembers,
    params: { groupId },
    body: { members: ids.map((id) => ({ id })) },
    why: `add ${ids.length} members`,
    expect: expectMembers(ids, inGroup(groupId)),
  };
}

/** Removes one member. */
export function removeMember(groupId: string, memberId: string): Call {
  return {
    endpoint: membershipEndpoints.removeGroupMember,
    params: { groupId, memberId },
    why: 'remove a member',
    settledBy: [noMember],
  };
}

/** Adds administrators by address, at most 10 per call. */
export function addAdmins(groupId: string, users: readonly GroupUser[]): Call {
  return {
    endpoint: groupEndpoints.addGroupAdmins,
    params: { groupId },
    body: { admins: users.map(({ address }) => ({ email: address })) },
    why: `add ${users.length} administrators`,
    expect: expectAdmins(users, adminPages(groupId)),
  };
}

/** Removes one administrator by id or address. */
export function removeAdmin(groupId: string, userId: string): Call {
  return {
    endpoint: groupEndpoints.removeGroupAdmin,
    params: { groupId, userId },
    why: 'remove an administrator',
    settledBy: [noAdmin],
  };
}
