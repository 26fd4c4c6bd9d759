import type { LicenceCode } from './licence-codes.js';
import type { Profile } from './profile.js';

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
