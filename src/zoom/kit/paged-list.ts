import type { Call, Session } from '../../connector/object-class/call.js';
import { ConnectorError } from '../../connid/errors.js';
import { DigestSet } from './digest-set.js';
import { at, type Json, textAt } from './json.js';
import {
  afterPage,
  afterRefusal,
  checkComplete,
  incomplete,
  type ListWalk,
  newWalk,
  nextToken,
  type Position,
  tokenBeside,
} from './list-walk.js';
import { checkRows, idFault, type RowCheck } from './row-faults.js';

/**
 * True when Zoom refused a page token as too old or as made for another query, so that the walk must restart. Codes
 * 300 (users, groups), 400 (phone) and 1003100 (numbers) have the same sentence, see
 * https://developers.zoom.us/docs/api/using-zoom-apis/#pagination.
 */
export function isPageTokenRefusal({ details }: ConnectorError): boolean {
  const { code, message } = details.upstream ?? {};
  if (code === 1003100) return true;
  return (code === 300 || code === 400) && /next page token/i.test(message ?? '');
}

/** A list that Zoom returns in pages. */
export interface PagedList {
  /** The call of a page; without a token that of the first one. */
  page(token: string | undefined): Call;
  /** The member of the answer that contains the rows. */
  readonly rows: string;
  /** Identifies a row. */
  readonly keyOf: (row: Json) => string | undefined;
  /** Finds rows that no later call can address; without it every row must have an id. */
  readonly faultOf?: RowCheck;
  /** Reads the position of a page, for an API that returns it otherwise than REST. */
  readonly position?: (answer: unknown, rows: readonly Json[], token: string | undefined) => Position;
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
  #asked: { readonly token: string; readonly answer: Promise<unknown> } | undefined;

  /** Keeps the answer until the next step of the walk. */
  keep(token: string, answer: Promise<unknown>): void {
    // A failure counts only when it is the turn of the page.
    answer.catch(() => undefined);
    this.#asked = { token, answer };
  }

  /** The answer if it is that of the page whose turn it is. Otherwise the list has changed, and it is dropped. */
  take(walk: ListWalk): Promise<unknown> | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    return walk.edge === undefined && asked?.token === walk.token ? asked?.answer : undefined;
  }
}

/** Where a walk stands, and what it has met. */
interface WalkPlace {
  readonly walk: ListWalk;
  readonly seenRows: SeenRows;
  readonly ahead: AheadPage;
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
   * Reads the page where a walk stands, and asks for the page behind it if both are due. When Zoom refuses the page token, the step has no rows and the walk restarts:
   * rows come twice, and `seenRows` finds the repeated ones.
   * @throws ConnectorError when the page fails; then `seenRows` is unchanged, and the walk can be continued.
   */
  readPage(list: PagedList, place: WalkPlace, session: Session): Promise<WalkStep>;
}

/** @param settings - `verifyTotals` false stops the counting, for accounts whose totals prove wrong. */
export function createLists({ verifyTotals }: Pick<Lists, 'verifyTotals'>): Lists {
  const readPage: Lists['readPage'] = async (list, place, session) => {
    const { seenRows, walk } = place;
    const token = nextToken(walk);
    const answer = await orRestart(ask(list, place, session), walk);
    if ('restarted' in answer) return { rows: [], walk: answer.restarted };
    const rows = rowsOf(list, answer.body);
    const position = positionOf(list, answer.body, rows, token);
    if (verifyTotals && position.total === undefined) throw withoutTotal(list);
    checkRows(rows, list.faultOf ?? idFault, { member: list.rows, before: walk.progress.rows });
    const fresh = rows.filter((row) => seenRows.addIfNew(row)).length;
    const keys = rows.map((row) => list.keyOf(row) ?? '');
    return { rows, walk: afterPage(walk, { ...position, keys, fresh }, verifyTotals) };
  };
  return { verifyTotals, readPage, distinct: distinctRows(readPage), pages: walkPages, count: countRows };
}

/** For reads that need not be complete, such as a search for the row of a new object. */
export const uncountedLists = createLists({ verifyTotals: false });

/** Asks for the page whose turn it is, unless that was done, and for the one that may be asked for beside it. */
function ask(list: PagedList, { ahead, walk }: WalkPlace, session: Session): Promise<unknown> {
  const answer = ahead.take(walk) ?? session.send(list.page(nextToken(walk)));
  const beside = tokenBeside(walk);
  if (beside !== undefined) ahead.keep(beside, session.send(list.page(beside)));
  return answer;
}

/** The answer to a page's call, or the walk to continue with when Zoom refused the page token. */
async function orRestart(
  answer: Promise<unknown>,
  walk: ListWalk,
): Promise<{ readonly body: unknown } | { readonly restarted: ListWalk }> {
  try {
    return { body: await answer };
  } catch (thrown) {
    const isRefusal = thrown instanceof ConnectorError && isPageTokenRefusal(thrown);
    const restarted = isRefusal ? afterRefusal(walk) : undefined;
    if (restarted === undefined) throw thrown;
    return { restarted };
  }
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

async function* walkPages(list: PagedList, session: Session): AsyncGenerator<readonly Json[], void, void> {
  const seen = new DigestSet();
  const seenRows = { addIfNew: (row: Json) => seen.mark(list.keyOf(row) ?? '', 1) === 0 };
  const ahead = new AheadPage();
  for (let walk = newWalk; !walk.done;) {
    const step = await uncountedLists.readPage(list, { walk, seenRows, ahead }, session);
    walk = step.walk;
    yield step.rows;
  }
}

async function countRows(list: PagedList, session: Session): Promise<number | undefined> {
  const answer = await session.send(list.page(undefined));
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
