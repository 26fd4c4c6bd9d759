import { ConnectorError } from '../connid/errors.js';
import type { Call } from '../connector/call.js';
import type { Session } from '../connector/session.js';
import { asList, at, type Json, textAt } from './json.js';

/** How often a listing starts again because Zoom no longer takes its page token. */
const maxRestarts = 3;

/** A listing of Zoom that comes in pages. */
export interface PagedListing {
  /** The call of one page; `token` is missing for the first. */
  page(token: string | undefined): Call;
  /** Member of the answer that holds the rows. */
  readonly rows: string;
}

/** A paged listing whose rows can be told apart. */
export interface RowListing extends PagedListing {
  /** What identifies a row. */
  readonly keyOf: (row: Json) => string | undefined;
}

/** One page: its rows and, if Zoom tells it, the number of rows over all pages. */
export interface Page {
  readonly rows: readonly Json[];
  readonly total: number | undefined;
}

/**
 * Walks a listing page by page. When Zoom refuses the page token the walk starts again from the first page, so rows
 * may come twice: whoever walks has to drop those it knows.
 * @throws ConnectorError when a page fails; `connectorIO` when tokens keep being refused or an answer is no page.
 */
export async function* walkPages(listing: PagedListing, session: Session): AsyncGenerator<Page, void, void> {
  let token: string | undefined;
  let restarts = 0;
  for (;;) {
    let answer: unknown;
    try {
      answer = await session.send(listing.page(token));
    } catch (thrown) {
      if (token === undefined || !isRefusedToken(thrown) || restarts === maxRestarts) throw thrown;
      restarts += 1;
      token = undefined;
      continue;
    }
    yield toPage(listing, answer);
    const next = textAt(answer, 'next_page_token');
    if (next === undefined) return;
    if (next === token) throw new ConnectorError('connectorIO', 'Zoom answered the same page token twice.');
    token = next;
  }
}

/** What a walk of a listing counted; filled while it runs. */
export interface Tally {
  /** Rows met so far, each once. */
  distinct: number;
  /** The last total Zoom told. */
  lastTotal?: number | undefined;
}

/**
 * Every row of a listing once. Zoom's listings are no snapshot and may repeat or skip rows while they change; a listing
 * that gave fewer distinct rows than its smallest total is walked once more.
 * @param verifyTotals - false switches the counting off, for accounts whose totals prove wrong.
 * @throws ConnectorError `connectorIO` when the listing stays incomplete.
 */
export async function* distinctRows(
  listing: RowListing,
  verifyTotals: boolean,
  session: Session,
  tally: Tally = { distinct: 0 },
): AsyncGenerator<Json, void, void> {
  const met = new Set<string | undefined>();
  for (const last of [false, true]) {
    let smallest = Infinity;
    for await (const { rows, total } of walkPages(listing, session)) {
      tally.lastTotal = total;
      smallest = Math.min(smallest, total ?? Infinity);
      const fresh = rows.filter((row) => isNew(met, listing.keyOf(row)));
      tally.distinct = met.size;
      yield* fresh;
    }
    if (!verifyTotals || smallest === Infinity || met.size >= smallest) return;
    if (last) throw incomplete(`Zoom listed ${met.size} of at least ${smallest} ${listing.rows}, twice.`);
  }
}

function isNew(met: Set<string | undefined>, key: string | undefined): boolean {
  const before = met.size;
  return met.add(key).size > before;
}

/** The error of a listing that would be shortened. */
export function incomplete(message: string): ConnectorError {
  return new ConnectorError('connectorIO', message, {
    hint: 'The listing would be incomplete. Repeat it; if Zoom keeps counting wrong, set results.verifyTotals to false.',
  });
}

function toPage(listing: PagedListing, answer: unknown): Page {
  const rows = at(answer, listing.rows);
  if (!Array.isArray(rows))
    throw new ConnectorError('connectorIO', `Zoom answered a listing without ${listing.rows}.`);
  const total = at(answer, 'total_records');
  return { rows: asList(rows) as readonly Json[], total: typeof total === 'number' ? total : undefined };
}

/** Zoom answers 300, for phone listings 400, with a text of its own: https://developers.zoom.us/docs/api/pagination/ */
function isRefusedToken(thrown: unknown): boolean {
  if (!(thrown instanceof ConnectorError)) return false;
  return /page token/i.test(thrown.details.upstream?.message ?? '');
}
