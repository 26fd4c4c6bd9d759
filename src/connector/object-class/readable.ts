import type { Session } from './call.js';
import type { FoundObject } from './found-object.js';
import type { Listing, ListQuery, Partition } from './listing.js';
import type { ReadingTable } from './reading.js';

/** Addresses one object: equality on an attribute that the target can look up. */
export interface ObjectKey {
  readonly attribute: string;
  readonly value: string;
  /**
   * Set when `find` shall also search where only a listing shows the object. Contains the values of all keys that are
   * looked up together: they share this set, and therefore the cost of one listing.
   */
  readonly alsoSearchListings?: ReadonlySet<string>;
  /**
   * Set if the target says that the name is taken, although a look-up found nothing: `find` searches every listing of
   * the account before it returns `undefined`.
   */
  readonly nameTaken?: true;
  /** The look-up precedes a create of this name. */
  readonly beforeCreate?: boolean;
  /** Last known name, for objects whose uid changed. */
  readonly nameHint?: string | undefined;
}

/** An attribute by which the target finds an object with a single read. */
interface KeyAttribute {
  readonly attribute: string;
  /** True if the target can look this value up. When missing, it can look up every value. */
  readonly accepts?: (value: string) => boolean;
  /** Set if a look-up costs a listing, so that one listing is cheaper than several look-ups. */
  readonly costsListing?: true;
}

/** The capability that every class has: Search, Get, and the reads of the other operations. */
export interface Readable {
  /**
   * The sources of each attribute. Every read uses it to choose the fewest sources, and to decode the records that
   * `find` and the listing return. It never changes while the class exists: the schema is made from it.
   */
  readonly table: ReadingTable;
  /**
   * Attributes by which `find` can look one object up; `__UID__` is among them. Search lists only when its filter is
   * no equality on a key.
   */
  readonly keys: readonly KeyAttribute[];
  /** Attributes by which the target can narrow a listing. `ListQuery.narrowed` contains the values to equal. */
  readonly narrowings: readonly string[];
  /**
   * Tests of the values that the target's objects can have, in any case of letters, for attributes that cannot have
   * every value. Nothing has another value, so a filter for one makes no call.
   */
  readonly possible?: Readonly<Record<string, (value: string) => boolean>>;
  /**
   * The parts of a listing, in this order. A search skips a part whose facts contradict its filter, so a fact must
   * hold for every object of the part.
   */
  readonly partitions: readonly Partition[];
  /**
   * Finds one object. Called for searches by key, for Get, and before writes; before a write the object is locked.
   * The key's attribute is one of `keys`. The class reads at least these sources, and writes nothing.
   * @returns `undefined` when there is no such object; a failed read is an error, never `undefined`.
   */
  find(key: ObjectKey, sources: ReadonlySet<string>, session: Session): Promise<FoundObject | undefined>;
  /** Hint in the error for an unknown uid, for a target that does not show all its objects. */
  readonly notFoundHint?: string;
  /**
   * Opens a listing that returns every object of the partitions once. Called for searches that no key answers, and
   * again for each later page. It makes no call: `Listing.next` does.
   * @param state - the state of an earlier listing of the same query, perhaps from another process, to continue from.
   */
  openListing(query: ListQuery, state?: unknown): Listing;
}
