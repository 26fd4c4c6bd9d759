import type { Listing, ListQuery } from '../../../connector/object-class/listing.js';
import type { FoundObject } from '../../../connector/object-class/found-object.js';
import type { Session } from '../../../connector/object-class/call.js';
import type { ReadingTable } from '../../../connector/object-class/reading.js';
import { type Json, textAt } from '../../kit/json.js';
import { type RowList, RowsListing } from '../../kit/row-listing.js';
import { completeScimUser, type Completing } from './find-user.js';
import { listedPending, toFoundUser } from '../find-user.js';
import type { PendingUsers } from '../pending-users.js';
import { createPhoneIndex, type PhoneIndex, type PhoneRecords } from '../phone/phone-index.js';
import type { UserListingSettings } from '../user-listing.js';
import { userPages } from '../calls.js';
import { scimUserPages } from './calls.js';
import { statusOf } from '../user-view.js';
import { noActiveUser } from '../list-order.js';
import { scimUserOf, statusInResource, toFoundScimUser } from './resource.js';

/** Parts that a listing of users over SCIM needs. */
export interface ScimListingParts extends Omit<Completing, 'phones'> {
  readonly settings: UserListingSettings;
  /** REST's pending users, where REST may be used. */
  readonly pending: PendingUsers | undefined;
  readonly table: ReadingTable;
}

interface ScimListingState {
  readonly rows: unknown;
  readonly phones: PhoneRecords | undefined;
}

const addressOf = (row: Json, member: string) => `@${textAt(row, member)?.toLowerCase() ?? ''}`;

/** Active and inactive users, in one list. */
const provisioned: RowList = {
  pages: scimUserPages,
  identify: (row) => ({ key: textAt(row, 'id') ?? '', formerly: addressOf(row, 'userName') }),
  toFound: (row) => toFoundScimUser('scimList', row),
  mustHave: { row: (row) => statusInResource(row) !== 'inactive', otherwise: noActiveUser },
};

/** Pending users, which only REST lists. */
function invited(settings: UserListingSettings): RowList {
  return {
    pages: userPages('pending', settings),
    identify: (row) => ({ key: addressOf(row, 'email') }),
    toFound: (row) => toFoundUser('userList', { ...row, status: 'pending' }),
  };
}

/**
 * Lists users over SCIM, each once: pending ones first, because a user who accepts the invitation in the meantime then
 * appears in the other list.
 */
export class ScimUserListing implements Listing {
  readonly #phones: PhoneIndex;
  readonly #rows: RowsListing;
  /** True if pending users have a wanted attribute that their list does not contain. */
  readonly #deep: boolean;

  /** @param saved - the state of an earlier listing of the same query, to go on from. */
  constructor(
    private readonly parts: ScimListingParts,
    query: ListQuery,
    saved?: unknown,
  ) {
    const state = saved as ScimListingState | undefined;
    const { pending, settings, table } = parts;
    const { partitions } = query;
    this.#deep = [...query.wanted].some((name) => isOnlyIn('user', table.readers[name]));
    this.#phones = createPhoneIndex(settings.lists, state?.phones);
    const rowLists = [
      ...(pending !== undefined && partitions.has('pending') ? [invited(settings)] : []),
      ...(partitions.has('provisioned') ? [provisioned] : []),
    ];
    const { lists } = settings;
    this.#rows = new RowsListing({ rowLists, lists, complete: this.complete.bind(this) }, state?.rows);
  }

  next(session: Session): Promise<readonly FoundObject[] | undefined> {
    return this.#rows.next(session);
  }

  async complete(
    row: FoundObject,
    sources: ReadonlySet<string>,
    session: Session,
  ): Promise<FoundObject | undefined> {
    const { pending } = this.parts;
    const isInvited = pending !== undefined && scimUserOf(row) === undefined;
    const user = isInvited ? await this.#identified(row, pending, session) : row;
    return completeScimUser(user, sources, { ...this.parts, phones: this.#phones }, session);
  }

  needsCall(row: FoundObject, sources: ReadonlySet<string>): boolean {
    const { pending } = this.parts;
    if (pending !== undefined && scimUserOf(row) === undefined) {
      return this.#deep || pending.ids.uidOf(row) === undefined;
    }
    return [...sources].some((source) => source !== 'scimList');
  }

  remaining(session: Session): Promise<number | undefined> {
    return this.#rows.remaining(session);
  }

  get weight(): number {
    return this.#rows.weight + this.#phones.weight;
  }

  state(): ScimListingState {
    return { rows: this.#rows.state(), phones: this.#phones.records() };
  }

  /** A pending user under its uid, with the record that contains it. */
  async #identified(row: FoundObject, pending: PendingUsers, session: Session): Promise<FoundObject> {
    const user = await listedPending(row, { deep: this.#deep, ids: pending.ids }, session);
    if (statusOf(user) === 'pending') pending.note(user);
    return user;
  }
}

/** True if this source has an attribute, and the list of pending users has not. */
function isOnlyIn(source: string, readers: ReadingTable['readers'][string] = {}): boolean {
  return readers[source] !== undefined && readers['userList'] === undefined;
}
