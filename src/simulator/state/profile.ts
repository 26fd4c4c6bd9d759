import { flag, type Guard, listOf, oneOf, shape, text } from '../core/checks.js';
import { isZoomOneCode, type LicenceCode } from './licence-codes.js';

export interface ProfilePhone {
  readonly country: string;
  readonly code: string;
  readonly number: string;
  readonly label?: string;
}

export interface CustomAttribute {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

interface LicenceInfo {
  readonly license_type: string;
  readonly license_option: LicenceCode;
  readonly subscription_id: string;
}

const phone = shape<ProfilePhone>(
  { country: text(), code: text(), number: text(), label: oneOf('Mobile', 'Office', 'Home', 'Fax') },
  ['country', 'label'],
);

const customAttribute = shape<CustomAttribute>({ key: text(), name: text(), value: text() }, ['name']);

const licenceInfo = shape<LicenceInfo>({
  license_type: oneOf('MEETING', 'ZOOM_WORKPLACE_BUNDLE'),
  license_option: (value) => value === 2 || isZoomOneCode(value),
  subscription_id: text(),
});

const linkedInUrl: Guard<string> = (value): value is string =>
  typeof value === 'string' && (value === '' || value.includes('linkedin.com'));

const hostKey: Guard<string> = (value): value is string =>
  typeof value === 'string' && /^\d{6,10}$/.test(value);

/**
 * Fields kept with the profile, under Zoom's names. A row is all that a plain field needs to be written and read.
 * `check` says which values an update takes. `empty` is what the single read shows for no value; a field without it is
 * shown in another way, or never.
 */
export const profileFields = {
  job_title: { check: text(128), empty: '' },
  company: { check: text(255) },
  location: { check: text(256), empty: '' },
  manager: { check: text() },
  cost_center: { check: text(), empty: '' },
  phone_numbers: { check: listOf(phone, 3), empty: [] },
  phone_country: { check: text(), empty: '' },
  phone_number: { check: text(), empty: '' },
  custom_attributes: { check: listOf(customAttribute, 5), empty: [] },
  cms_user_id: { check: text(), empty: '' },
  pronouns: { check: text(), empty: '' },
  pronouns_option: { check: oneOf(1, 2, 3), empty: 1 },
  about_me: { check: text(150) },
  linkedin_url: { check: linkedInUrl },
  host_key: { check: hostKey },
  use_pmi: { check: flag, empty: false },
  division_ids: { check: listOf(text(), 1) },
  license_info_list: { check: listOf(licenceInfo, 2) },
} as const satisfies Readonly<Record<string, { check: Guard<unknown>; empty?: unknown }>>;

type Fields = typeof profileFields;

type ValueOf<Row> = Row extends { readonly check: Guard<infer T> } ? T : never;

type ProfileValues = { readonly [Name in keyof Fields]?: ValueOf<Fields[Name]> };

/** The profile of a user. It is replaced as a whole and never changed in place, because seeded users share it. */
export interface Profile extends ProfileValues {
  readonly plan_united_type?: string;
  /** Fields that only SCIM has, under SCIM's names: licences, subscriptions, the transferee of the data. */
  readonly scim?: Readonly<Record<string, string>>;
}

const shownFields = Object.entries(profileFields).flatMap(([name, row]) =>
  'empty' in row ? [{ name: name as keyof Fields, empty: row.empty }] : [],
);

/** The fields that the single read shows whether or not they have a value. */
export function shownProfile(profile: Profile): Record<string, unknown> {
  return Object.fromEntries(shownFields.map(({ name, empty }) => [name, profile[name] ?? empty]));
}
