import type { FoundObject } from '../../connector/object-class/object-class.js';
import type { Session } from '../../connector/session.js';
import { textAt } from '../kit/json.js';
import { distinctRows, type RowListing } from '../kit/paged-list.js';
import { listUsers, type UserStatus } from './calls.js';
import { toFoundUser } from './find-user.js';

/** How lists of users are asked for. */
export interface UserPageSettings {
  /** Rows asked of Zoom per page. */
  readonly pageSize: number;
  /** Zoom's `include_fields`, when rows should carry more than usual. */
  readonly includeFields?: string;
}

/** The pages of the users of one status; with a role, of that role only. */
export function userPages(
  status: UserStatus,
  { includeFields, pageSize }: UserPageSettings,
  roleId?: string,
): RowListing {
  return {
    rows: 'users',
    keyOf: (row) => textAt(row, 'email')?.toLowerCase(),
    page: (token) =>
      listUsers({
        status,
        page_size: pageSize,
        ...(token !== undefined && { next_page_token: token }),
        ...(roleId !== undefined && { role_id: roleId }),
        ...(includeFields !== undefined && { include_fields: includeFields }),
      }),
  };
}

/** The rows of one list as Zoom has them, each once, without single reads. */
export async function* listedUsers(
  status: UserStatus,
  settings: UserPageSettings & { readonly verifyTotals: boolean },
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  const rows = distinctRows(userPages(status, settings), settings.verifyTotals, session);
  for await (const row of rows) yield toFoundUser('userList', row);
}
