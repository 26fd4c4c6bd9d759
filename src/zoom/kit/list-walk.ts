import { ConnectorError } from '../../connid/errors.js';
import { noProgress, type Progress, progressAgain, progressed } from './list-bounds.js';

/** Where a page stands in its listing. */
export interface Position {
  /** Number of rows over all pages, if Zoom returns it. */
  readonly total: number | undefined;
  /** Token of the page after it. */
  readonly next: string | undefined;
  /** First row of the page, in lists whose pages overlap. */
  readonly begins?: string | undefined;
  /** Last row of the page, with which the page after it must begin, in lists whose pages overlap. */
  readonly joint?: string | undefined;
}

/** One page of a listing, counted. */
export interface PageCounts extends Position {
  /** Keys of the rows on the page, in their order. */
  readonly keys: readonly string[];
  /** Number of rows that this walk had not met before. */
  readonly fresh: number;
}

/** A page that was read, as far as it is compared with another reading or with the page after it. */
interface ReadPage extends PageCounts {
  /** Token it was asked for with; missing for the first page. */
  readonly token: string | undefined;
}

/** An edge between two pages that is not proven yet: its pages are read in turn until two readings agree. */
interface OpenEdge {
  readonly before: ReadPage;
  readonly behind: ReadPage;
  /** The page to be read next. */
  readonly asks: 'before' | 'behind';
  /** How often the page before the edge was found changed. */
  readonly changes: number;
}

/** Where the walk of a listing stands. Plain data; only the functions below make the next one. */
export interface ListWalk {
  readonly done: boolean;
  /** Token of the first page that was not read in this pass; missing for the first page of the list. */
  readonly token: string | undefined;
  /** Rows asked for per page in this pass, to which its tokens belong; missing before its first page. */
  readonly size: number | undefined;
  /** The last page behind which nothing is open; missing before the first page. */
  readonly latest: ReadPage | undefined;
  readonly edge: OpenEdge | undefined;
  /** True if the list changed while this pass read it: then another look is due. */
  readonly changed: boolean;
  /** True if rows may have slid past both readings of a page: then this pass alone proves nothing. */
  readonly gap: boolean;
  /** The smallest total of this pass. */
  readonly smallest: number | undefined;
  /** The last total Zoom returned. */
  readonly total: number | undefined;
  /** Number of different rows met so far, in all passes. */
  readonly distinct: number;
  /** True if this pass is the other look at a list that changed during the first. */
  readonly lastPass: boolean;
  /** After a last pass that ended short: the number of different rows there should have been. */
  readonly shortOf: number | undefined;
  /** How often in a row the walk began again, without a new row, because Zoom refused its page token. */
  readonly restarts: number;
  readonly progress: Progress;
}

/** How often in a row a walk begins again because Zoom no longer takes its page token. */
const maxRestarts = 3;

/** How often the page before an edge may be found changed before the walk gives up. */
const maxChanges = 5;

/** A walk before its first page. */
export const newWalk: ListWalk = {
  done: false,
  token: undefined,
  size: undefined,
  latest: undefined,
  edge: undefined,
  changed: false,
  gap: false,
  smallest: undefined,
  total: undefined,
  distinct: 0,
  lastPass: false,
  shortOf: undefined,
  restarts: 0,
  progress: noProgress,
};

/** Another look at the same listing, from its first page; the rows that were met stay counted. */
export function walkAgain({ distinct, progress, restarts, total }: ListWalk): ListWalk {
  return { ...newWalk, distinct, restarts, total, lastPass: true, progress: progressAgain(progress) };
}

/** The token to ask Zoom for next. */
export function nextToken({ edge, token }: ListWalk): string | undefined {
  return edge === undefined ? token : edge[edge.asks].token;
}

/**
 * True while an edge is proven. Then the page behind it, or the first one of the next list, may be asked for at the same
 * time: whatever comes next compares readings that are all made later. If the edge is not proven, that answer is worth
 * nothing.
 */
export function provesEdge({ edge }: ListWalk): boolean {
  return edge?.asks === 'before';
}

/** The walk begun again after Zoom refused its page token; `undefined` when that happened too often in a row. */
export function afterRefusal(walk: ListWalk): ListWalk | undefined {
  if (nextToken(walk) === undefined || walk.restarts === maxRestarts) return undefined;
  return { ...passAgain(walk), restarts: walk.restarts + 1 };
}

/** The walk begun again with smaller pages. Zoom's tokens belong to the size of the pages. */
export function withSmallerPages(walk: ListWalk, size: number): ListWalk {
  const again = passAgain(walk);
  const factor = Math.ceil((walk.size ?? size) / size);
  return { ...again, size, progress: { ...again.progress, walked: again.progress.walked * factor } };
}

