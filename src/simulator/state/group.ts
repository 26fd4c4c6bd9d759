import type { User } from './records.js';

/** A group of the account. Membership is kept on both sides; see Groups. */
export interface Group {
  readonly id: string;
  name: string;
  /** Shown and set by SCIM only. */
  email_alias: string;
  readonly created_at: string;
  readonly members: User[];
  readonly admins: User[];
}
