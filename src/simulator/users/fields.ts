import type { Unchecked } from '../core/json.js';
import { type FieldError, validationError } from '../http/reply.js';
import { isUnitedCode, isZoomOneCode } from '../state/licence-codes.js';

/** Returns true for a valid value of a field. */
export type Check = (value: unknown) => boolean;

const han = /\p{Script=Han}/gu;

function text(maximum = Infinity, maximumHan = Infinity): Check {
  return (value) =>
    typeof value === 'string' && value.length <= maximum && (value.match(han)?.length ?? 0) <= maximumHan;
}

function oneOf(...values: readonly unknown[]): Check {
  return (value) => values.includes(value);
}

function listOf(check: Check, maximum: number): Check {
  return (value) => Array.isArray(value) && value.length <= maximum && value.every(check);
}

function shape(fields: Readonly<Record<string, Check>>, optional: readonly string[] = []): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    const record = value as Record<string, unknown>;
    return Object.entries(fields).every(([name, check]) =>
      record[name] === undefined ? optional.includes(name) : check(record[name]),
    );
  };
}

const profilePhone = shape(
  { country: text(), code: text(), number: text(), label: oneOf('Mobile', 'Office', 'Home', 'Fax') },
  ['country', 'label'],
);

const licenceInfo = shape({
  license_type: oneOf('MEETING', 'ZOOM_WORKPLACE_BUNDLE'),
  license_option: (value) => value === 2 || isZoomOneCode(value),
  subscription_id: text(),
});

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
export const profileFields = {
  job_title: text(128),
  company: text(255),
  location: text(256),
  manager: text(),
  cost_center: text(),
  phone_numbers: listOf(profilePhone, 3),
  phone_country: text(),
  phone_number: text(),
  custom_attributes: listOf(shape({ key: text(), name: text(), value: text() }, ['name']), 5),
  cms_user_id: text(),
  pronouns: text(),
  pronouns_option: oneOf(1, 2, 3),
  about_me: text(150),
  linkedin_url: (value) => typeof value === 'string' && (value === '' || value.includes('linkedin.com')),
  host_key: (value) => typeof value === 'string' && /^\d{6,10}$/.test(value),
  use_pmi: (value) => typeof value === 'boolean',
  division_ids: listOf(text(), 1),
  license_info_list: listOf(licenceInfo, 2),
} as const satisfies Record<string, Check>;

/** Fields that change licences, groups and phone. */
export const entitlementFields = {
  type: oneOf(1, 2, 4, 99),
  plan_united_type: (value) => value === 'none' || isUnitedCode(value),
  zoom_one_type: (value) => value === 0 || isZoomOneCode(value),
  feature: shape({ zoom_phone: oneOf(true, false) }, ['zoom_phone']),
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