/** The same pass over a list from its first page. */
function passAgain(walk: ListWalk): ListWalk {
  const { changed, gap, lastPass, smallest } = walk;
  return { ...walkAgain(walk), lastPass, smallest, changed, gap };
}

/**
 * The walk after a page.
 *
 * Zoom's listings are no snapshot (https://developers.zoom.us/docs/api/using-zoom-apis/#pagination), and its page
 * tokens are positions: when a row leaves, those behind it slide forward, and one that slides over the edge between two
 * pages is on no page that is read. A total shows it only while no other row comes. So every edge is proven: the page
 * before it is read again after the page behind it, and where it changed both are read again until two readings agree.
 * Lists whose pages overlap prove it by the row that both pages show.
 *
 * A list that changed, or that gave fewer different rows than its smallest total, gets another look from its first
 * page. When it is still short after that, `shortOf` is set.
 * @param verifyTotals - false when Zoom's totals are not to be relied on.
 * @throws ConnectorError `connectorIO` when the list changes faster than it can be read, and when its pages do not end.
 */
export function afterPage(walk: ListWalk, page: PageCounts, verifyTotals: boolean): ListWalk {
  const read: ReadPage = { ...page, token: nextToken(walk) };
  const counted: ListWalk = {
    ...walk,
    distinct: walk.distinct + page.fresh,
    changed: walk.changed || (verifyTotals && walk.smallest !== undefined && page.total !== walk.total),
    smallest: smaller(walk.smallest, page.total),
    total: page.total,
    restarts: page.fresh > 0 ? 0 : walk.restarts,
    shortOf: undefined,
  };
  const after =
    walk.edge === undefined
      ? onward(counted, read, verifyTotals)
      : atEdge(counted, walk.edge, read, verifyTotals);
  return settle(after, verifyTotals);
}

/** Takes a page that was not read before in this pass. */
function onward(walk: ListWalk, page: ReadPage, verifyTotals: boolean): ListWalk {
  const { latest } = walk;
  const progress = progressed(walk.progress, { ...page, rows: page.keys.length }, verifyTotals);
  const moved = { ...walk, progress, token: page.next };
  if (latest === undefined || isJoined(latest, page)) return { ...moved, latest: page };
  const edge: OpenEdge = { before: latest, behind: page, asks: 'before', changes: 0 };
  return { ...moved, edge, changed: walk.changed || latest.joint !== undefined };
}

function isJoined({ joint }: ReadPage, { begins }: ReadPage): boolean {
  return joint !== undefined && joint === begins;
}

/** Takes a page beside an open edge that was read again. */
function atEdge(walk: ListWalk, edge: OpenEdge, page: ReadPage, verifyTotals: boolean): ListWalk {
  const { before, behind, changes } = edge;
  if (edge.asks === 'behind') {
    return { ...walk, token: page.next, edge: { ...edge, behind: page, asks: 'before' } };
  }
  const isQuiet = !verifyTotals || (before.total === behind.total && behind.total === page.total);
  if (isQuiet && haveSameRows(before, page)) return { ...walk, edge: undefined, latest: behind };
  const after: ListWalk = { ...walk, changed: true, gap: walk.gap || !overlap(before, page) };
  if (changes === maxChanges || (after.gap && walk.lastPass)) throw tooFast();
  if (page.next === undefined) return { ...after, edge: undefined, latest: page, token: undefined };
  const moved: ReadPage = { ...behind, token: page.next };
  return { ...after, edge: { before: page, behind: moved, asks: 'behind', changes: changes + 1 } };
}

function haveSameRows(left: ReadPage, right: ReadPage): boolean {
  const keys = new Set(left.keys);
  return keys.size === new Set(right.keys).size && right.keys.every((key) => keys.has(key));
}

/** True if a row is in both readings of a page: then no row behind it can have slid past the second one. */
function overlap({ keys }: ReadPage, { keys: others }: ReadPage): boolean {
  const known = new Set(keys);
  return others.some((key) => known.has(key));
}

/** Ends the pass at the end of the list. */
function settle(walk: ListWalk, verifyTotals: boolean): ListWalk {
  const { changed, distinct, edge, lastPass, latest, smallest, token } = walk;
  if (edge !== undefined || token !== undefined || latest === undefined) return walk;
  const short = verifyTotals && smallest !== undefined && distinct < smallest;
  if (!short && (lastPass || !changed)) return { ...walk, done: true };
  return { ...walkAgain(walk), shortOf: lastPass ? smallest : undefined };
}

/** @throws ConnectorError `connectorIO` when the listing stayed incomplete; it may be walked on, and begins again. */
export function checkComplete({ distinct, shortOf }: ListWalk): void {
  if (shortOf !== undefined) throw incomplete(`Zoom listed ${distinct} of at least ${shortOf} rows, twice.`);
}

function tooFast(): ConnectorError {
  return incomplete('A list of Zoom changed faster than it could be read.');
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
