import type { User } from './user.js';

/** A group of the account. Membership is kept on both sides; see Groups. */
export interface Group {
  readonly id: string;
  name: string;
  readonly members: User[];
  readonly admins: User[];
}
