import type { Reader, Source } from '../../../connector/object-class/reading.js';
import type { AttributeDeclaration, Values } from '../../../connid/attribute.js';
import { asList, memberOf, objectsAt, read } from '../../kit/json.js';
import { type UserAttribute, userAttributes } from '../attributes.js';
import { canonicalProfileNumber } from '../value-forms.js';
import { enabled, userSources } from '../bindings.js';
import { provenStatus } from '../user-view.js';
import { type FieldPath, namesOf, type ScimUser, statusInResource } from './resource.js';

/** Zoom shows a number without a label as a work number, and a work number as an office number. */
const defaultLabel = 'label=work';

const officeLabel = 'label=office';

/** Contact numbers over SCIM alone: with a label, and without a country. */
const profileNumberDeclaration: AttributeDeclaration = {
  type: 'String',
  multiValued: true,
  form: {
    pattern: /^tel:\+\d{3,15}(?:;label=(?:Mobile|Office|Home|Fax|Work))?$/i,
    words: 'a tel URI such as tel:+15550100;label=Office',
  },
  canonical: (value) => {
    const [number = '', label = defaultLabel] = canonicalProfileNumber(value).split(';');
    return `${number};${label === defaultLabel ? officeLabel : label}`;
  },
  description:
    'Contact numbers as tel URIs, such as tel:+15550100;label=Office. Without a label it is Office.',
};

/** Reads `phoneNumbers`, which have nothing to do with Zoom Phone. */
export const readProfileNumbers: Reader = (record) =>
  objectsAt(record, 'resource.phoneNumbers').flatMap((entry) => {
    const [number] = read.text('value')(entry) ?? [];
    const type = String(read.text('type')(entry)?.[0] ?? 'work');
    if (number === undefined) return [];
    const digits = String(number).replaceAll(/\D/g, '');
    return [`tel:+${digits};label=${type.charAt(0).toUpperCase()}${type.slice(1)}`];
  });

/** Writes `phoneNumbers`. */
export function writeProfileNumbers(values: Values): unknown {
  return values.map((value) => {
    const [uri = '', parameter = defaultLabel] = String(value).split(';');
    return { type: (parameter.split('=')[1] ?? 'work').toLowerCase(), value: uri.slice('tel:'.length) };
  });
}

/** Sources of users over SCIM, the cheapest first. Rows of the list show less than a single user. */
export const scimUserSources = {
  scimList: { reach: 'list', use: 'listing' },
  scimUser: { reach: 'deep', use: 'both' },
  /** The ids of the user's groups: SCIM returns only their names. */
  scimGroups: { reach: 'deep', use: 'both', via: ['scimUser'] },
  [provenStatus]: userSources[provenStatus],
} as const satisfies Record<string, Source>;

/** One attribute over SCIM: its field, its reader and its encoding. */
export interface ScimRow {
  readonly read?: Readonly<Partial<Record<keyof typeof scimUserSources, Reader>>>;
  /** Field of the resource that writes it. */
  readonly field?: FieldPath;
  /** Values → JSON; by default the only value, or an empty string for none. */
  readonly encode?: (values: Values) => unknown;
  /** Members of the extension that are not sent along with a value of this one. */
  readonly displaces?: readonly string[];
  /** True for a request that must not be repeated. */
  readonly once?: true;
  /** Steps that write it, where it is not the one that replaces the resource. */
  readonly steps?: readonly string[];
  /** The declaration, where SCIM's attribute differs from REST's. */
  readonly declaration?: AttributeDeclaration;
  /** True if REST reads and writes the attribute instead, where it may be used, because it returns more. */
  readonly leaveToRest?: true;
}

/** An attribute that only REST knows. */
const restOnly = 'rest';

function listed(reader: Reader): Pick<ScimRow, 'read'> {
  return { read: { scimUser: reader, scimList: reader } };
}

function detail(reader: Reader): Pick<ScimRow, 'read'> {
  return { read: { scimUser: reader } };
}

/** A status that Zoom does not show counts as not read. */
const statusText: Reader = (record) => {
  const status = statusInResource((record as ScimUser).resource);
  return status === undefined ? undefined : [status];
};

const isActive: Reader = (record) => statusText(record)?.map((status) => status === 'active');

/** Words of SCIM for the numbers of REST; Pro and Corp are older names of Licensed. */
const userTypes: Readonly<Record<string, number>> = {
  basic: 1,
  licensed: 2,
  pro: 2,
  corp: 2,
  'on-prem': 3,
  collaboration: 4,
};

const typeWords: readonly string[] = ['', 'Basic', 'Licensed', 'On-Prem', 'Collaboration'];

/** A word that stands for no number counts as not read. */
const userType: Reader = (record) => {
  const [word] = read.text('resource.userType')(record) ?? [];
  if (word === undefined) return [];
  const number = userTypes[String(word).toLowerCase()];
  return number === undefined ? undefined : [number];
};

const loginTypes: Reader = (record) => [
  ...(read.boolean('login.loginType.workEmail')(record)?.[0] === true ? [100] : []),
  ...(read.boolean('login.loginType.sso')(record)?.[0] === true ? [101] : []),
];

const roleName: Reader = (record) => namesOf(record as ScimUser, 'roles').slice(0, 1);

const groupIds: Reader = (record) => asList(record).map(String);

