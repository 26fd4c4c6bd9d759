import { type Check, flag } from '../core/checks.js';
import { membersOf, type Unchecked } from '../core/json.js';
import { type ApiError, zoomError } from '../http/reply.js';
import { enroll, type Enrollment } from '../phone/phone-users.js';
import type { User } from '../state/records.js';
import type { World } from '../world.js';
import { readFields } from './fields.js';
import { checkLicences } from './licence-rules.js';

export function hasPhone(user: User): boolean {
  return user.features['zoom_phone'] === true;
}

/** Gives Zoom Phone to a user, or removes it with all plans and numbers. */
export function switchPhone(world: World, user: User, on: boolean, enrollment: Enrollment = {}): void {
  if (hasPhone(user) === on) return;
  if (on && user.status !== 'pending') enroll(world, user, enrollment);
  if (!on) world.phone.removeUser(user);
  world.users.change(user, { features: { ...user.features, zoom_phone: on } });
}

const number: Check = (value) => Number.isInteger(value);

const list: Check = (value) => Array.isArray(value);

/** Switches that occupy a seat of their own pool. */
const licensedFlags = [
  'zoom_revenue_accelerator',
  'zoom_iq_for_sales',
  'zoom_whiteboard',
  'zoom_whiteboard_plus',
  'zoom_translated_captions',
  'zoom_scheduler',
  'zoom_clips_plus',
  'zoom_quality_management',
  'zoom_workforce_management',
  'zoom_compliance_management',
  'zoom_docs',
  'zoom_customer_managed_key',
  'zoom_mail_calendar',
] as const;

const eventFlags = [
  'zoom_events',
  'zoom_events_unlimited',
  'zoom_sessions_unlimited',
  'zoom_events_pay_per_attendee',
  'zoom_sessions_pay_per_attendee',
] as const;

/** Members of `feature` in the settings of a user. */
const featureFields: Readonly<Record<string, Check>> = {
  meeting_capacity: number,
  large_meeting: flag,
  large_meeting_capacity: (value) => value === 500 || value === 1000,
  webinar: flag,
  webinar_capacity: (value) => [100, 500, 501, 1000, 1001, 3000, 5000, 10_000].includes(Number(value)),
  concurrent_meeting: (value) => value === 'Basic' || value === 'Plus' || value === 'None',
  zoom_events_capacity: number,
  zoom_events_unlimited_capacities: list,
  zoom_sessions_unlimited_capacities: list,
  zoom_phone: flag,
  license_info_list: list,
  ...Object.fromEntries([...licensedFlags, ...eventFlags].map((name) => [name, flag])),
};

/** True for a feature with a pool `feature:<name>`. Zoom Phone has the pool `phone`. */
export function isSeatedFeature(name: string): boolean {
  return name !== 'zoom_phone' && Object.hasOwn(featureFields, name) && featureFields[name] === flag;
}

/** The features of a user before any change. */
export const defaultFeatures = {
  meeting_capacity: 100,
  large_meeting: false,
  webinar: false,
  concurrent_meeting: 'None',
  zoom_phone: false,
  ...Object.fromEntries([...licensedFlags, ...eventFlags].map((name) => [name, false])),
} as const;

/** Reads and checks the `feature` object of a settings update. */
export function readFeatures(world: World, user: User, given: unknown): Unchecked {
  const features = readFields(membersOf(given), featureFields, 'feature.');
  const after = { ...user.features, ...features };
  checkPaid(user, features);
  checkCombinations(after);
  if (features['zoom_phone'] === true && !hasPhone(user)) checkLicences(world, { phone: true });
  for (const name of licensedFlags) {
    const isNew = features[name] === true && user.features[name] !== true;
    if (isNew && !world.licences.hasFree(`feature:${name}`)) throw noSeat(name);
  }
  return features;
}

/** Only licensed users can have large meetings, webinars, events and concurrent meetings. */
function checkPaid(user: User, features: Unchecked): void {
  if (user.type === 2) return;
  if (features['large_meeting'] === true) {
    throw zoomError(400, 1108, 'Only Licensed or On-prem users can enable the large meeting feature.');
  }
  if (features['webinar'] === true) {
    throw zoomError(400, 1122, 'Webinar feature can only be enabled for Licensed or On-prem users.');
  }
  if (eventFlags.some((name) => features[name] === true)) {
    throw zoomError(400, 1206, 'You can only enable the Zoom Events feature for Licensed or On-prem users.');
  }
  const concurrent = features['concurrent_meeting'];
  if (concurrent === 'Basic' || concurrent === 'Plus') {
    throw zoomError(400, 1207, 'You can only enable the "Concurrent Meeting" feature for Licensed users.');
  }
}

function checkCombinations(after: Unchecked): void {
  if (after['webinar'] === true && after['zoom_events'] === true) {
    throw zoomError(
      400,
      1204,
      "You can't enable the Webinar feature because you already have the Zoom Events feature.",
    );
  }
  if (after['zoom_whiteboard'] === true && after['zoom_whiteboard_plus'] === true) {
    throw zoomError(
      400,
      1242,
      'You cannot set "Zoom Whiteboard" and "Zoom Whiteboard Plus" at the same time.',
    );
  }
}

function noSeat(name: string): ApiError {
  return zoomError(
    400,
    1228,
    `Unable to assign "${name}" license because you have reached the limit of licensed users allowed on this account.`,
  );
}
