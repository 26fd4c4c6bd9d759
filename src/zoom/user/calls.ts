import { type Call, type Foreseen, placeholderUid } from '../../connector/object-class/call.js';
import type { Body } from '../../connector/object-class/endpoint.js';
import { isPossibleAddress } from '../kit/forms.js';
import { at, textAt } from '../kit/json.js';
import type { PageSize } from '../kit/page-size.js';
import type { PagedList } from '../kit/paged-list.js';
import { addressFault, anyFault, presentIdFault } from '../kit/row-faults.js';
import { namingWhatWasRefused, namingInvalidValue } from '../kit/refused-value.js';
import { membershipEndpoints, roleEndpoints, userEndpoints } from './endpoints.js';
import { expectMembers, inGroup } from './memberships.js';
import type { UserStatus } from './user-view.js';

/** Reads one user by id or address. */
export function getUser(userId: string, why: string): Call {
  return { endpoint: userEndpoints.getUser, params: { userId }, why };
}

/** Reads one user by the employee id that SAML sign-on brought. */
export function getUserByEmployeeId(employeeId: string): Call {
  return {
    endpoint: userEndpoints.getUserByEmployeeId,
    params: { employeeId },
    query: { search_by_unique_id: true },
    why: 'read the user by employee id',
  };
}

/** Reads one page of the users of one status. */
export function listUsers(query: {
  status: UserStatus;
  page_size: number;
  next_page_token?: string;
  role_id?: string;
  include_fields?: string;
}): Call {
  return { endpoint: userEndpoints.listUsers, query, why: `list ${query.status} users` };
}

/** Creates a user. When the answer is lost, a look-up by address shows whether Zoom created it. */
export function createUser(action: string, userInfo: Body & { readonly email: string }): Call {
  return {
    endpoint: userEndpoints.createUser,
    body: { action, user_info: userInfo },
    why: 'create the user',
    foreseen: foreseenUser(action, userInfo),
    lookFirst: (session) => session.send(getUser(userInfo.email, 'see whether the user was created')),
  };
}

/** A new user as Zoom creates it: pending after an invitation, a Member, with the values of the call. */
function foreseenUser(action: string, userInfo: Body): Foreseen {
  const status: UserStatus = action === 'create' ? 'pending' : 'active';
  const record = {
    id: placeholderUid,
    role_id: '2',
    status,
    ...userInfo,
    zoom_one_type: at(userInfo, 'feature.zoom_one_type'),
  };
  return { createUser: { id: placeholderUid }, getUser: record };
}

/** Changes fields of a user. */
export function updateUser(userId: string, body: Body, why: string): Call {
  return { endpoint: userEndpoints.updateUser, params: { userId }, body, why };
}

/** Activates or deactivates a user. */
export function updateStatus(userId: string, action: 'activate' | 'deactivate'): Call {
  return {
    endpoint: userEndpoints.updateUserStatus,
    params: { userId },
    body: { action },
    why: `${action} the user`,
  };
}

/** Changes the address of a user. When the answer is lost, a read of the user shows whether Zoom changed it. */
export function updateEmail(userId: string, email: string): Call {
  const isNew = (found: unknown) => textAt(found, 'email')?.toLowerCase() === email.toLowerCase();
  return {
    endpoint: userEndpoints.updateUserEmail,
    params: { userId },
    body: { email },
    why: 'change the e-mail address',
    lookFirst: async (session) =>
      isNew(await session.send(getUser(userId, 'see whether the address was changed'))) ? {} : undefined,
  };
}

/** Sets a password. */
export function updatePassword(userId: string, password: unknown): Call {
  return {
    endpoint: userEndpoints.updateUserPassword,
    params: { userId },
    body: { password },
    why: 'set the password',
  };
}

/** Ends the user's sessions by revoking the SSO token. */
export function revokeToken(userId: string): Call {
  return { endpoint: userEndpoints.revokeUserToken, params: { userId }, why: 'log the user out' };
}

/** Removes a user: from the account only, or with all data. */
export function deleteUser(
  userId: string,
  query: { readonly action: 'disassociate' | 'delete' } & Readonly<Record<string, string | boolean>>,
): Call {
  return { endpoint: userEndpoints.deleteUser, params: { userId }, query, why: `${query.action} the user` };
}

/**
 * Withdraws the invitation of a pending user, by address. Without parameters Zoom disassociates, which is all it can do
 * for a pending user. With parameters Zoom has answered 404.
 */
