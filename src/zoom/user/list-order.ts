import { DigestSet, type DigestSetState } from '../kit/digest-set.js';
import { type Json, textAt } from '../kit/json.js';
import { type ListWalk, newWalk, walkAgain } from '../kit/list-walk.js';
import type { UserStatus } from './user-view.js';

/** The three lists in the order that loses nobody: people move from pending to active and from inactive to active. */
export const listingOrder = ['pending', 'inactive', 'active'] as const satisfies readonly UserStatus[];

/** A list to be walked, and what for: the first time, to see whether it changed, or because it did. */
export interface Stage {
  readonly status: UserStatus;
  readonly purpose: 'first' | 'check' | 'again';
}

/** Where the walk over the lists stands. Plain data; only the functions below make the next one. */
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
 * After the last list the inactive one is asked for once more. Users who were deactivated meanwhile show there by a new
 * row, by another total, or by fewer users met than all totals together count; then that list is walked to its end,
 * and while users are still missing so are the others, each once.
 * @param walk - the list's walk after the page.
 * @param fresh - how many rows no list had shown before.
 * @param verifyTotals - false when Zoom's totals are not to be relied on: then nothing is asked for again.
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

/** Whether fewer users were met than the lists have by their last totals. */
function isShort({ given, walks }: ListsWalk): boolean {
  const totals = Object.values(walks).map(({ total }) => total);
  return (
    totals.every((total) => total !== undefined) && given < totals.reduce((sum, total) => sum + total, 0)
  );
}

const flags: Readonly<Record<UserStatus, number>> = { pending: 1, inactive: 2, active: 4 };

/** What is known about a row that was met. */
interface Met {
  /** Whether its list had not shown it before. */
  readonly newToList: boolean;
  /** Whether no list had. */
  readonly newToSearch: boolean;
}

/**
 * The rows a search has met, by list. Users move between lists while these are read; a row is known by its id, and
 * rows of pending users, which have none, by their address, under which an accepted invitation turns up again.
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
