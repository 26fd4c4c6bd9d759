import type { TestSettings } from '../../support/service.js';
import { type Mode, modeSettings } from './address-states.js';

type Costs = Readonly<Record<'field' | 'groups' | 'nothing' | 'disable', number>>;

/** What an operation costs in calls to Zoom. */
const costs: Readonly<Record<Mode, Costs>> = {
  rest: { field: 2, groups: 3, nothing: 1, disable: 3 },
  // A replacement carries title and locale, which REST tells.
  scim: { field: 3, groups: 3, nothing: 2, disable: 4 },
  scimAlone: { field: 2, groups: 3, nothing: 1, disable: 3 },
};

/** A way to run the connector against a Zoom that answers open questions one way or the other. */
interface Variant {
  readonly name: string;
  readonly mode: Mode;
  readonly settings: TestSettings;
  /** Whether a replacement takes away what it leaves out. */
  readonly replaces: boolean;
  readonly costs: Costs;
}

function variant(mode: Mode, name: string, simulator: Readonly<Record<string, unknown>> = {}): Variant {
  return {
    name: `${modeSettings[mode].title}${name}`,
    mode,
    settings: { service: modeSettings[mode].service, simulator },
    replaces: simulator['scimPut'] === 'replace',
    // Where one group is shown, REST tells whether there are more.
    costs: simulator['scimNesting'] === 'object' ? { ...costs[mode], field: 4, groups: 4 } : costs[mode],
  };
}

/** The variants that the behavioural suite runs against. */
export const variants: readonly Variant[] = [
  variant('rest', ''),
  variant('scim', ''),
  variant('scim', ', PUT replaces', { scimPut: 'replace' }),
  variant('scim', ', roles and groups as objects', { scimNesting: 'object', scimErrorStatus: 'string' }),
  variant('scim', ', duplicates are 409, pending users are not found', {
    scimDuplicateStatus: 409,
    scimPendingFilter: 'empty',
  }),
  variant('scimAlone', ''),
  variant('scimAlone', ', PUT replaces', { scimPut: 'replace' }),
];

/** Attributes that REST has and a mode has not. */
export const lacking: Readonly<Record<Mode, readonly string[]>> = {
  rest: [],
  scim: [],
  scimAlone: [
    '__PASSWORD__',
    '__LAST_LOGIN_DATE__',
    'LANGUAGE',
    'TIME_ZONE',
    'PRONOUNS_OPTION',
    'PHONE_NUMBER',
    'PHONE_COUNTRY',
    'IM_GROUP_IDS',
    'DIVISION_IDS',
    'ROLE_ID',
    'ZOOM_ONE_TYPE',
    'LICENSE_INFO',
    'PERSONAL_MEETING_ID',
    'USE_PMI',
    'HOST_KEY',
    'ABOUT_ME',
    'LINKEDIN_URL',
    'CMS_USER_ID',
    'VANITY_URL',
    'PERSONAL_MEETING_URL',
    'PIC_URL',
    'ACCOUNT_ID',
    'LAST_CLIENT_VERSION',
    'LAST_LOGIN_TIME',
    'USER_CREATED_AT',
    'VERIFIED',
    'ZOOM_PHONE_FEATURE',
    'ZOOM_PHONE_STATUS',
    'EXTENSION_NUMBER',
    'ZOOM_PHONE_NUMBERS',
    'ZOOM_PHONE_CALLING_PLANS',
    'SITE_ID',
    'SITE_NAME',
    'SITE_CODE',
  ],
};

/** Attributes that a mode takes, and cannot tell. */
export const untold: Readonly<Record<Mode, readonly string[]>> = {
  rest: [],
  scim: [],
  scimAlone: ['JOB_TITLE', 'LOCATION'],
};

/** The attribute that carries a bundle, with a code of 18 digits. */
export const bundles: Readonly<Record<Mode, string>> = {
  rest: 'ZOOM_ONE_TYPE',
  scim: 'ZOOM_ONE_EDU',
  scimAlone: 'ZOOM_ONE_EDU',
};