/** The row of each attribute of `ZoomUser` over SCIM. */
export const scimUserBindings: Readonly<Record<UserAttribute, ScimRow | typeof restOnly>> = {
  __NAME__: {
    ...listed(read.text('resource.userName')),
    field: ['emails'],
    steps: ['email'],
    encode: ([value]) => [{ type: 'work', value: value ?? '', primary: true }],
  },
  __ENABLE__: {
    read: { ...listed(isActive).read, [provenStatus]: enabled },
    steps: ['activate', 'deactivate'],
  },
  STATUS: listed(statusText),
  FIRST_NAME: { ...listed(read.text('resource.name.givenName')), field: ['name', 'givenName'] },
  LAST_NAME: { ...listed(read.text('resource.name.familyName')), field: ['name', 'familyName'] },
  DISPLAY_NAME: { ...listed(read.text('resource.displayName')), field: ['displayName'] },
  CREATE_ACTION: {
    declaration: {
      type: 'String',
      allowedValues: ['ssoCreate'],
      updateable: false,
      readable: false,
      description: 'How Zoom creates the user: SCIM makes users who sign on by SSO.',
    },
  },
  TYPE: {
    ...listed(userType),
    field: ['userType'],
    encode: ([value]) => typeWords[Number(value)],
    declaration: {
      ...userAttributes.TYPE,
      allowedValues: [1, 2, 3, 4],
      description: 'Licence: 1 Basic, 2 Licensed, 3 On-Prem, 4 Collaboration.',
    },
  },
  // Zoom takes title and locale, but a read does not return them.
  JOB_TITLE: { field: ['title'] },
  LOCATION: { field: ['locale'] },
  DEPT: { ...listed(read.text('enterprise.department')), field: ['enterprise', 'department'] },
  COMPANY: { ...detail(read.text('enterprise.organization')), field: ['enterprise', 'organization'] },
  COST_CENTER: { ...detail(read.text('enterprise.costCenter')), field: ['enterprise', 'costCenter'] },
  MANAGER: { ...detail(read.text('enterprise.manager')), field: ['enterprise', 'manager'] },
  EMPLOYEE_UNIQUE_ID: {
    ...detail(read.text('enterprise.employeeNumber')),
    field: ['enterprise', 'employeeNumber'],
    declaration: { type: 'String', description: 'Employee number.' },
  },
  PRONOUNS: { ...detail(read.text('zoom.pronouns')), field: ['zoom', 'pronouns'] },
  PROFILE_PHONE_NUMBERS: {
    ...detail(readProfileNumbers),
    field: ['phoneNumbers'],
    encode: writeProfileNumbers,
    leaveToRest: true,
    declaration: profileNumberDeclaration,
  },
  GROUP_IDS: { read: { scimGroups: groupIds }, steps: ['groups'] },
  ROLE_NAME: {
    ...detail(roleName),
    field: ['roles'],
    encode: ([value]) => [{ value, display: value, primary: true }],
    declaration: {
      type: 'String',
      clearable: false,
      description: 'Name of the account role. A user has one.',
    },
  },
  PLAN_UNITED_TYPE: { ...detail(read.text('zoom.zoomUnited')), field: ['zoom', 'zoomUnited'] },
  VANITY_NAME: {
    ...detail(read.text('zoom.personalLinkName')),
    field: ['zoom', 'personalLinkName'],
    declaration: { type: 'String', description: 'Name in the personal link.' },
  },
  LOGIN_TYPES: { ...listed(loginTypes), leaveToRest: true },
  CREATED_AT: listed(read.text('resource.meta.created')),
  __PASSWORD__: restOnly,
  __LAST_LOGIN_DATE__: restOnly,
  LANGUAGE: restOnly,
  TIME_ZONE: restOnly,
  PRONOUNS_OPTION: restOnly,
  PHONE_NUMBER: restOnly,
  PHONE_COUNTRY: restOnly,
  IM_GROUP_IDS: restOnly,
  DIVISION_IDS: restOnly,
  ROLE_ID: restOnly,
  ZOOM_ONE_TYPE: restOnly,
  LICENSE_INFO: restOnly,
  PERSONAL_MEETING_ID: restOnly,
  USE_PMI: restOnly,
  HOST_KEY: restOnly,
  ABOUT_ME: restOnly,
  LINKEDIN_URL: restOnly,
  CMS_USER_ID: restOnly,
  VANITY_URL: restOnly,
  PERSONAL_MEETING_URL: restOnly,
  PIC_URL: restOnly,
  ACCOUNT_ID: restOnly,
  LAST_CLIENT_VERSION: restOnly,
  LAST_LOGIN_TIME: restOnly,
  USER_CREATED_AT: restOnly,
  VERIFIED: restOnly,
  ZOOM_PHONE_FEATURE: restOnly,
  ZOOM_PHONE_STATUS: restOnly,
  EXTENSION_NUMBER: restOnly,
  ZOOM_PHONE_NUMBERS: restOnly,
  ZOOM_PHONE_CALLING_PLANS: restOnly,
  SITE_ID: restOnly,
  SITE_NAME: restOnly,
  SITE_CODE: restOnly,
};

/** A switch that Zoom does not show is off. */
export function switchReader(member: string): Reader {
  return (record) => [
    read.boolean('value')({ value: memberOf((record as ScimUser).zoom, member) })?.[0] === true,
  ];
}

/** A text of the extension; names of custom attributes may hold any character. */
export function extensionReader(member: string): Reader {
  return (record) => read.text('value')({ value: memberOf((record as ScimUser).zoom, member) });
}
