import type { Listing, ListQuery } from '../../connector/object-class/listing.js';
import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Session } from '../../connector/object-class/call.js';
import type { DigestSetState } from '../kit/digest-set.js';
import { isId } from '../kit/forms.js';
import type { Json } from '../kit/json.js';
import { checkComplete, incomplete, type ListWalk, newWalk } from '../kit/list-walk.js';
import { AheadPage, type Lists, type PagedList, type SeenRows } from '../kit/paged-list.js';
import { statusOf, type UserStatus } from './user-view.js';
import { detailed, listedPending, listedRow, toFoundUser, withId } from './find-user.js';
import {
  afterListPage,
  noActiveUser,
  type ListsWalk,
  SeenUsers,
  type Stage,
  startLists,
} from './list-order.js';
import type { PendingIds } from './pending-ids.js';
import type { PendingUsers } from './pending-users.js';
import { createPhoneIndex, type PhoneIndex, type PhoneRecords } from './phone/phone-index.js';
import { phoneReader } from './phone/read-phone.js';
import type { Sites } from './phone/sites.js';
import { userPages, type UserPageSettings } from './calls.js';

/** Settings of a listing of users. */
export interface UserListingSettings extends UserPageSettings {
  readonly lists: Lists;
  /** The uids of pending users, as far as earlier listings of the account have learnt them. */
  readonly pendingIds?: PendingIds;
}

/** Parts that a listing of users needs. */
interface UserListingParts {
  readonly settings: UserListingSettings;
  readonly pending: PendingUsers;
  readonly sites: Sites;
}

interface UserListingState {
  readonly lists: ListsWalk;
  /** Totals asked for of lists that are not walked yet. */
  readonly counts: Readonly<Partial<Record<UserStatus, number>>>;
  readonly seen: DigestSetState;
  /** Rows that are noted as seen, but were not answered because a list ended short. */
  readonly held: readonly FoundObject[];
  readonly phone: PhoneRecords | undefined;
}

/**
 * Lists users of some statuses, each once. Zoom's lists are no snapshot, and users move between them while they are
 * read: see {@link afterListPage} and `afterPage` for what is read again and when.
 */
export class UserListing implements Listing {
  readonly #roleId: string | undefined;
  readonly #seen: SeenUsers;
  readonly #ahead = new AheadPage();
  readonly #phone: PhoneIndex;
  #lists: ListsWalk;
  #counts: Readonly<Partial<Record<UserStatus, number>>>;
  #held: FoundObject[];

  /** @param saved - the state of an earlier listing of the same query, to go on from. */
  constructor(
    private readonly parts: UserListingParts,
    query: ListQuery,
    saved?: unknown,
  ) {
    const state = saved as UserListingState | undefined;
    this.#roleId = query.narrowed.get('ROLE_ID');
    this.#seen = new SeenUsers(state?.seen);
    this.#phone = createPhoneIndex(parts.settings.lists, state?.phone);
    this.#lists = state?.lists ?? startLists(query.partitions);
    this.#counts = state?.counts ?? {};
    this.#held = [...(state?.held ?? [])];
  }

  /**
   * @throws ConnectorError `connectorIO` when a list stays incomplete, or the active list is empty (an account always
   * has an owner).
   */
  async next(session: Session): Promise<readonly FoundObject[] | undefined> {
    const [stage] = this.#lists.stages;
    if (stage === undefined) return undefined;
    const { verifyTotals } = this.parts.settings.lists;
    const before = this.#held.length;
    const walk = await this.#readPage(stage, session);
    if (stage.status === 'active' && this.#roleId === undefined && walk.done && walk.distinct === 0) {
      throw incomplete(noActiveUser);
    }
    this.#lists = afterListPage(this.#lists, walk, this.#held.length - before, verifyTotals);
    checkComplete(walk);
    return this.#held.splice(0);
  }

  async complete(
    row: FoundObject,
    sources: ReadonlySet<string>,
    session: Session,
  ): Promise<FoundObject | undefined> {
    const user = await this.#read(row, sources, session);
    if (user === undefined) return undefined;
    const phone = { sites: this.parts.sites, index: this.#phone };
    return phoneReader(sources, phone, session)(user, statusOf(user) === 'pending');
  }

  needsCall(row: FoundObject, sources: ReadonlySet<string>): boolean {
    if (sources.has('user')) return true;
    if (isPending(row)) return this.parts.pending.ids.uidOf(row) === undefined;
    const waitsForPhones = sources.has('phoneUsers') && this.#phone.records() === undefined;
    return !isId(row.uid) || waitsForPhones || sources.has('phoneProfile');
  }

  async remaining(session: Session): Promise<number | undefined> {
    if (!this.parts.settings.lists.verifyTotals) return undefined;
    let sum = 0;
    for (const { purpose, status } of this.#lists.stages) {
      const { distinct, total = await this.#count(status, session) } = this.#walkOf(status);
      if (total === undefined) return undefined;
      if (purpose === 'first') sum += Math.max(0, total - distinct);
    }
    return sum;
  }

  get weight(): number {
    return this.#seen.weight + this.#phone.weight;
  }

  state(): UserListingState {
    return {
      lists: this.#lists,
      counts: this.#counts,
      seen: this.#seen.state(),
      held: this.#held,
      phone: this.#phone.records(),
    };
  }

  async #read(
    row: FoundObject,
    sources: ReadonlySet<string>,
    session: Session,
  ): Promise<FoundObject | undefined> {
    if (!isPending(row)) {
      const known = await withId(row, session);
      return sources.has('user') ? detailed(known, session) : known;
    }
    const { pending } = this.parts;
    const user = await listedPending(row, { deep: sources.has('user'), ids: pending.ids }, session);
    if (statusOf(user) === 'pending') pending.note(user);
    return user;
  }

  async #readPage({ status }: Stage, session: Session): Promise<ListWalk> {
    const { settings } = this.parts;
    const seenRows: SeenRows = { addIfNew: (row) => this.#addIfNew(status, row) };
    const walk = this.#walkOf(status);
    const following = this.#following(walk);
    const place = { walk, seenRows, ahead: this.#ahead, following };
    return (await settings.lists.readPage(this.#pagesOf(status), place, session)).walk;
  }

  /** The list that is due if nothing changes in the present one, which has no further page. */
  #following(walk: ListWalk): PagedList | undefined {
    const { verifyTotals } = this.parts.settings.lists;
    const [next] = afterListPage(this.#lists, { ...walk, done: true }, 0, verifyTotals).stages;
    return next === undefined ? undefined : this.#pagesOf(next.status);
  }

  #pagesOf(status: UserStatus): PagedList {
    return userPages(status, this.parts.settings, this.#roleId);
  }

  #addIfNew(status: UserStatus, row: Json): boolean {
    const user = toFoundUser('userList', listedRow(status, row));
    const { newToList, newToSearch } = this.#seen.add(status, row);
    if (newToSearch) this.#held.push(user);
    return newToList;
  }

  async #count(status: UserStatus, session: Session): Promise<number | undefined> {
    const known = this.#counts[status];
    if (known !== undefined) return known;
    const { lists } = this.parts.settings;
    const total = await lists.count(this.#pagesOf(status), session);
    if (total !== undefined) this.#counts = { ...this.#counts, [status]: total };
    return total;
  }

  #walkOf(status: UserStatus): ListWalk {
    return this.#lists.walks[status] ?? newWalk;
  }
}

/** A row without a status is that of a pending user if it has no id. */
function isPending(row: FoundObject): boolean {
  const status = statusOf(row);
  return status === undefined ? !isId(row.uid) : status === 'pending';
}
