import type { AttributeDeclaration } from '../../connid/attribute.js';
import { addressForm, digitsForm, idForm, roleIdForm } from '../kit/forms.js';
import { canonicalWithCountry, licenceInfoForm, profileNumberForm } from './value-forms.js';
import { phoneAttributes } from './phone/attributes.js';

const readOnly = { creatable: false, updateable: false } as const;
const writeOnly = { readable: false } as const;

/** Values of Zoom's `action` in a create call. */
const createActions = ['create', 'autoCreate', 'custCreate', 'ssoCreate'] as const;

/** The ConnId view of a Zoom user. One row an attribute; how each is read and written is in the bindings. */
export const userAttributes = {
  __NAME__: {
    type: 'String',
    subtype: '__STRING_CASE_IGNORE__',
    nativeName: 'EMAIL',
    required: true,
    clearable: false,
    form: addressForm,
    description: 'E-mail address, the name of the user. Changing it needs a managed domain.',
  },
  __ENABLE__: {
    type: 'Boolean',
    nativeName: 'STATUS',
    clearable: false,
    description:
      'Whether the user may sign in. False for inactive users only; STATUS tells pending from active.',
  },
  __PASSWORD__: {
    type: 'GuardedString',
    nativeName: 'PASSWORD',
    clearable: false,
    ...writeOnly,
    description: 'Password of a work e-mail login. Given at create it needs the create action autoCreate.',
  },
  __LAST_LOGIN_DATE__: {
    type: 'Long',
    nativeName: 'LAST_LOGIN_TIME',
    instant: true,
    ...readOnly,
    description: 'Last login in milliseconds since 1970. Zoom refreshes it with up to three days of delay.',
  },
  FIRST_NAME: { type: 'String', description: 'First name, at most 64 characters.' },
  LAST_NAME: { type: 'String', description: 'Last name, at most 64 characters.' },
  DISPLAY_NAME: {
    type: 'String',
    description: 'Display name, at most 128 characters. Cleared, Zoom derives it from first and last name.',
  },
  CREATE_ACTION: {
    type: 'String',
    allowedValues: createActions,
    updateable: false,
    ...writeOnly,
    description: 'How Zoom creates the user; overrides custom.userCreateAction.',
  },
  TYPE: {
    type: 'Integer',
    allowedValues: [1, 2, 4, 99],
    clearable: false,
    description: 'Licence: 1 Basic, 2 Licensed, 4 Unassigned without Meetings Basic, 99 None (SSO only).',
  },
  STATUS: { type: 'String', ...readOnly, description: 'active, inactive or pending.' },
  LANGUAGE: { type: 'String', description: 'Language, such as en-US.' },
  TIME_ZONE: { type: 'String', description: 'Time zone id, such as America/Chicago.' },
  DEPT: { type: 'String', description: 'Department.' },
  JOB_TITLE: { type: 'String', description: 'Job title, at most 128 characters.' },
  COMPANY: { type: 'String', description: 'Company, at most 255 characters.' },
  LOCATION: { type: 'String', description: 'Location, at most 256 characters.' },
  COST_CENTER: { type: 'String', description: 'Cost centre.' },
  MANAGER: { type: 'String', description: "E-mail address or display name of the user's manager." },
  PRONOUNS: { type: 'String', description: 'Pronouns.' },
  PRONOUNS_OPTION: {
    type: 'Integer',
    allowedValues: [1, 2, 3],
    clearable: false,
    description: 'When pronouns are shown: 1 ask, 2 always, 3 never.',
  },
  PHONE_NUMBER: { type: 'String', description: 'Contact number (deprecated by Zoom). No Zoom Phone number.' },
  PHONE_COUNTRY: { type: 'String', description: 'Country of PHONE_NUMBER (deprecated by Zoom).' },
  PROFILE_PHONE_NUMBERS: {
    type: 'String',
    multiValued: true,
    form: profileNumberForm,
    canonical: canonicalWithCountry,
    description: 'Contact numbers as tel URIs, such as tel:+15550100;label=Office;country=US. At most three.',
  },
  GROUP_IDS: {
    type: 'String',
    multiValued: true,
    form: idForm,
    referencedObjectClassName: 'ZoomGroup',
    description: 'Ids of the groups the user is in. The first group a user joins becomes the primary one.',
  },
  IM_GROUP_IDS: { type: 'String', multiValued: true, ...readOnly, description: 'Ids of the IM groups.' },
  DIVISION_IDS: {
    type: 'String',
    multiValued: true,
    form: idForm,
    clearable: false,
    description: 'Ids of the divisions; Zoom supports one.',
  },
  ROLE_ID: {
    type: 'String',
    form: roleIdForm,
    clearable: false,
    description: 'Account role: 0 owner, 1 admin, 2 member, or the id of a custom role. A user has one.',
  },
  ROLE_NAME: { type: 'String', ...readOnly, description: 'Name of the account role.' },
  EMPLOYEE_UNIQUE_ID: { type: 'String', ...readOnly, description: 'Employee id from SAML sign-on.' },
  PLAN_UNITED_TYPE: {
    type: 'String',
    noValue: ['none'],
    description: 'Legacy Zoom United bundle code. Cleared, the bundle is removed.',
  },
  ZOOM_ONE_TYPE: {
    type: 'String',
    noValue: ['0'],
    form: digitsForm,
    description: 'Zoom Workplace bundle code, up to 2^59, as text. Cleared, the bundle is turned off.',
  },
  LICENSE_INFO: {
    type: 'String',
    multiValued: true,
    form: licenceInfoForm,
    description: 'Licences of accounts with several subscriptions, as type:option:subscription. At most two.',
  },
  PERSONAL_MEETING_ID: {
    type: 'String',
    form: { pattern: /^\d{10}$/, words: 'ten digits' },
    clearable: false,
    description: 'Personal meeting id, ten digits.',
  },
  USE_PMI: {
    type: 'Boolean',
    clearable: false,
    description: 'Whether instant meetings use the personal meeting id; needs a licence.',
  },
  HOST_KEY: {
    type: 'String',
    form: { pattern: /^\d{6,10}$/, words: '6 to 10 digits' },
    clearable: false,
    ...writeOnly,
    description: 'Host key, 6 to 10 digits.',
  },
  VANITY_NAME: { type: 'String', ...writeOnly, description: 'Name in the personal link.' },
  ABOUT_ME: { type: 'String', ...writeOnly, description: 'Words about the user, at most 150 characters.' },
  LINKEDIN_URL: { type: 'String', ...writeOnly, description: 'URL at linkedin.com.' },
  CMS_USER_ID: { type: 'String', description: 'Kaltura user id.' },
  VANITY_URL: { type: 'String', ...readOnly, description: 'Personal link.' },
  PERSONAL_MEETING_URL: { type: 'String', ...readOnly, description: 'URL of the personal meeting room.' },
  PIC_URL: { type: 'String', ...readOnly, description: 'URL of the profile picture.' },
  ACCOUNT_ID: { type: 'String', ...readOnly, description: 'Id of the Zoom account.' },
  LOGIN_TYPES: {
    type: 'Integer',
    multiValued: true,
    ...readOnly,
    description: 'Ways the user signs in, such as 100 work e-mail, 101 SSO, 99 API user.',
  },
  LAST_CLIENT_VERSION: { type: 'String', ...readOnly, description: 'Version of the last Zoom client used.' },
  LAST_LOGIN_TIME: {
    type: 'String',
    instant: true,
    ...readOnly,
    description: 'Last login, as Zoom writes it (UTC).',
  },
  CREATED_AT: {
    type: 'String',
    instant: true,
    ...readOnly,
    description: 'Creation of the latest login type (deprecated by Zoom).',
  },
  USER_CREATED_AT: { type: 'String', instant: true, ...readOnly, description: 'Creation of the user.' },
  VERIFIED: { type: 'String', ...readOnly, description: '1 when the e-mail address is verified, else 0.' },
  ...phoneAttributes,
} as const satisfies Record<string, AttributeDeclaration>;

/** Name of an attribute of `ZoomUser`, custom attributes excepted. */
export type UserAttribute = keyof typeof userAttributes;
