import { without } from '../core/json.js';
import { choice, isTrue } from '../http/paging.js';
import { invalidField, noContent, type Reply, zoomError } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import { isAdministrator, type User } from '../state/records.js';
import type { World } from '../world.js';
import { switchPhone } from './feature-rules.js';
import { findUser, invitationGone, isAddress, isManaged } from './find-user.js';

/**
 * Removes a user from the account. After a disassociation the person keeps a free account, so the address becomes a
 * foreign one. The account remembers the address of a withdrawn invitation.
 */
export function leaveAccount(world: World, user: User, action: 'disassociate' | 'delete'): void {
  switchPhone(world, user, false);
  world.groups.removeUser(user);
  world.users.remove(user);
  if (user.status === 'pending') world.onceInvited.add(user.email);
  else if (action === 'disassociate') world.foreignAddresses.add(user.email);
}

/**
 * Removes every licence and Zoom Phone, as a deactivation does. The transferee is no licence: Zoom gives the data to
 * that user when this one is deactivated or deleted.
 */
export function removeLicences(world: World, user: User): void {
  switchPhone(world, user, false);
  const { transferee } = user.profile.scim ?? {};
  const profile = without(user.profile, 'plan_united_type', 'license_info_list', 'scim');
  world.users.change(user, {
    type: 1,
    zoom_one_type: 0,
    features: {},
    profile: transferee === undefined ? profile : { ...profile, scim: { transferee } },
  });
}

type Action = 'disassociate' | 'delete';

const transfers = [
  'transfer_meeting',
  'transfer_webinar',
  'transfer_recording',
  'transfer_whiteboard',
  'transfer_clipfiles',
  'transfer_notes',
  'transfer_visitors',
  'transfer_docs',
];

/** DELETE /users/{userId}. Source: https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId} */
export function deleteUser(call: Call): Reply {
  const { world, query } = call;
  const userId = param(call, 'userId');
  const action = choice(query, 'action', ['disassociate', 'delete']);
  const user = findUser(world, userId);
  if (user.status === 'pending') checkPending(userId, action);
  else checkMember(world, user, action);
  checkTransfer(call, user);
  leaveAccount(world, user, action);
  return noContent;
}

/** Only a disassociation by address withdraws an invitation. */
function checkPending(userId: string, action: Action): void {
  if (!isAddress(userId) || action === 'delete') throw invitationGone();
}

function checkMember(world: World, user: User, action: Action): void {
  if (user.role_id === '0') throw zoomError(400, 200, 'No permission.');
  if (action === 'disassociate') {
    if (isAdministrator(user)) throw zoomError(400, 1117, 'You can not disassociate an Admin user.');
    if (isManaged(world, user.email)) {
      throw zoomError(400, 1107, 'You can not disassociate a user with managed domain.');
    }
    if (user.login_type === 99) throw zoomError(400, 300, 'Unable to unlink API user(s).');
  }
  if (user.status === 'inactive' && world.options.inactiveDelete === 'refuse') {
    throw zoomError(
      400,
      200,
      'Unable to delete this deactivated user. Please contact Zoom support team for more information.',
    );
  }
}

function checkTransfer({ world, query }: Call, user: User): void {
  const email = query.get('transfer_email') ?? '';
  if (email === '') {
    if (transfers.some((name) => isTrue(query, name))) throw invalidField('transfer_email');
    return;
  }
  const target = world.users.byEmail(email);
  if (target === user) {
    const rule =
      "The transfer-to email address cannot be the same as the unlinked or deleted user's email address.";
    throw zoomError(400, 300, rule);
  }
  if (target?.status !== 'active') throw invalidField('transfer_email');
}
