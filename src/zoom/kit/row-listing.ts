import type { Listing } from '../../connector/object-class/listing.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Session } from '../../connector/object-class/call.js';
import { DigestSet, type DigestSetState } from './digest-set.js';
import type { Json } from './json.js';
import { checkComplete, incomplete, type ListWalk, newWalk } from './list-walk.js';
import { AheadPage, type Lists, type PagedList } from './paged-list.js';

/** A list of Zoom whose rows are objects. */
export interface RowList {
  readonly pages: PagedList;
  /** A row that a complete list always has; the listing fails with the sentence if no row is one. */
  readonly mustHave?: { readonly row: (row: Json) => boolean; readonly otherwise: string };
  /** The key of a row in all lists, and the key under which an earlier list may have shown it. */
  readonly identify: (row: Json) => { readonly key: string; readonly formerly?: string };
  /** @throws ConnectorError `connectorIO` for an unusable row. */
  readonly toFound: (row: Json) => FoundObject;
}

/** The parts of a listing of rows. */
interface RowListingParts {
  /** At most eight lists, in the order of the walk. */
  readonly rowLists: readonly RowList[];
  readonly lists: Lists;
  readonly complete: Listing['complete'];
}

interface RowListingState {
  readonly walks: readonly ListWalk[];
  /** Lists of which a row that they must have was met, by index. */
  readonly proven: readonly number[];
  readonly seen: DigestSetState;
  /** Rows that are marked as seen, but were not returned because a list ended short. */
  readonly held: readonly FoundObject[];
}

/** Walks lists one after the other and returns each row once. */
export class RowsListing implements Listing {
  readonly complete: Listing['complete'];
  readonly #seen: DigestSet;
  readonly #ahead = new AheadPage();
  readonly #walks: ListWalk[];
  readonly #proven: Set<number>;
  #held: FoundObject[];

  /** @param saved - the state of an earlier listing, which this one continues. */
  constructor(
    private readonly parts: RowListingParts,
    saved?: unknown,
  ) {
    const state = saved as RowListingState | undefined;
    this.complete = parts.complete;
    this.#seen = new DigestSet(state?.seen);
    this.#walks = [...(state?.walks ?? parts.rowLists.map(() => newWalk))];
    this.#proven = new Set(state?.proven);
    this.#held = [...(state?.held ?? [])];
  }

  /** @throws ConnectorError `connectorIO` when Zoom twice lists fewer rows than it counts. */
  async next(session: Session): Promise<readonly FoundObject[] | undefined> {
    const index = this.#walks.findIndex(({ done }) => !done);
    const [list, walk] = [this.parts.rowLists[index], this.#walks[index]];
    if (list === undefined || walk === undefined) return undefined;
    const seenRows = { addIfNew: (row: Json) => this.#addIfNew(list, index, row) };
    const following = this.parts.rowLists[index + 1]?.pages;
    const place = { walk, seenRows, ahead: this.#ahead, following };
    const step = await this.parts.lists.readPage(list.pages, place, session);
    this.#walks[index] = step.walk;
    checkComplete(step.walk);
    const { mustHave } = list;
    if (step.walk.done && mustHave !== undefined && !this.#proven.has(index)) {
      throw incomplete(mustHave.otherwise);
    }
    return this.#held.splice(0);
  }

  async remaining(session: Session): Promise<number | undefined> {
    if (!this.parts.lists.verifyTotals) return this.#walks.every(({ done }) => done) ? 0 : undefined;
    let sum = 0;
    for (const [index, walk] of this.#walks.entries()) {
      const rows = await this.#rowsLeft(index, walk, session);
      if (rows === undefined) return undefined;
      sum += rows;
    }
    return sum;
  }

  get weight(): number {
    return this.#seen.weight;
  }

  state(): RowListingState {
    return { walks: this.#walks, proven: [...this.#proven], seen: this.#seen.state(), held: this.#held };
  }

  async #rowsLeft(index: number, walk: ListWalk, session: Session): Promise<number | undefined> {
    if (walk.done || walk.lastPass) return 0;
    const list = this.parts.rowLists[index];
    if (walk.total === undefined && walk.latest === undefined && list !== undefined) {
      const total = await this.parts.lists.count(list.pages, session);
      this.#walks[index] = { ...walk, total };
      return total;
    }
    return walk.total === undefined ? undefined : Math.max(0, walk.total - walk.distinct);
  }

  /** @returns true when the row is new to the list. */
  #addIfNew(list: RowList, index: number, row: Json): boolean {
    const found = list.toFound(row);
    if (list.mustHave?.row(row) === true) this.#proven.add(index);
    const { formerly, key } = list.identify(row);
    const flag = 1 << index;
    const before = this.#seen.mark(key, flag);
    const isKnown = before !== 0 || (formerly !== undefined && this.#seen.flagsOf(formerly) !== 0);
    if (!isKnown) this.#held.push(found);
    return (before & flag) === 0;
  }
}
