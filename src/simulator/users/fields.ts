import { type Check, flag, oneOf, shape, text } from '../core/checks.js';
import type { Unchecked } from '../core/json.js';
import { type FieldError, validationError } from '../http/reply.js';
import { isUnitedCode, isZoomOneCode } from '../state/licence-codes.js';
import { profileFields } from '../state/profile.js';

/** Names of a user. Creates and updates can set them. */
export const nameFields = {
  // Zoom limits Chinese names further: https://developers.zoom.us/docs/api/users/#tag/users/POST/users
  first_name: text(64, 5),
  last_name: text(64, 5),
  display_name: text(128, 10),
} as const satisfies Record<string, Check>;

/** Fields stored in the user record. */
export const coreFields = {
  ...nameFields,
  dept: text(),
  language: text(),
  timezone: text(),
  pmi: (value) => Number.isInteger(value) && /^[1-9]\d{9}$/.test(String(value)),
  vanity_name: text(),
} as const satisfies Record<string, Check>;

/** Fields stored in the profile. */
export const profileChecks: Readonly<Record<string, Check>> = Object.fromEntries(
  Object.entries(profileFields).map(([name, { check }]) => [name, check]),
);

/** Fields that change licences, groups and phone. */
export const entitlementFields = {
  type: oneOf(1, 2, 4, 99),
  plan_united_type: (value) => value === 'none' || isUnitedCode(value),
  zoom_one_type: (value) => value === 0 || isZoomOneCode(value),
  feature: shape<{ zoom_phone: boolean }>({ zoom_phone: flag }, ['zoom_phone']),
  group_id: text(),
} as const satisfies Record<string, Check>;

/**
 * Returns the known members of a body. Ignores unknown members and nulls, as Zoom does.
 * @throws ApiError 400/300 with every member that has a wrong value.
 */
export function readFields(body: Unchecked, checks: Readonly<Record<string, Check>>, prefix = ''): Unchecked {
  const errors: FieldError[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(checks)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (check(value)) values[name] = value;
    else errors.push({ field: `${prefix}${name}`, message: 'Invalid field.' });
  }
  if (errors.length > 0) throw validationError(errors);
  return values;
}
