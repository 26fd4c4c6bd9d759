import type { Call, Session } from '../../connector/object-class/call.js';
import type { Metrics } from '../../connector/ports.js';
import { ConnectorError } from '../../connid/errors.js';
import { DigestSet } from './digest-set.js';
import { at, type Json, textAt } from './json.js';
import {
  afterPage,
  checkComplete,
  incomplete,
  type ListWalk,
  newWalk,
  nextToken,
  type Position,
  provesEdge,
  withSmallerPages,
} from './list-walk.js';
import { orRestart } from './page-refusals.js';
import { isTooShort, type PageSize, type PageSizes } from './page-size.js';
import { checkRows, idFault, type RowCheck } from './row-faults.js';

/** A list that Zoom returns in pages. */
export interface PagedList {
  /**
   * The call of a page; without a token that of the first one.
   * @param size - rows to ask for; without it the most that Zoom grants. A list may ignore it.
   */
  page(token: string | undefined, size?: number): Call;
  /** For lists whose largest page is not granted by every account. */
  readonly size?: PageSize;
  /** The member of the answer that contains the rows. */
  readonly rows: string;
  /** Identifies a row. */
  readonly keyOf: (row: Json) => string | undefined;
  /** Finds rows that no later call can address; without it every row must have an id. */
  readonly faultOf?: RowCheck;
  /** Reads the position of a page, for an API that returns it otherwise than REST. */
  readonly position?: (answer: unknown, rows: readonly Json[], token: string | undefined) => Position;
  /** The name under which metrics show how long the list was; without it they do not. */
  readonly measured?: string;
}

/** The rows that a walk has seen. */
export interface SeenRows {
  /** Adds a row. @returns true when it is new to the walk. */
  addIfNew(row: Json): boolean;
}

/**
 * The answer to a page that was asked for before its turn. A walk has one, for as long as it is walked without a break:
 * it is no part of the state that is saved.
 */
export class AheadPage {
  #asked: { readonly call: string; readonly answer: Promise<unknown> } | undefined;

  /** Keeps the answer until the next step of the walk. */
  keep(call: Call, answer: Promise<unknown>): void {
    // A failure counts only when it is the turn of the page.
    answer.catch(() => undefined);
    this.#asked = { call: identityOf(call), answer };
  }

  /** The answer if it is that of the call whose turn it is. Otherwise the list has changed, and it is dropped. */
  take(walk: ListWalk, call: Call): Promise<unknown> | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked === undefined || walk.edge !== undefined) return undefined;
    return asked.call === identityOf(call) ? asked.answer : undefined;
  }
}

function identityOf({ endpoint, params, query }: Call): string {
  return JSON.stringify([endpoint.id, params, query]);
}

/** Where a walk stands, and what it has met. */
interface WalkPlace {
  readonly walk: ListWalk;
  readonly seenRows: SeenRows;
  readonly ahead: AheadPage;
  /** The list that is read next if this one turns out to be at its end. */
  readonly following?: PagedList | undefined;
}

/** The rows of a page, and the walk after it. */
interface WalkStep {
  readonly rows: readonly Json[];
  readonly walk: ListWalk;
}

/** Reads lists of Zoom, with the settings that hold for all of them. */
export interface Lists {
  /** True when rows are counted against Zoom's totals. */
  readonly verifyTotals: boolean;
  /**
   * Every row of a list once. A list that returned fewer different rows than its smallest total is walked again.
   * @throws ConnectorError `connectorIO` when the list stays incomplete.
   */
  distinct(list: PagedList, session: Session): AsyncGenerator<Json, void, void>;
  /** Pages as Zoom returns them; rows may come twice, and nothing is counted. */
  pages(list: PagedList, session: Session): AsyncGenerator<readonly Json[], void, void>;
  /** The number of rows by Zoom's total; `undefined` when Zoom does not say. */
  count(list: PagedList, session: Session): Promise<number | undefined>;
  /**
   * Reads the page where a walk stands, and asks for the page behind it if both are due. When Zoom refuses the page
   * token or the page size, or gives less than that size, the step has no rows and the walk restarts: rows come twice,
   * and `seenRows` finds the repeated ones.
   * @throws ConnectorError when the page fails; then `seenRows` is unchanged, and the walk can be continued.
   */
  readPage(list: PagedList, place: WalkPlace, session: Session): Promise<WalkStep>;
}

/**
 * @param settings - `verifyTotals` false stops the counting, for accounts whose totals prove wrong.
 * @param sizes - the page sizes that the account grants. Without them each walk finds out for itself.
 * @param listed - receives the length of each measured list that was read to its end.
 */
export function createLists(
  { verifyTotals }: Pick<Lists, 'verifyTotals'>,
  sizes?: PageSizes,
  listed?: Metrics['listed'],
): Lists {
  const reader =
    (reading: PageReading): Lists['readPage'] =>
    (list, place, session) =>
      readNext(list, place, reading, session);
  const readPage = reader({ verifyTotals, sizes, listed });
  return {
    verifyTotals,
    readPage,
    distinct: distinctRows(readPage),
    pages: walkPages(reader({ verifyTotals: false, sizes, listed: undefined })),
    count: countRows,
  };
}

