import type { Call, Session } from '../../connector/object-class/call.js';
import { ConnectorError } from '../../connid/errors.js';
import { DigestSet } from './digest-set.js';
import { at, type Json, textAt } from './json.js';
import {
  afterPage,
  afterRefusal,
  checkComplete,
  type ListWalk,
  newWalk,
  nextToken,
  type Position,
} from './list-walk.js';

/**
 * Whether Zoom refused a call because its page token is too old or was made for another query; the listing must be
 * begun anew. Codes 300 (users, groups), 400 (phone) and 1003100 (numbers) carry the same sentence, see
 * https://developers.zoom.us/docs/api/using-zoom-apis/#pagination.
 */
export function isPageTokenRefusal({ details }: ConnectorError): boolean {
  const { code, message } = details.upstream ?? {};
  if (code === 1003100) return true;
  return (code === 300 || code === 400) && /next page token/i.test(message ?? '');
}

/** A listing of Zoom that comes in pages. */
export interface PagedListing {
  /** The call of one page; `token` is missing for the first. */
  page(token: string | undefined): Call;
  /** Member of the answer that holds the rows. */
  readonly rows: string;
  /** Where the page stands, of an answer that tells it otherwise than REST does. */
  readonly position?: (answer: unknown, rows: readonly Json[], token: string | undefined) => Position;
}

/** A paged listing whose rows can be told apart. */
export interface RowListing extends PagedListing {
  /** What identifies a row. */
  readonly keyOf: (row: Json) => string | undefined;
}

/** What a walk knows of the rows it has met. */
export interface SeenRows {
  /** Notes a row. @returns whether the walk had not met it before. */
  addIfNew(row: Json): boolean;
}

/** A step of a walk: the rows of the page, and the walk after it. */
interface WalkStep {
  readonly rows: readonly Json[];
  readonly walk: ListWalk;
}

/**
 * Reads the page a walk stands at. When Zoom refuses the page token the step has no rows, and the walk begins anew:
 * rows come twice, and `seenRows` shows which.
 * @throws ConnectorError when the page fails; then nothing was noted, and the walk is where it was.
 */
export async function readPage(
  listing: PagedListing,
  { seenRows, verifyTotals, walk }: { walk: ListWalk; seenRows: SeenRows; verifyTotals: boolean },
  session: Session,
): Promise<WalkStep> {
  const token = nextToken(walk);
  let answer: unknown;
  try {
    answer = await session.send(listing.page(token));
  } catch (thrown) {
    const restarted =
      thrown instanceof ConnectorError && isPageTokenRefusal(thrown) ? afterRefusal(walk) : undefined;
    if (restarted === undefined) throw thrown;
    return { rows: [], walk: restarted };
  }
  const rows = rowsOf(listing, answer);
  const position = positionOf(listing, answer, rows, token);
  if (position.next !== undefined && position.next === token) {
    throw new ConnectorError('connectorIO', 'Zoom answered the same page token twice.');
  }
  const fresh = rows.filter((row) => seenRows.addIfNew(row)).length;
  const counts = { ...position, rows: rows.length, fresh };
  return { rows, walk: afterPage(walk, counts, verifyTotals) };
}

/** Walks a listing page by page as Zoom has it; rows may come twice. */
export async function* walkPages(
  listing: PagedListing,
  session: Session,
): AsyncGenerator<readonly Json[], void, void> {
  const seenRows = { addIfNew: () => true };
  for (let walk = newWalk; !walk.done;) {
    const step = await readPage(listing, { walk, seenRows, verifyTotals: false }, session);
    walk = step.walk;
    yield step.rows;
  }
}

/** How many rows Zoom says a listing has; `undefined` when it does not say. */
export async function countRows(listing: PagedListing, session: Session): Promise<number | undefined> {
  const answer = await session.send(listing.page(undefined));
  return positionOf(listing, answer, rowsOf(listing, answer)).total;
}

function positionOf(
  { position = restPosition }: PagedListing,
  answer: unknown,
  rows: readonly Json[],
  token?: string,
): Position {
  return position(answer, rows, token);
}

function restPosition(answer: unknown): Position {
  const total = at(answer, 'total_records');
  return {
    total: typeof total === 'number' ? total : undefined,
    next: textAt(answer, 'next_page_token'),
  };
}

/**
 * Every row of a listing once. A listing that gave fewer different rows than its smallest total is walked once more.
 * @param verifyTotals - false switches the counting off, for accounts whose totals prove wrong.
 * @throws ConnectorError `connectorIO` when the listing stays incomplete.
 */
export async function* distinctRows(
  listing: RowListing,
  verifyTotals: boolean,
  session: Session,
): AsyncGenerator<Json, void, void> {
  const seen = new DigestSet();
  let fresh: Json[] = [];
  const seenRows = {
    addIfNew: (row: Json) => seen.mark(listing.keyOf(row) ?? '', 1) === 0 && fresh.push(row) > 0,
  };
  for (let walk = newWalk; !walk.done; fresh = []) {
    ({ walk } = await readPage(listing, { walk, seenRows, verifyTotals }, session));
    yield* fresh;
    checkComplete(walk);
  }
}

function rowsOf(listing: PagedListing, answer: unknown): readonly Json[] {
  const rows = at(answer, listing.rows);
  if (Array.isArray(rows)) return rows as readonly Json[];
  throw new ConnectorError('connectorIO', `Zoom answered a listing without ${listing.rows}.`);
}
