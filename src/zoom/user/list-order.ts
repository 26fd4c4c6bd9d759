import { DigestSet, type DigestSetState } from '../kit/digest-set.js';
import { type Json, textAt } from '../kit/json.js';
import { type ListWalk, newWalk, walkAgain } from '../kit/list-walk.js';
import type { UserStatus } from './user-view.js';

/** The three lists, in an order that misses no one: people move from pending to active and from inactive to active. */
export const listingOrder = ['pending', 'inactive', 'active'] as const satisfies readonly UserStatus[];

/** The failure of a listing that shows no active user. */
export const noActiveUser = 'Zoom listed no active user at all, although an account always has an owner.';

/** A list to be walked, and the purpose: the first walk, a check for changes, or another walk because it changed. */
export interface Stage {
  readonly status: UserStatus;
  readonly purpose: 'first' | 'check' | 'again';
}

/** State of the walk over the lists. Plain data; only the functions below make the next one. */
export interface ListsWalk {
  /** The present stage first; none when all is read. */
  readonly stages: readonly Stage[];
  readonly walks: Readonly<Partial<Record<UserStatus, ListWalk>>>;
  /** Lists that were walked beyond the first time. */
  readonly repeated: readonly UserStatus[];
  /** Total of the inactive list when it was walked first. */
  readonly inactiveTotal: number | undefined;
  /** Different users met so far. */
  readonly given: number;
}

/** Before the first page. */
export function startLists(statuses: ReadonlySet<string>): ListsWalk {
  const asked = listingOrder.filter((status) => statuses.has(status));
  return {
    stages: asked.map((status) => ({ status, purpose: 'first' })),
    walks: Object.fromEntries(asked.map((status) => [status, newWalk])),
    repeated: [],
    inactiveTotal: undefined,
    given: 0,
  };
}

/**
 * The walk after a page of its present list.
 *
 * After the last list we read the inactive one once more. Users who were deactivated in the meantime show there by a
 * new row, by another total, or by fewer users met than all totals together count. Then we walk that list to its end.
 * While users are still missing, we walk the others again, too, each once.
 * @param walk - the list's walk after the page.
 * @param fresh - number of rows that no list had shown before.
 * @param verifyTotals - false when Zoom's totals are not to be relied on: then no list is read again.
 */
export function afterListPage(
  lists: ListsWalk,
  walk: ListWalk,
  fresh: number,
  verifyTotals: boolean,
): ListsWalk {
  const [stage, ...later] = lists.stages;
  if (stage === undefined) return lists;
  const { purpose, status } = stage;
  const moved: ListsWalk = {
    ...lists,
    walks: { ...lists.walks, [status]: walk },
    given: lists.given + fresh,
    inactiveTotal: status === 'inactive' && purpose === 'first' ? walk.total : lists.inactiveTotal,
  };
  const quiet = purpose === 'check' && fresh === 0 && walk.total === lists.inactiveTotal && !isShort(moved);
  if (!walk.done && !quiet) {
    return { ...moved, stages: [{ status, purpose: purpose === 'check' ? 'again' : purpose }, ...later] };
  }
  return later.length === 0 && verifyTotals ? afterLastList(moved) : { ...moved, stages: later };
}

function afterLastList(lists: ListsWalk): ListsWalk {
  const { inactive, active } = lists.walks;
  if (inactive !== undefined && active !== undefined && !lists.repeated.includes('inactive')) {
    return repeat(lists, { status: 'inactive', purpose: 'check' });
  }
  const asked = Object.keys(lists.walks).length;
  const left = listingOrder.find(
    (status) => lists.walks[status] !== undefined && !lists.repeated.includes(status),
  );
  return left !== undefined && asked > 1 && isShort(lists)
    ? repeat(lists, { status: left, purpose: 'again' })
    : { ...lists, stages: [] };
}

function repeat(lists: ListsWalk, stage: Stage): ListsWalk {
  const { repeated, walks } = lists;
  const { status } = stage;
  return {
    ...lists,
    stages: [stage],
    repeated: [...repeated, status],
    walks: { ...walks, [status]: walkAgain(walks[status] ?? newWalk) },
  };
}

/** True if we met fewer users than the last totals of the lists add up to. */
function isShort({ given, walks }: ListsWalk): boolean {
  const totals = Object.values(walks).map(({ total }) => total);
  return (
    totals.every((total) => total !== undefined) && given < totals.reduce((sum, total) => sum + total, 0)
  );
}

const flags: Readonly<Record<UserStatus, number>> = { pending: 1, inactive: 2, active: 4 };

/** The verdict about a row of a list. */
interface Met {
  /** True if its list had not shown it before. */
  readonly newToList: boolean;
  /** True if no list had. */
  readonly newToSearch: boolean;
}

/**
 * The rows a search has met, by list. Rows are identified by id. Pending users have no id; they are identified by
 * address, and so are users who accepted an invitation in the meantime.
 */
export class SeenUsers {
  readonly #keys: DigestSet;
  #pending: boolean;

  constructor(state?: DigestSetState) {
    this.#keys = new DigestSet(state);
    this.#pending = state !== undefined;
  }

  add(status: UserStatus, row: Json): Met {
    const address = `@${textAt(row, 'email')?.toLowerCase() ?? ''}`;
    const id = status === 'pending' ? undefined : textAt(row, 'id');
    if (status === 'pending') this.#pending = true;
    const before = this.#keys.mark(id ?? address, flags[status]);
    const wasPending = before === 0 && this.#pending && id !== undefined && this.#keys.flagsOf(address) !== 0;
    return { newToList: (before & flags[status]) === 0, newToSearch: before === 0 && !wasPending };
  }

  /** Bytes of its tables. */
  get weight(): number {
    return this.#keys.weight;
  }

  state(): DigestSetState {
    return this.#keys.state();
  }
}
