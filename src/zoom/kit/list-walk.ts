import { ConnectorError } from '../../connid/errors.js';

/** The position of a page in its list. */
export interface Position {
  /** Number of rows over all pages, if Zoom returns it. */
  readonly total: number | undefined;
  /** Token of the next page. */
  readonly next: string | undefined;
  /** Key of the first row, where pages overlap. */
  readonly begins?: string | undefined;
  /** Key of the last row, with which the next page must begin where pages overlap. */
  readonly joint?: string | undefined;
}

/** A page with its counts. */
export interface PageCounts extends Position {
  /** Rows on the page. */
  readonly rows: number;
  /** Rows of the page that are new to this walk. */
  readonly fresh: number;
}

/** The facts of a page that the next page is compared with. */
interface ReadPage {
  /** Missing for the first page. */
  readonly token: string | undefined;
  readonly rows: number;
  readonly total: number | undefined;
  /** Key with which the next page must begin, where pages overlap. */
  readonly joint: string | undefined;
}

/** The state of a walk over a list. Plain data; only the functions below make the next state. */
export interface ListWalk {
  readonly done: boolean;
  /** Token of the next page to read; missing for the first one. */
  readonly token: string | undefined;
  /** True when the latest page was the last one of the list. */
  readonly atEnd: boolean;
  /** The latest page. */
  readonly latest: ReadPage | undefined;
  /** A page that must be read again before the walk continues. */
  readonly reread: ReadPage | undefined;
  /** True when rows may have slid past more than the one page that is read again. */
  readonly suspect: boolean;
  /** The smallest total of this pass. */
  readonly smallest: number | undefined;
  /** Zoom's latest total. */
  readonly total: number | undefined;
  /** Number of different rows so far, in all passes. */
  readonly distinct: number;
  readonly lastPass: boolean;
  /** After a last pass that ended short: the number of different rows that Zoom counts. */
  readonly shortOf: number | undefined;
  /** Number of restarts since the last new row. */
  readonly restarts: number;
}

/** A walk restarts at most this often in a row because Zoom refuses its page token. */
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

/** A second and last pass from the first page; the rows so far stay counted. */
export function walkAgain({ distinct, restarts, total }: ListWalk): ListWalk {
  return { ...newWalk, distinct, restarts, total, lastPass: true };
}

/** The token of the page to read next. */
export function nextToken(walk: ListWalk): string | undefined {
  return walk.reread === undefined ? walk.token : walk.reread.token;
}

/** The walk restarted after Zoom refused its page token; `undefined` after too many restarts in a row. */
export function afterRefusal(walk: ListWalk): ListWalk | undefined {
  if (nextToken(walk) === undefined || walk.restarts === maxRestarts) return undefined;
  const { restarts, lastPass, smallest, suspect } = walk;
  return { ...walkAgain(walk), lastPass, smallest, suspect, restarts: restarts + 1 };
}

/**
 * The walk after a page.
 *
 * Zoom's lists are no snapshot (https://developers.zoom.us/docs/api/using-zoom-apis/#pagination). When rows leave a
 * list during the walk, later rows slide forward. Rows that slide over the edge of a page are on no page that we read.
 * So we read the previous page again when the total has shrunk since. A list that returned fewer different rows than
 * its smallest total is walked once more; if that does not help, `shortOf` is set. Where pages overlap, each must begin
 * with the last row of the page before. If it does not, rows have slid although the total is the same.
 * @param verifyTotals - false when Zoom's totals prove wrong.
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

/** After a page was read again: rows may have slid past it if the total shrank further, or if all its rows are new. */
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

/** @throws ConnectorError `connectorIO` when the list stayed incomplete. The walk may be continued; it restarts. */
export function checkComplete({ distinct, shortOf }: ListWalk): void {
  if (shortOf !== undefined) throw incomplete(`Zoom listed ${distinct} of at least ${shortOf} rows, twice.`);
}

/** The error of an incomplete list. */
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
