import { membersOf, type Unchecked } from '../core/json.js';
import { choice, countedPage, paginate, required, isTrue } from '../http/paging.js';
import { noContent, ok, type Reply, userNotFound } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { readFeatures, defaultFeatures, switchPhone } from './feature-rules.js';
import { findInvited, memberOf } from './find-user.js';
import { userDisabled } from './update-user.js';
import { listRow, singleView } from './user-view.js';

/** GET /users/{userId}/settings: the features, and a few of the many other settings. */
export function readSettings(call: Call): Reply {
  const user = findInvited(call.world, param(call, 'userId'));
  return ok({
    schedule_meeting: { host_video: false, participants_video: false },
    in_meeting: { chat: true, private_chat: true },
    email_notification: { cancel_meeting_reminder: true },
    recording: { cloud_recording: user.type === 2, local_recording: true },
    telephony: { third_party_audio: false },
    feature: { ...defaultFeatures, ...user.features },
  });
}

/** PATCH /users/{userId}/settings: stores only the features. */
export function updateSettings(call: Call): Reply {
  const { world } = call;
  const user = findInvited(world, param(call, 'userId'));
  const features = readFeatures(world, user, membersOf(call.body)['feature']);
  if (user.status === 'pending') return noContent;
  if (user.status === 'inactive' && world.options.inactivePatch === 'refuse') throw userDisabled();
  setFeatures(world, user, features);
  return noContent;
}

/** Stores features. Switching Zoom Phone also creates or removes the phone record. */
export function setFeatures(world: World, user: User, { zoom_phone: phone, ...others }: Unchecked): void {
  if (typeof phone === 'boolean') switchPhone(world, user, phone);
  if (Object.keys(others).length > 0) world.users.change(user, { features: { ...user.features, ...others } });
}

/** GET /users/email: true only for work e-mail logins of this account. */
export function checkEmail(call: Call): Reply {
  const email = required(call.query, 'email', 'Email is required.');
  const user = call.world.users.byEmail(email);
  return ok({ existed_email: user?.login_type === 100 && user.status !== 'pending' });
}

/** GET /users/vanity_name. */
export function checkVanityName(call: Call): Reply {
  const name = required(call.query, 'vanity_name', 'Vanity name is required.');
  return ok({ existed: call.world.users.byVanityName(name) !== undefined });
}

/** GET /users/summary. */
export function summarizeUsers(call: Call): Reply {
  const { licences, users } = call.world;
  return ok({
    licensed_users_count: licences.pool('licensed').used,
    basic_users_count: licences.pool('basic').used,
    on_prem_users_count: 0,
    room_users_count: 0,
    pending_users_count: users.list('pending').length,
    join_only_users_count: 0,
    total_users_count: users.size,
  });
}

/** GET /users/{userId}/permissions. */
export function readPermissions(call: Call): Reply {
  const user = memberOf(call);
  return ok({ permissions: call.world.roles.byId(user.role_id)?.privileges ?? [] });
}

/** GET /users: one status per call, in pages. */
export function listUsers(call: Call): Reply {
  const { world, query } = call;
  const status = choice(query, 'status', ['active', 'inactive', 'pending']);
  const extra = choice(query, 'include_fields', ['', 'custom_attributes', 'host_key']);
  const licence = choice(query, 'license', ['', 'zoom_workforce_management', 'zoom_compliance_management']);
  const roleId = query.get('role_id');
  const all = world.users.list(status, roleId === null || roleId === '' ? undefined : roleId);
  const users = licence === '' ? all : all.filter((user) => user.features[licence] === true);
  const maximum = world.options.maxUserPageSize;
  const page = paginate(world, query, users, { name: 'users', maximum });
  return ok({ ...countedPage(page), users: page.rows.map((user) => listRow(user, extra)) });
}

/** GET /users/{userId}: by id, address, `me`, or employee id with `search_by_unique_id`. */
export function readUser(call: Call): Reply {
  const { world, query } = call;
  const userId = param(call, 'userId');
  if (!isTrue(query, 'search_by_unique_id')) return ok(singleView(world, findInvited(world, userId)));
  const user = world.users.byEmployeeId(userId);
  if (!user) throw userNotFound(userId);
  return ok(singleView(world, user));
}
