import { membersOf, type Unchecked } from '../core/json.js';
import { noContent, ok, type Reply } from '../http/reply.js';
import { type Call, param } from '../http/route.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { readFeatures, standardFeatures } from './feature-rules.js';
import { findInvited } from './find-user.js';
import { switchPhone } from './phone-feature.js';
import { userDisabled } from './update-user.js';

/** GET /users/{userId}/settings: features, and a few of the many other settings. */
export function readSettings(call: Call): Reply {
  const user = findInvited(call.world, param(call, 'userId'));
  return ok({
    schedule_meeting: { host_video: false, participants_video: false },
    in_meeting: { chat: true, private_chat: true },
    email_notification: { cancel_meeting_reminder: true },
    recording: { cloud_recording: user.type === 2, local_recording: true },
    telephony: { third_party_audio: false },
    feature: { ...standardFeatures, ...user.features },
  });
}

/** PATCH /users/{userId}/settings: only the features count. */
export function updateSettings(call: Call): Reply {
  const { world } = call;
  const user = findInvited(world, param(call, 'userId'));
  const features = readFeatures(world, user, membersOf(call.body)['feature']);
  if (user.status === 'pending') return noContent;
  if (user.status === 'inactive' && world.options.inactivePatch === 'refuse') throw userDisabled();
  setFeatures(world, user, features);
  return noContent;
}

/** Stores features; Zoom Phone brings its record with it. */
export function setFeatures(world: World, user: User, { zoom_phone: phone, ...others }: Unchecked): void {
  if (typeof phone === 'boolean') switchPhone(world, user, phone);
  if (Object.keys(others).length > 0) world.users.change(user, { features: { ...user.features, ...others } });
}