export function withdrawInvitation(address: string): Call {
  return ofPendingUser({
    endpoint: userEndpoints.deleteUser,
    params: { userId: address },
    why: 'withdraw the invitation',
  });
}

/** Hints for codes whose usual hint is about users who have accepted. */
const pendingHints: Readonly<Record<string, string>> = {
  1000: 'Zoom takes few changes before the person accepts the invitation. The message of Zoom in "upstream" says why.',
  1107: 'Zoom does not withdraw this invitation, because it manages the domain. Delete the pending user in the Zoom portal.',
};

/** A call on a pending user, whose refusal has a hint that helps with one. */
function ofPendingUser(call: Call): Call {
  return {
    ...call,
    refused: (error) => {
      const hint = pendingHints[String(error.details.upstream?.code)];
      return hint === undefined ? error : error.with({ hint });
    },
  };
}

/** Adds a user to a group. Zoom silently skips users it does not know, so the answer is checked. */
export function joinGroup(groupId: string, userId: string): Call {
  return {
    endpoint: membershipEndpoints.addGroupMembers,
    params: { groupId },
    body: { members: [{ id: userId }] },
    why: 'add the user to the group',
    expect: expectMembers([userId], inGroup(groupId)),
    refused: namingInvalidValue({ kind: 'group', value: groupId }),
  };
}

/** Puts a pending user into a group; Zoom skips pending users when members are added. */
export function addPendingMember(groupId: string, address: string): Call {
  return ofPendingUser(updateUser(address, { group_id: groupId }, 'put the pending user into the group'));
}

/** Takes a user out of a group. Code 4131 says that the user is not in it, 4130 that the group is gone. */
export function leaveGroup(groupId: string, memberId: string): Call {
  return {
    endpoint: membershipEndpoints.removeGroupMember,
    params: { groupId, memberId },
    why: 'remove the user from the group',
    settledBy: [4130, 4131],
  };
}

/** Gives a user an account role, which replaces the present one. */
export function assignRole(roleId: string, userId: string): Call {
  return {
    endpoint: roleEndpoints.addRoleMembers,
    params: { roleId },
    body: { members: [{ id: userId }] },
    why: 'assign the account role',
    expect: expectMembers([userId], (user) => textAt(user, 'role_id') === roleId),
    refused: namingInvalidValue({ kind: 'role', value: roleId }),
  };
}

/** Takes an account role away; the user falls back to Member. */
export function withdrawRole(roleId: string, memberId: string): Call {
  return {
    endpoint: roleEndpoints.removeRoleMember,
    params: { roleId, memberId },
    why: 'withdraw the account role',
    refused: namingWhatWasRefused({ kind: 'role', value: roleId }),
  };
}

/** Zoom's largest page, and that of older accounts; https://developers.zoom.us/docs/api/users/ */
export const userPage: PageSize = { list: 'users', largest: 2000, older: 300 };

/** Settings of the calls that list users. */
export interface UserPageSettings {
  /** Rows asked of Zoom per page; `auto` for the most that the account grants. */
  readonly pageSize: number | 'auto';
  /** Zoom's `include_fields`, when rows should carry more than usual. */
  readonly includeFields?: string;
}

/** Pending users have no id in the list, so they are addressed by their addresses; other users by their ids. */
const pendingFault = anyFault(presentIdFault, addressFault('email'));

/** The reason why no later call can address a user. */
export const userFault = anyFault(presentIdFault, addressFault('email', isPossibleAddress));

/** The pages of the users of one status; with a role, of that role only. */
export function userPages(
  status: UserStatus,
  { includeFields, pageSize }: UserPageSettings,
  roleId?: string,
): PagedList {
  return {
    rows: 'users',
    ...(roleId === undefined && { measured: status }),
    ...(pageSize === 'auto' && { size: userPage }),
    faultOf: status === 'pending' ? pendingFault : userFault,
    keyOf: (row) => textAt(row, 'id') ?? textAt(row, 'email')?.toLowerCase(),
    page: (token, size = pageSize === 'auto' ? userPage.largest : pageSize) =>
      listUsers({
        status,
        page_size: size,
        ...(token !== undefined && { next_page_token: token }),
        ...(roleId !== undefined && { role_id: roleId }),
        ...(includeFields !== undefined && { include_fields: includeFields }),
      }),
  };
}
