import { zoomError } from '../http/api-error.js';
import { pageView, paginate } from '../http/paging.js';
import { noContent, ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { groupOf } from './find-group.js';
import { addedReply, readUserReferences } from './references.js';
import { userByKey } from '../users/find-user.js';

/** GET /groups/{groupId}/admins: addresses and names, no ids. */
export function listAdmins(call: Call): Reply {
  const group = groupOf(call);
  const listing = { name: `groups/${group.id}/admins`, maximum: 300 };
  const page = paginate(call.world, call.query, group.admins, listing);
  return ok({
    admins: page.rows.map((user) => ({ email: user.email, name: user.display_name })),
    ...pageView(page),
  });
}

/** POST /groups/{groupId}/admins. */
export function addAdmins(call: Call): Reply {
  const group = groupOf(call);
  const users = readUserReferences(call, 'admins', 10).filter((user) => user.status === 'active');
  for (const user of users) if (!group.admins.includes(user)) group.admins.push(user);
  return addedReply(call, users, 'added_at');
}

/** The same answer, and nobody added. */
export function acknowledgeAdmins(call: Call): Reply {
  return addedReply(call, readUserReferences(call, 'admins', 10), 'added_at');
}

/** DELETE /groups/{groupId}/admins/{userId}. */
export function removeAdmin(call: Call): Reply {
  const group = groupOf(call);
  const user = userByKey(call.world, param(call, 'userId'));
  const index = user ? group.admins.indexOf(user) : -1;
  if (index < 0) throw zoomError(400, 4138, 'The user is not an administrator of the group.');
  group.admins.splice(index, 1);
  return noContent;
}
