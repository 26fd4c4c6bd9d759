import { ConnectorError } from '../../connid/errors.js';

/** Where a page stands in its listing. */
export interface Position {
  /** Number of rows over all pages, if Zoom tells it. */
  readonly total: number | undefined;
  /** Token of the page after it. */
  readonly next: string | undefined;
  /** What the page begins with, where pages overlap. */
  readonly begins?: string | undefined;
  /** What the page after it is to begin with, where pages overlap: the last row of this one. */
  readonly joint?: string | undefined;
}

/** One page of a listing, counted. */
export interface PageCounts extends Position {
  /** Rows on the page. */
  readonly rows: number;
  /** Rows of the page that this walk had not met before. */
  readonly fresh: number;
}

/** A page as far as the next one is compared with it. */
interface ReadPage {
  /** Missing for the first page. */
  readonly token: string | undefined;
  readonly rows: number;
  readonly total: number | undefined;
  /** What the next one is to begin with, where pages overlap. */
  readonly joint: string | undefined;
}

/** Where the walk of a listing stands. Plain data; only the functions below make the next one. */
export interface ListWalk {
  readonly done: boolean;
  /** Token of the page to be read next; missing for the first one. */
  readonly token: string | undefined;
  /** Whether the page read last had no page after it. */
  readonly atEnd: boolean;
  /** The page read last. */
  readonly latest: ReadPage | undefined;
  /** A page that has to be read again before the walk goes on. */
  readonly reread: ReadPage | undefined;
  /** Whether rows may have slid out of sight further than pages are read again. */
  readonly suspect: boolean;
  /** The smallest total of this pass. */
  readonly smallest: number | undefined;
  /** The last total Zoom told. */
  readonly total: number | undefined;
  /** Different rows met so far, in all passes. */
  readonly distinct: number;
  readonly lastPass: boolean;
  /** After a last pass that ended short: how many different rows there should have been. */
  readonly shortOf: number | undefined;
  /** How often the walk began anew since it last met a new row. */
  readonly restarts: number;
}

/** How often in a row a walk begins anew because Zoom no longer takes its page token. */
const maxRestarts = 3;

/** A walk before its first page. */
export const newWalk: ListWalk = {
  done: false,
  token: undefined,
  atEnd: false,
  latest: undefined,
  reread: undefined,
  suspect: false,
  smallest: undefined,
  total: undefined,
  distinct: 0,
  lastPass: false,
  shortOf: undefined,
  restarts: 0,
};

/** The same listing once more from its first page, and then no further time; what was met stays counted. */
export function walkAgain({ distinct, restarts, total }: ListWalk): ListWalk {
  return { ...newWalk, distinct, restarts, total, lastPass: true };
}

/** The token to ask Zoom for next. */
export function nextToken(walk: ListWalk): string | undefined {
  return walk.reread === undefined ? walk.token : walk.reread.token;
}

/** The walk begun anew after Zoom refused its page token; `undefined` when that happened too often in a row. */
export function afterRefusal(walk: ListWalk): ListWalk | undefined {
  if (nextToken(walk) === undefined || walk.restarts === maxRestarts) return undefined;
  const { restarts, lastPass, smallest, suspect } = walk;
  return { ...walkAgain(walk), lastPass, smallest, suspect, restarts: restarts + 1 };
}

/**
 * The walk after a page.
 *
 * Zoom's listings are no snapshot (https://developers.zoom.us/docs/api/using-zoom-apis/#pagination): when rows leave
 * while it is walked, others slide forward, and those that slide over a page's edge are on no page that is read. So
 * where the total has shrunk since the page before, that page is read again; and a listing that gave fewer different
 * rows than its smallest total is walked once more. When that does not help, `shortOf` is set. Where pages overlap,
 * one that does not begin with the last row of the page before shows that rows have slid although others came.
 * @param verifyTotals - false when Zoom's totals are not to be relied on.
 */
export function afterPage(walk: ListWalk, page: PageCounts, verifyTotals: boolean): ListWalk {
  const counted: ListWalk = {
    ...walk,
    distinct: walk.distinct + page.fresh,
    smallest: verifyTotals ? smaller(walk.smallest, page.total) : undefined,
    total: page.total,
    restarts: page.fresh > 0 ? 0 : walk.restarts,
    reread: undefined,
    shortOf: undefined,
  };
  const after = walk.reread === undefined ? onward(counted, page, verifyTotals) : reread(counted, page);
  return settle(after);
}

function onward(
  walk: ListWalk,
  { begins, joint, next, rows, total }: PageCounts,
  verifyTotals: boolean,
): ListWalk {
  const { latest, token } = walk;
  const isApart = latest?.joint !== undefined && begins !== latest.joint;
  const slid = verifyTotals ? shrunkBy(latest, total) : 0;
  return {
    ...walk,
    token: next,
    atEnd: next === undefined,
    latest: { token, rows, total, joint },
    reread: slid > 0 || isApart ? latest : undefined,
    suspect: walk.suspect || slid > (latest?.rows ?? 0),
  };
}

/**
 * When the total has shrunk again, or the page that was just read again has new rows only, others may have slid past
 * it.
 */
function reread(walk: ListWalk, { fresh, rows, total }: PageCounts): ListWalk {
  const areAllNew = rows > 0 && fresh === rows;
  return { ...walk, suspect: walk.suspect || areAllNew || shrunkBy(walk.latest, total) > 0 };
}

/** Ends the pass at the end of the list. */
function settle(walk: ListWalk): ListWalk {
  const { distinct, lastPass, reread, smallest } = walk;
  if (!walk.atEnd || reread !== undefined) return walk;
  const short = smallest !== undefined && distinct < smallest;
  if (short || (walk.suspect && !lastPass)) {
    return { ...walkAgain(walk), shortOf: short && lastPass ? smallest : undefined };
  }
  return { ...walk, done: true };
}

/** @throws ConnectorError `connectorIO` when the listing stayed incomplete; it may be walked on, and begins again. */
export function checkComplete({ distinct, shortOf }: ListWalk): void {
  if (shortOf !== undefined) throw incomplete(`Zoom listed ${distinct} of at least ${shortOf} rows, twice.`);
}

/** The error of a listing that would be shortened. */
export function incomplete(message: string): ConnectorError {
  return new ConnectorError('connectorIO', message, {
    hint: 'The listing would be incomplete. Repeat it; if Zoom keeps counting wrong, set results.verifyTotals to false.',
  });
}

function smaller(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.min(left, right);
}

function shrunkBy(before: ReadPage | undefined, total: number | undefined): number {
  return Math.max(0, (before?.total ?? 0) - (total ?? Infinity));
}