/** Settings of the reading of a page. */
interface PageReading {
  readonly verifyTotals: boolean;
  readonly sizes: PageSizes | undefined;
  readonly listed: Metrics['listed'] | undefined;
}

async function readNext(
  list: PagedList,
  place: WalkPlace,
  { listed, sizes, verifyTotals }: PageReading,
  session: Session,
): Promise<WalkStep> {
  const walk = withSize(place.walk, list, sizes);
  const answer = await orRestart(ask(list, { ...place, walk }, sizes, session), walk, list.size);
  if ('restarted' in answer) return { rows: [], walk: answer.restarted };
  const rows = rowsOf(list, answer.body);
  const position = positionOf(list, answer.body, rows, nextToken(walk));
  if (verifyTotals && position.total === undefined) throw withoutTotal(list);
  if (list.size !== undefined) {
    const page = { asked: walk.size, rows: rows.length, next: position.next };
    if (isTooShort(list.size, page)) return { rows: [], walk: withSmallerPages(walk, list.size.older) };
    sizes?.granted(list.size, walk.size ?? 0);
  }
  checkRows(rows, list.faultOf ?? idFault, { member: list.rows, before: walk.progress.rows });
  const fresh = rows.filter((row) => place.seenRows.addIfNew(row)).length;
  const keys = rows.map((row) => list.keyOf(row) ?? '');
  const after = afterPage(walk, { ...position, keys, fresh }, verifyTotals);
  if (after.done && list.measured !== undefined) listed?.(list.measured, after.distinct);
  return { rows, walk: after };
}

/** The walk with the size of its pages, which is chosen before the first one. */
function withSize(walk: ListWalk, { size }: PagedList, sizes: PageSizes | undefined): ListWalk {
  if (size === undefined || walk.size !== undefined) return walk;
  return { ...walk, size: sizes?.sizeOf(size) ?? size.largest };
}

/** For reads that need not be complete, such as a search for the row of a new object. */
export const uncountedLists = createLists({ verifyTotals: false });

/** Asks for the page whose turn it is, unless that was done, and for the one that may be asked for beside it. */
function ask(
  list: PagedList,
  place: WalkPlace,
  sizes: PageSizes | undefined,
  session: Session,
): Promise<unknown> {
  const { ahead, walk } = place;
  const call = list.page(nextToken(walk), walk.size);
  const answer = ahead.take(walk, call) ?? session.send(call);
  const beside = provesEdge(walk) ? besideOf(list, place, sizes) : undefined;
  if (beside !== undefined) ahead.keep(beside, session.send(beside));
  return answer;
}

/** The call of the page that follows if the edge is proven, in this list or in the next one. */
function besideOf(
  list: PagedList,
  { following, walk }: WalkPlace,
  sizes: PageSizes | undefined,
): Call | undefined {
  if (walk.token !== undefined) return list.page(walk.token, walk.size);
  return following?.page(undefined, withSize(newWalk, following, sizes).size);
}

function distinctRows(readPage: Lists['readPage']): Lists['distinct'] {
  return async function* (list, session) {
    const seen = new DigestSet();
    let fresh: Json[] = [];
    const seenRows = {
      addIfNew: (row: Json) => seen.mark(list.keyOf(row) ?? '', 1) === 0 && fresh.push(row) > 0,
    };
    const ahead = new AheadPage();
    for (let walk = newWalk; !walk.done; fresh = []) {
      ({ walk } = await readPage(list, { walk, seenRows, ahead }, session));
      yield* fresh;
      checkComplete(walk);
    }
  };
}

function walkPages(readPage: Lists['readPage']): Lists['pages'] {
  return async function* (list, session) {
    const seen = new DigestSet();
    const seenRows = { addIfNew: (row: Json) => seen.mark(list.keyOf(row) ?? '', 1) === 0 };
    const ahead = new AheadPage();
    for (let walk = newWalk; !walk.done;) {
      const step = await readPage(list, { walk, seenRows, ahead }, session);
      walk = step.walk;
      yield step.rows;
    }
  };
}

async function countRows(list: PagedList, session: Session): Promise<number | undefined> {
  const answer = await session.send(list.page(undefined, 1));
  return positionOf(list, answer, rowsOf(list, answer)).total;
}

function positionOf(
  { position = restPosition }: PagedList,
  answer: unknown,
  rows: readonly Json[],
  token?: string,
): Position {
  return position(answer, rows, token);
}

function restPosition(answer: unknown): Position {
  const total = at(answer, 'total_records');
  const isCount = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
  return {
    total: isCount ? total : undefined,
    next: textAt(answer, 'next_page_token'),
  };
}

function withoutTotal({ rows }: PagedList): ConnectorError {
  return incomplete(`Zoom listed ${rows} without a usable total.`);
}

function rowsOf({ rows: member }: PagedList, answer: unknown): readonly Json[] {
  const rows = at(answer, member);
  if (Array.isArray(rows)) return rows as readonly Json[];
  throw new ConnectorError('connectorIO', `Zoom returned a list without ${member}.`);
}
