import type { ResolvedChange } from '../../../connid/delta.js';
import type { ReadBack } from '../../../connector/object-class/object-class.js';
import { asObject, textAt } from '../../kit/json.js';
import { readEach, unlessUnknown } from '../../kit/reads.js';
import { getScimUser } from '../../user/scim/calls.js';
import { scimUser, showsOneGroup } from '../../user/scim/resource.js';
import { getScimGroup } from '../../group/scim/calls.js';

/** SCIM lists no members, but each user names the groups it is in, or one of them. */
export function scimGroupReadBack({ attribute }: ResolvedChange): ReadBack | undefined {
  return attribute === 'MEMBER_IDS' ? membersByThemselves : undefined;
}

const membersByThemselves: ReadBack = async (uid, { added, removed }, session) => {
  const name = textAt(await session.send(getScimGroup(uid)), 'displayName');
  if (name === undefined) return undefined;
  const ids = [...added, ...removed].map(String);
  const why = 'see whether SCIM shows the user';
  const users = await readEach(ids, (id) => unlessUnknown(session.send(getScimUser(id, why))));
  const concerned = ids.map((id) => ({ id, user: scimUser(asObject(users.get(id))) }));
  const members = concerned.filter(({ user }) => user.groups.includes(name));
  const others = concerned.filter((one) => !members.includes(one));
  // Of several groups Zoom may show one, which says nothing about the others.
  if (others.some(({ user }) => showsOneGroup(user))) return undefined;
  return members.map(({ id }) => id);
};
