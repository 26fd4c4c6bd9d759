import type { Session } from './call.js';
import type { FoundObject } from './found-object.js';
import type { Listing, ListQuery, Partition } from './listing.js';
import type { ReadingTable } from './reading.js';

/** A way to address one object: equality on an attribute that the target can look up. */
export interface ObjectKey {
  readonly attribute: string;
  readonly value: string;
  /**
   * Look also where only a listing shows the object, at the cost of one: the values of all keys that are looked up
   * together. They share this set, and with it the listing.
   */
  readonly alsoSearchListings?: ReadonlySet<string>;
  /** The look-up precedes a create of this name. */
  readonly beforeCreate?: boolean;
  /** Last known name, for objects whose uid changed. */
  readonly nameHint?: string | undefined;
}

/** An attribute whose equality the target answers with a single read. */
interface KeyAttribute {
  readonly attribute: string;
  /** Whether the target can look this value up; every value when missing. */
  readonly accepts?: (value: string) => boolean;
  /** Whether looking up costs a listing, so that one listing is cheaper than several look-ups. */
  readonly costsListing?: true;
}

/** The capability that every class has: Search, Get, and the reads of the other operations. */
export interface Readable {
  /**
   * Where each attribute is read. Every read consults it to choose the fewest sources, and to decode what `find` and
   * the listing bring from them. It is fixed while the class lives: the schema is made from it.
   */
  readonly table: ReadingTable;
  /**
   * Attributes by which `find` can look one object up; `__UID__` is among them. Search asks for them first and lists
   * only when the filter is no equality on a key.
   */
  readonly keys: readonly KeyAttribute[];
  /** Attributes by whose equality the target narrows a listing; the values arrive in `ListQuery.narrowed`. */
  readonly narrowings: readonly string[];
  /**
   * Parts in which the objects are listed, in this order. A search leaves out a part whose facts contradict its
   * filter, so a fact must hold for every object of the part.
   */
  readonly partitions: readonly Partition[];
  /**
   * Finds one object. Called for searches by key, for Get, and before writes, then under the lock of the object. The
   * key's attribute is one of `keys`. The class reads at least the given sources, and writes nothing.
   * @returns `undefined` when there is no such object; a failed read is an error, never `undefined`.
   */
  find(key: ObjectKey, sources: ReadonlySet<string>, session: Session): Promise<FoundObject | undefined>;
  /** Advice in the error for an unknown uid, where the target does not show every object it has. */
  readonly notFoundHint?: string;
  /**
   * Opens a listing of every object of the partitions, each once. Called for searches that no key answers, and again
   * for each later page. It makes no call: `Listing.next` does.
   * @param state - of an earlier listing of the same query, to go on from; another process may have made it.
   */
  openListing(query: ListQuery, state?: unknown): Listing;
}
