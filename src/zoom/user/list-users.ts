import { pMapIterable } from 'p-map';
import type { FoundObject } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';
import { textAt } from '../json.js';
import { distinctRows, incomplete, type RowListing, type Tally, walkPages } from '../listing.js';
import { listUsers, type UserStatus } from './calls.js';
import { readUser, toFoundUser } from './find-user.js';

/** What listing users depends on. */
export interface UserListing {
  /** Rows asked of Zoom per page. */
  readonly pageSize: number;
  /** How many single reads run at the same time. */
  readonly concurrency: number;
  /** Whether listings are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
  /** Zoom's `include_fields`, when rows should carry more than usual. */
  readonly includeFields?: string;
}

/** The three lists in the order that loses nobody: people move from pending to active and from inactive to active. */
export const listingOrder = ['pending', 'inactive', 'active'] as const satisfies readonly UserStatus[];

/** Which rows a search has seen, per list, by address and id: users move between lists while they are read. */
class SeenUsers {
  readonly #given = new Set<string>();

  /** @returns whether the user is new to the search. */
  give(user: FoundObject): boolean {
    const keys = [user.uid, user.name.toLowerCase()];
    const isNew = !keys.some((key) => this.#given.has(key));
    for (const key of keys) this.#given.add(key);
    return isNew;
  }
}

/**
 * Lists users of some statuses, each once. Zoom's lists are no snapshot: a list that has fewer distinct rows than its
 * smallest total is walked once more, and when users left the inactive list meanwhile that one is, too.
 * @param withDetails - whether each active or inactive row is completed by a single read.
 * @throws ConnectorError `connectorIO` when a list stays incomplete, or the active list is empty (an account always
 * has an owner).
 */
export async function* listAllUsers(
  statuses: ReadonlySet<string>,
  withDetails: boolean,
  listing: UserListing,
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  const seen = new SeenUsers();
  const walk = (status: UserStatus) => newUsers(status, withDetails, { listing, seen, session });
  let inactiveTotal: number | undefined;
  for (const status of listingOrder.filter((candidate) => statuses.has(candidate))) {
    const total = yield* walk(status);
    if (status === 'inactive') inactiveTotal = total;
  }
  if (!listing.verifyTotals || !statuses.has('inactive') || !statuses.has('active')) return;
  if ((await currentTotal('inactive', session)) !== inactiveTotal) yield* walk('inactive');
}

interface Walk {
  readonly listing: UserListing;
  readonly seen: SeenUsers;
  readonly session: Session;
}

/** The users of one list that are new to the search. @returns the list's last total. */
async function* newUsers(
  status: UserStatus,
  withDetails: boolean,
  { listing, seen, session }: Walk,
): AsyncGenerator<FoundObject, number | undefined, void> {
  const tally: Tally = { distinct: 0 };
  const rows = distinctRows(userPages(status, listing), listing.verifyTotals, session, tally);
  const users = pMapIterable(
    rows,
    (row) => complete(status, toFoundUser('userList', row), withDetails, session),
    { concurrency: listing.concurrency, backpressure: listing.concurrency * 2 },
  );
  for await (const user of users) if (user !== undefined && seen.give(user)) yield user;
  if (status === 'active' && tally.distinct === 0) {
    throw incomplete('Zoom listed no active user at all, although an account always has an owner.');
  }
  return tally.lastTotal;
}

/** The rows of one list as Zoom has them, without single reads. */
export async function* listedUsers(
  status: UserStatus,
  listing: UserListing,
  session: Session,
): AsyncGenerator<FoundObject, void, void> {
  for await (const { rows } of walkPages(userPages(status, listing), session)) {
    for (const row of rows) yield toFoundUser('userList', row);
  }
}

/**
 * Completes a row by a single read where one is needed: for details, and always for a pending user, whose row has no
 * id. A user who is gone meanwhile is left out.
 */
async function complete(
  status: UserStatus,
  row: FoundObject,
  withDetails: boolean,
  session: Session,
): Promise<FoundObject | undefined> {
  if (status === 'pending') return identified(row, session);
  if (!withDetails) return row;
  const read = await readUser(row.uid, session);
  const moved = read === 'absent' ? await readUser(row.name, session) : read;
  return typeof moved === 'object' ? merge(row, moved) : undefined;
}

/** A pending user under the uid a single read tells; under its address where none does. */
export async function identified(row: FoundObject, session: Session): Promise<FoundObject> {
  const read = await readUser(row.name, session);
  return typeof read === 'object' ? merge(row, read) : row;
}

function merge(row: FoundObject, read: FoundObject): FoundObject {
  return { ...read, records: new Map([...row.records, ...read.records]) };
}

function userPages(status: UserStatus, { includeFields, pageSize }: UserListing): RowListing {
  return {
    rows: 'users',
    keyOf: (row) => textAt(row, 'email')?.toLowerCase(),
    page: (token) =>
      listUsers({
        status,
        page_size: pageSize,
        ...(token !== undefined && { next_page_token: token }),
        ...(includeFields !== undefined && { include_fields: includeFields }),
      }),
  };
}

async function currentTotal(status: UserStatus, session: Session): Promise<number | undefined> {
  const listing: UserListing = { pageSize: 1, concurrency: 1, verifyTotals: false };
  for await (const { total } of walkPages(userPages(status, listing), session)) return total;
  return undefined;
}
