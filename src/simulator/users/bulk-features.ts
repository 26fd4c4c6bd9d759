import { ApiError, created, invalidField, type Reply } from '../http/reply.js';
import type { Call } from '../http/route.js';
import { limitMessages, tooManyRequests } from '../limits/too-many-requests.js';
import { membersOf, parseJson, type Unchecked } from '../core/json.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { applyEntitlements, checkEntitlements } from './entitlements.js';
import { entitlementFields, readFields } from './fields.js';
import { readFeatures } from './feature-rules.js';
import { setFeatures } from './read-handlers.js';
import { userByKey } from './find-user.js';

const entitlements: Readonly<Record<string, string>> = {
  user_type: 'type',
  zoom_one_type: 'zoom_one_type',
  plan_united_type: 'plan_united_type',
};

const features = new Set([
  'concurrent_meeting',
  'large_meeting',
  'webinar',
  'zoom_events',
  'zoom_whiteboard',
  'zoom_iq_for_sales',
  'zoom_revenue_accelerator',
  'zoom_clips_plus',
]);

interface BulkRequest {
  readonly type: string;
  readonly value: string;
  /** Ids or addresses. */
  readonly keys: readonly string[];
}

/** POST /users/features: assigns one licence to up to 30 users, once in ten seconds. */
export function updateFeatures(call: Call): Reply {
  const { world } = call;
  const request = readRequest(call);
  if (!world.limiter.admitBulk(world)) throw tooManyRequests(limitMessages.second);
  const done: string[] = [];
  const failed = new Map<string, string[]>();
  for (const key of request.keys) {
    const user = userByKey(world, key);
    const reason = assign(world, user, request);
    if (reason === undefined) done.push(user?.id ?? key);
    else failed.set(reason, [...(failed.get(reason) ?? []), key]);
  }
  const details = [...failed].map(([reason, ids]) => ({ user_ids: ids, reason }));
  return created({ success_user_ids: done, fail_details: details });
}

function readRequest(call: Call): BulkRequest {
  const { feature_type: type, feature_value: value, users } = membersOf(call.body);
  if (typeof type !== 'string' || !(type in entitlements || features.has(type)))
    throw invalidField('feature_type');
  if (typeof value !== 'string') throw invalidField('feature_value');
  if (!Array.isArray(users) || users.length === 0 || users.length > 30) throw invalidField('users');
  const keys = users.map((entry: unknown) => {
    const { id, email } = membersOf(entry);
    return String(id ?? email);
  });
  return { type, value, keys };
}

/** Assigns the licence to one user. Returns the reason for a failure. */
function assign(
  world: World,
  user: User | undefined,
  wanted: { type: string; value: string },
): string | undefined {
  if (user?.status !== 'active') return 'Users not found';
  try {
    return change(world, user, wanted) ? undefined : 'No need to update';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return reasonOf(error);
  }
}

function change(world: World, user: User, { type, value }: { type: string; value: string }): boolean {
  const field = entitlements[type];
  if (field === undefined) {
    const given = featuresOf(type, value);
    const checked = readFeatures(world, user, given);
    if (Object.entries(checked).every(([name, each]) => user.features[name] === each)) return false;
    setFeatures(world, user, checked);
    return true;
  }
  const body = { [field]: field === 'plan_united_type' ? value : parseJson(value) };
  const given = readFields(body, entitlementFields);
  if (currentOf(user, field) === String(given[field])) return false;
  checkEntitlements(world, user, given);
  applyEntitlements(world, user, given);
  return true;
}

function currentOf(user: User, field: string): string {
  if (field === 'type') return String(user.type);
  return field === 'zoom_one_type' ? String(user.zoom_one_type) : (user.profile.plan_united_type ?? 'none');
}

/** The value of large meetings, webinars and events is their capacity; 0 switches them off. */
function featuresOf(type: string, value: string): Unchecked {
  if (type === 'concurrent_meeting') return { concurrent_meeting: value };
  if (type === 'large_meeting' || type === 'webinar' || type === 'zoom_events') {
    const capacity = Number(value);
    return capacity === 0 ? { [type]: false } : { [type]: true, [`${type}_capacity`]: capacity };
  }
  return { [type]: value !== '0' && value !== 'false' };
}

function reasonOf(error: ApiError): string {
  const { code } = membersOf(error.reply.body);
  if (code === 2033) return 'Not allowed to add basic users';
  const unpaid = code === 1108 || code === 1122 || code === 1206 || code === 1207;
  return unpaid ? "Can't update for free users" : 'Not enough seats';
}
