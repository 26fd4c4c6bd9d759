import type { ResolvedChange } from '../../../connid/delta.js';
import type { ReadBack } from '../../../connector/object-class.js';
import { unlessUnknown } from '../../group/read-groups.js';
import { readEach } from '../../group/users.js';
import { asObject, textAt } from '../../json.js';
import { scimUser } from '../user/resource.js';
import { getScimGroup, getScimUser } from './calls.js';

/** SCIM lists no members, but each user names the groups it is in. */
export function scimGroupReadBack({ attribute }: ResolvedChange): ReadBack | undefined {
  return attribute === 'MEMBER_IDS' ? membersByThemselves : undefined;
}

const membersByThemselves: ReadBack = async (uid, { added, removed }, session) => {
  const name = textAt(await session.send(getScimGroup(uid)), 'displayName');
  if (name === undefined) return undefined;
  const ids = [...added, ...removed].map(String);
  const users = await readEach(ids, (id) => unlessUnknown(session.send(getScimUser(id))));
  return ids.filter((id) => scimUser(asObject(users.get(id))).groups.includes(name));
};
