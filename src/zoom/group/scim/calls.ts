import { type Call, placeholderUid, type Session } from '../../../connector/object-class/call.js';
import { type Json, textAt } from '../../kit/json.js';
import type { Lists } from '../../kit/paged-list.js';
import { filtered, lookUpOne, scimEndpoints, scimPages, urns } from '../../kit/scim.js';
import { idFault } from '../../kit/row-faults.js';
import { patchGroup, references } from '../../user/scim/calls.js';

/** Writable fields of a group. An empty alias clears it. */
interface GroupFields {
  readonly displayName?: string;
  readonly emailAlias?: string;
}

/** Lists the groups of the account. */
export const scimGroupPages = scimPages(scimEndpoints.listScimGroups, idFault, 'list groups');

/** Reads one group. */
export function getScimGroup(groupId: string): Call {
  return { endpoint: scimEndpoints.getScimGroup, params: { groupId }, why: 'read the group' };
}

/**
 * Finds the group of a name. Zoom compares names without case.
 * @param alsoSearchList - how to read the list, if it is to be searched after the filter has found no group.
 */
export async function findScimGroupNamed(
  name: string,
  alsoSearchList: Lists | undefined,
  session: Session,
): Promise<Json | undefined> {
  const isIt = (group: Json) => textAt(group, 'displayName')?.toLowerCase() === name.toLowerCase();
  const call = filtered(scimEndpoints.listScimGroups, 'displayName', name, 'look the group up by name');
  const found = await lookUpOne(call, isIt, session);
  if (found !== undefined || alsoSearchList === undefined) return found;
  for await (const row of alsoSearchList.distinct(scimGroupPages, session)) if (isIt(row)) return row;
  return undefined;
}

/** Creates a group. If the answer is lost, a look-up by name shows whether the call took effect. */
export function createScimGroup(displayName: string, emailAlias?: string): Call {
  const extension = emailAlias === undefined ? {} : { [urns.zoomGroup]: { emailAlias } };
  return {
    endpoint: scimEndpoints.createScimGroup,
    body: { schemas: [urns.group, ...Object.keys(extension)], displayName, ...extension },
    why: 'create the group',
    lookFirst: (session) => findScimGroupNamed(displayName, undefined, session),
    foreseen: { createScimGroup: { id: placeholderUid } },
  };
}

/** Changes name and alias, in one call. */
export function changeScimGroup(groupId: string, { displayName, emailAlias }: GroupFields): Call {
  const values = [
    ...(displayName === undefined ? [] : [{ displayName }]),
    ...(emailAlias === undefined ? [] : [{ [`${urns.zoomGroup}:emailAlias`]: emailAlias }]),
  ];
  const operations = values.map((value) => ({ op: 'replace', value }));
  return patchGroup(groupId, operations, `change the group's ${words({ displayName, emailAlias })}`);
}

function words({
  displayName,
  emailAlias,
}: Record<'displayName' | 'emailAlias', string | undefined>): string {
  return [displayName !== undefined && 'name', emailAlias !== undefined && 'alias']
    .filter((word) => word !== false)
    .join(' and ');
}

/** Replaces all members. */
export function setScimMembers(groupId: string, ids: readonly string[]): Call {
  const operation = { op: 'replace', path: 'members', value: references(ids) };
  return patchGroup(groupId, [operation], `make ${ids.length} users the members`);
}

/** Deletes a group. */
export function deleteScimGroup(groupId: string): Call {
  return { endpoint: scimEndpoints.deleteScimGroup, params: { groupId }, why: 'delete the group' };
}
