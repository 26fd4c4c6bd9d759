import { ConnectorError } from '../../connid/errors.js';
import type { Call } from '../../connector/object-class/call.js';
import type { Session } from '../../connector/session.js';
import { textAt } from '../kit/json.js';
import { distinctRows, type RowListing } from '../kit/paged-list.js';
import type { GroupUser } from './users.js';

/**
 * Checks the answer to a call that makes users administrators of a group: Zoom names the ids it took and skips others
 * without an error. Those it does not name may have been administrators before, so the list of them is asked.
 * @returns a check that throws ConnectorError `preconditionFailed` when somebody is missing.
 */
export function expectAdmins(users: readonly GroupUser[], admins: RowListing): NonNullable<Call['expect']> {
  return async (answer, session) => {
    const named = new Set((textAt(answer, 'ids') ?? '').split(',').map((id) => id.trim()));
    const unnamed = users.filter(({ id }) => id === undefined || !named.has(id));
    if (unnamed.length === 0) return;
    const present = await addressesOf(admins, session);
    const missing = unnamed.filter(({ address }) => !present.has(address.toLowerCase()));
    if (missing.length > 0) throw notAdded(missing);
  };
}

/** The addresses of the administrators, in lower case. */
export async function addressesOf(admins: RowListing, session: Session): Promise<ReadonlySet<string>> {
  const addresses = new Set<string>();
  for await (const row of distinctRows(admins, false, session)) {
    addresses.add((textAt(row, 'email') ?? '').toLowerCase());
  }
  return addresses;
}

function notAdded(missing: readonly GroupUser[]): ConnectorError {
  const addresses = missing.map(({ address }) => address).join(', ');
  return new ConnectorError(
    'preconditionFailed',
    `Zoom did not make these users administrators: ${addresses}.`,
    {
      hint: 'Zoom skips users whose invitation is pending and users who are not active.',
    },
  );
}
