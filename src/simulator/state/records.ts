/** A group of the account. `Groups` keeps its members and the groups of users in step. */
export interface Group {
  readonly id: string;
  name: string;
  /** Only SCIM reads and writes it. */
  email_alias: string;
  readonly created_at: string;
  readonly members: User[];
  readonly admins: User[];
}

export type UserStatus = 'active' | 'inactive' | 'pending';

/** A licence code. Codes beyond 2^53 are `bigint`, so that they keep every digit. */
export type LicenceCode = number | bigint;

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

/** Profile fields under Zoom's names. Replace a profile as a whole: seeded users share profiles. */
export interface Profile {
  readonly job_title?: string;
  readonly company?: string;
  readonly location?: string;
  readonly manager?: string;
  readonly cost_center?: string;
  readonly phone_numbers?: readonly ProfilePhone[];
  readonly phone_country?: string;
  readonly phone_number?: string;
  readonly custom_attributes?: readonly CustomAttribute[];
  readonly cms_user_id?: string;
  readonly pronouns?: string;
  readonly pronouns_option?: number;
  readonly about_me?: string;
  readonly linkedin_url?: string;
  readonly host_key?: string;
  readonly use_pmi?: boolean;
  readonly division_ids?: readonly string[];
  readonly plan_united_type?: string;
  readonly license_info_list?: readonly LicenceInfo[];
  /** Fields that only SCIM has, under SCIM's names: licences, subscriptions, the transferee of the data. */
  readonly scim?: Readonly<Record<string, string>>;
}

/** Rare values that no answer contains. */
interface UserSecrets {
  readonly passwords?: readonly string[];
  /** Times of password changes. */
  readonly passwordChanges?: readonly number[];
  /** Times of e-mail changes. */
  readonly emailChanges?: readonly number[];
  /** Number of forced logouts. */
  readonly logouts?: number;
}

/** An open invitation. */
interface Invitation {
  readonly sentAt: number;
  readonly expired: boolean;
  /** True for an address with an account elsewhere. Zoom returns no id until the invitation is accepted. */
  readonly foreign: boolean;
}

/** A user of the account. Fields with Zoom's names are returned to clients unchanged. */
export interface User {
  /** Position in listings, which follow the order of creation. */
  readonly seq: number;
  id: string;
  /** Lower case, as Zoom stores it. */
  email: string;
  status: UserStatus;
  type: number;
  role_id: string;
  first_name: string;
  last_name: string;
  display_name: string;
  dept: string;
  language: string;
  timezone: string;
  pmi: number;
  verified: number;
  created_at: string;
  last_login_time: string;
  last_client_version: string;
  login_type: number;
  employee_unique_id: string;
  vanity_name: string;
  zoom_one_type: LicenceCode;
  /** Primary group first. */
  groups: readonly Group[];
  profile: Profile;
  /** Feature switches of the user's settings. */
  features: Readonly<Record<string, unknown>>;
  secrets: UserSecrets;
  invitation: Invitation | undefined;
}

/** Ids of the built-in roles. Source: https://developers.zoom.us/docs/api/accounts/#tag/roles */
export const builtInRoles = { owner: '0', admin: '1', member: '2' } as const;

export function isAdministrator(user: User): boolean {
  return user.role_id === builtInRoles.owner || user.role_id === builtInRoles.admin;
}
