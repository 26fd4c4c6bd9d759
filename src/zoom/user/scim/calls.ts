import { type Call, placeholderUid, type Session } from '../../../connector/object-class/call.js';
import { ConnectorError } from '../../../connid/errors.js';
import { isPossibleAddress } from '../../kit/forms.js';
import { type Json, textAt } from '../../kit/json.js';
import { namingInvalidValue } from '../../kit/refused-value.js';
import { addressFault, anyFault, idFault } from '../../kit/row-faults.js';
import { filtered, lookUpOne, scimEndpoints, scimPages, urns } from '../../kit/scim.js';

/** Adds members. Zoom silently leaves out users whom SCIM does not see. */
export function addScimMembers(groupId: string, ids: readonly string[]): Call {
  const operation = { op: 'add', path: 'members', value: references(ids) };
  return patchGroup(groupId, [operation], `add ${ids.length} members`);
}

/** Removes members, each by an operation of its own. */
export function removeScimMembers(groupId: string, ids: readonly string[]): Call {
  const operations = ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }));
  return patchGroup(groupId, operations, `remove ${ids.length} members`);
}

export function references(ids: readonly string[]): readonly Json[] {
  return ids.map((value) => ({ value }));
}

export function patchGroup(groupId: string, operations: readonly Json[], why: string): Call {
  return {
    endpoint: scimEndpoints.patchScimGroup,
    params: { groupId },
    body: { schemas: [urns.patch], Operations: operations },
    why,
  };
}

/** Reads one user by id. */
export function getScimUser(userId: string, why: string): Call {
  return { endpoint: scimEndpoints.getScimUser, params: { userId }, why };
}

/** The reason why no later call can address a user over SCIM. */
export const scimUserFault = anyFault(idFault, addressFault('userName', isPossibleAddress));

/** The list of active and inactive users. */
export const scimUserPages = scimPages(
  scimEndpoints.listScimUsers,
  scimUserFault,
  'list active and inactive users',
);

/** The result of a look-up by address. */
type ScimLookUp = Json | 'absent' | 'hidden';

const invisible = /not exist or not belong/i;

/**
 * Looks a user up by address. Zoom answers an empty list for an address it never saw, and refuses to look for one that
 * is pending or was invited before.
 */
export async function lookUpScimUser(address: string, session: Session): Promise<ScimLookUp> {
  const isIt = (user: Json) => textAt(user, 'userName')?.toLowerCase() === address.toLowerCase();
  try {
    return (await lookUpOne(userNamed(address), isIt, session)) ?? 'absent';
  } catch (thrown) {
    if (thrown instanceof ConnectorError && invisible.test(thrown.details.upstream?.message ?? ''))
      return 'hidden';
    throw thrown;
  }
}

function userNamed(address: string): Call {
  return filtered(scimEndpoints.listScimUsers, 'userName', address, 'look the user up by address');
}

/** Creates a user. When the answer is lost, a look-up by address shows whether Zoom created it. */
export function createScimUser(address: string, resource: Json): Call {
  const record = { active: true, ...resource, id: placeholderUid };
  return {
    endpoint: scimEndpoints.createScimUser,
    body: resource,
    why: 'create the user',
    foreseen: { createScimUser: record, getScimUser: record, getUser: foreseenRestUser(address) },
    lookFirst: async (session) => {
      const found = await lookUpScimUser(address, session);
      if (found === 'hidden') return { userName: address };
      return found === 'absent' ? undefined : found;
    },
  };
}

function foreseenRestUser(email: string): Json {
  return { id: placeholderUid, email, status: 'active', role_id: '2' };
}

/** Replaces the user by this resource. */
export function replaceScimUser(userId: string, resource: Json, why: string): Call {
  return { endpoint: scimEndpoints.replaceScimUser, params: { userId }, body: resource, why };
}

/** Activates or deactivates a user, the only change that Zoom takes as a PATCH. */
export function switchScimUser(userId: string, active: boolean): Call {
  return {
    endpoint: scimEndpoints.patchScimUser,
    params: { userId },
    body: { schemas: [urns.patch], Operations: [{ op: 'replace', value: { active } }] },
    why: active ? 'activate the user' : 'deactivate the user',
  };
}

/** Removes a user from the account. */
export function deleteScimUser(userId: string): Call {
  return { endpoint: scimEndpoints.deleteScimUser, params: { userId }, why: 'delete the user' };
}

/** Adds a user to a group. */
export function joinScimGroup(groupId: string, userId: string): Call {
  return forGroup(groupId, addScimMembers(groupId, [userId]), 'add the user to the group');
}

/** Takes a user out of a group. A group that is gone has no members, so its 404 is a success. */
export function leaveScimGroup(groupId: string, userId: string): Call {
  return forGroup(groupId, removeScimMembers(groupId, [userId]), 'remove the user from the group');
}

/** A call on a group that is a value of the user's. */
function forGroup(groupId: string, call: Call, why: string): Call {
  return { ...call, why, refused: namingInvalidValue({ kind: 'group', value: groupId }) };
}
