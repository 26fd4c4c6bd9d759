import type { Reader, Source } from '../../connector/object-class/reading.js';
import type { Values } from '../../connid/attribute.js';
import type { Binding } from '../kit/binding.js';
import { read } from '../kit/json.js';
import type { UserAttribute } from './attributes.js';
import { provenStatus, statusIn } from './user-view.js';
import { readLicenceInfo, readProfileNumbers, writeLicenceInfo, writeProfileNumbers } from './value-forms.js';
import { phoneBindings, phoneSources, type PhoneStep } from './phone/bindings.js';

/** Sources of users over REST, the cheapest first. */
export const userSources = {
  userList: { reach: 'list', use: 'listing' },
  user: { reach: 'deep', use: 'both' },
  ...phoneSources,
  /** The status that a write found out, of a user whose other records do not show it. */
  [provenStatus]: { reach: 'named', use: 'single' },
} as const satisfies Record<string, Source>;

type UserSource = keyof typeof userSources;

/** Steps of a user update. */
export type UserStep =
  | 'activate'
  | 'profile'
  | 'licence'
  | 'licensedProfile'
  | 'email'
  | 'password'
  | 'groups'
  | 'role'
  | PhoneStep
  | 'deactivate'
  | 'logout';

type UserBinding = Binding<UserSource, UserStep>;

/** In rows of the list as well as in the single user. */
function listed(reader: Reader): Pick<UserBinding, 'read'> {
  return { read: { user: reader, userList: reader } };
}

/** In the single user only. */
function detail(reader: Reader): Pick<UserBinding, 'read'> {
  return { read: { user: reader } };
}

/** Written by the PATCH of the profile. */
function profile(field: string): Pick<UserBinding, 'steps' | 'field'> {
  return { steps: ['profile'], field };
}

/** Written by the same call; Zoom takes it for users with a licence only. */
function licensed(field: string): Pick<UserBinding, 'steps' | 'field'> {
  return { steps: ['profile', 'licensedProfile'], field };
}

/** A status that Zoom does not show, or that is none of its three words, is not read as enabled. */
export const enabled: Reader = (record) => {
  const status = statusIn(record);
  return status === undefined ? undefined : [status !== 'inactive'];
};

/** A status that Zoom does not show counts as not read. */
const status: Reader = (record) => {
  const values = read.text('status')(record);
  return values?.length === 0 ? undefined : values;
};

const asDigits = ([value]: Values): number | bigint => (value === undefined ? 0 : BigInt(String(value)));

const asNumber = ([value]: Values): number => Number(value);

/** Zoom's words for a bundle that is switched off are no value. */
const bundle = (field: string): Reader => {
  const reader = read.text(field);
  return (record) => reader(record)?.filter((code) => code !== '0' && code !== 'none');
};

const asTexts = (values: Values): string[] => values.map(String);

/** The source and the step of each user attribute over REST v2. */
export const userRestBindings: Readonly<Record<UserAttribute, UserBinding>> = {
  __NAME__: { ...listed(read.text('email')), steps: ['email'], createField: 'email' },
  __ENABLE__: {
    read: { ...listed(enabled).read, [provenStatus]: enabled },
    steps: ['activate', 'deactivate'],
  },
  __PASSWORD__: { steps: ['password'], createField: 'password' },
  __LAST_LOGIN_DATE__: listed(read.milliseconds('last_login_time')),
  FIRST_NAME: { ...listed(read.text('first_name')), ...profile('first_name'), createField: 'first_name' },
  LAST_NAME: { ...listed(read.text('last_name')), ...profile('last_name'), createField: 'last_name' },
  DISPLAY_NAME: {
    ...listed(read.text('display_name')),
    ...profile('display_name'),
    createField: 'display_name',
  },
  CREATE_ACTION: {},
  TYPE: { ...listed(read.integer('type')), steps: ['licence'], field: 'type', createField: 'type' },
  STATUS: listed(status),
  LANGUAGE: { ...detail(read.text('language')), ...profile('language') },
  TIME_ZONE: { ...listed(read.text('timezone')), ...profile('timezone') },
  DEPT: { ...listed(read.text('dept')), ...profile('dept') },
  JOB_TITLE: { ...detail(read.text('job_title')), ...profile('job_title') },
  COMPANY: { ...detail(read.text('company')), ...profile('company') },
  LOCATION: { ...detail(read.text('location')), ...profile('location') },
  COST_CENTER: { ...detail(read.text('cost_center')), ...profile('cost_center') },
  MANAGER: { ...detail(read.text('manager')), ...profile('manager') },
  PRONOUNS: { ...detail(read.text('pronouns')), ...profile('pronouns') },
  PRONOUNS_OPTION: { ...detail(read.integer('pronouns_option')), ...profile('pronouns_option') },
  PHONE_NUMBER: { ...detail(read.text('phone_number')), ...profile('phone_number') },
  PHONE_COUNTRY: { ...detail(read.text('phone_country')), ...profile('phone_country') },
  PROFILE_PHONE_NUMBERS: {
    ...detail(readProfileNumbers),
    ...profile('phone_numbers'),
    encode: writeProfileNumbers,
  },
  GROUP_IDS: { ...listed(read.textList('group_ids')), steps: ['groups'] },
  IM_GROUP_IDS: listed(read.textList('im_group_ids')),
  DIVISION_IDS: {
    ...listed(read.textList('division_ids')),
    ...profile('division_ids'),
    encode: asTexts,
    createField: 'division_ids',
  },
  ROLE_ID: { ...listed(read.text('role_id')), steps: ['role'] },
  ROLE_NAME: detail(read.text('role_name')),
  EMPLOYEE_UNIQUE_ID: listed(read.text('employee_unique_id')),
  PLAN_UNITED_TYPE: {
    ...listed(bundle('plan_united_type')),
    steps: ['licence'],
    field: 'plan_united_type',
    encode: ([value]) => value ?? 'none',
    createField: 'plan_united_type',
  },
  ZOOM_ONE_TYPE: {
    ...detail(bundle('zoom_one_type')),
    steps: ['licence'],
    field: 'zoom_one_type',
    encode: asDigits,
    createField: 'feature.zoom_one_type',
  },
  LICENSE_INFO: {
    ...listed(readLicenceInfo),
    steps: ['licence'],
    field: 'license_info_list',
    encode: writeLicenceInfo,
    createField: 'license_info_list',
  },
  PERSONAL_MEETING_ID: { ...listed(read.text('pmi')), ...licensed('pmi'), encode: asNumber },
  USE_PMI: { ...detail(read.boolean('use_pmi')), ...licensed('use_pmi') },
  HOST_KEY: profile('host_key'),
  VANITY_NAME: licensed('vanity_name'),
  ABOUT_ME: profile('about_me'),
  LINKEDIN_URL: profile('linkedin_url'),
  CMS_USER_ID: { ...detail(read.text('cms_user_id')), ...profile('cms_user_id') },
  VANITY_URL: detail(read.text('vanity_url')),
  PERSONAL_MEETING_URL: detail(read.text('personal_meeting_url')),
  PIC_URL: detail(read.text('pic_url')),
  ACCOUNT_ID: detail(read.text('account_id')),
  LOGIN_TYPES: detail(read.integerList('login_types')),
  LAST_CLIENT_VERSION: listed(read.text('last_client_version')),
  LAST_LOGIN_TIME: listed(read.text('last_login_time')),
  CREATED_AT: listed(read.text('created_at')),
  USER_CREATED_AT: listed(read.text('user_created_at')),
  VERIFIED: listed(read.digit('verified')),
  ...phoneBindings,
};
