import { ConnectorError } from '../../connid/errors.js';

/** How far a pass over a list has come: by these numbers it ends, whatever page tokens Zoom returns. Plain data. */
export interface Progress {
  /** Pages of this pass, each counted once. */
  readonly pages: number;
  /** Rows on them. */
  readonly rows: number;
  /** Pages in a row that showed no new row. */
  readonly barren: number;
  /** Pages in a row that the largest total does not explain. */
  readonly beyond: number;
  /** The largest total of the walk. */
  readonly largest: number | undefined;
  /** Pages that earlier passes over the list had. */
  readonly walked: number;
  /** A token of this pass, renewed after 1, 2, 4, 8 … pages: tokens that come in a circle come to it again. */
  readonly milestone: string | undefined;
}

export const noProgress: Progress = {
  pages: 0,
  rows: 0,
  barren: 0,
  beyond: 0,
  largest: undefined,
  walked: 0,
  milestone: undefined,
};

/** Pages in a row without a new row, or beyond the total, after which a walk is not continued. */
const maxIdle = 3;

/** No list has more pages, whatever its totals are. */
const maxPages = 100_000;

/** The numbers another pass over the list begins with. */
export function progressAgain({ largest, pages, walked }: Progress): Progress {
  return { ...noProgress, largest, walked: Math.max(walked, pages) };
}

/** A page, as far as it shows progress. */
interface ProgressPage {
  readonly token: string | undefined;
  readonly next: string | undefined;
  readonly rows: number;
  readonly fresh: number;
  readonly total: number | undefined;
}

/**
 * The progress after a page.
 * @param verifyTotals - false when Zoom's totals are not to be relied on: then they bound nothing.
 * @throws ConnectorError `connectorIO` when the pages have no end that the list explains.
 */
export function progressed(before: Progress, page: ProgressPage, verifyTotals: boolean): Progress {
  const pages = before.pages + 1;
  const largest = larger(before.largest, page.total);
  const isExplained = !verifyTotals || largest === undefined || before.rows < largest;
  const after: Progress = {
    ...before,
    pages,
    rows: before.rows + page.rows,
    barren: page.fresh > 0 ? 0 : before.barren + 1,
    beyond: isExplained ? 0 : before.beyond + 1,
    largest,
    milestone: isPowerOfTwo(pages) ? page.next : before.milestone,
  };
  const reason = page.next === undefined ? undefined : endlessness(before, after, page);
  if (reason !== undefined) throw endless(reason);
  return after;
}

function larger(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right);
}

/** The reason why a walk with another page to come will not end. */
function endlessness(before: Progress, after: Progress, { next, token }: ProgressPage): string | undefined {
  if (next === token || next === before.milestone) return 'returned the same page token twice';
  // Another pass meets the rows of the earlier ones before it can meet a new one.
  const allowed = maxIdle + 2 * after.walked;
  if (after.barren >= allowed) return `returned ${after.barren} pages in a row without a new row`;
  if (after.beyond >= maxIdle)
    return `returned more pages than its total of ${after.largest ?? 0} rows explains`;
  return after.pages >= maxPages ? `returned more than ${maxPages} pages` : undefined;
}

function endless(reason: string): ConnectorError {
  return new ConnectorError('connectorIO', `A list of Zoom has no end: Zoom ${reason}.`, {
    hint: 'The search failed because its result would be a guess. Repeat it; if it fails again, report the list to Zoom.',
  });
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
