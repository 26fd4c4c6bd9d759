import type { Attributes } from '../../connid/attribute.js';
import type { Session } from './call.js';
import type { FoundObject } from './found-object.js';

/** A listing of objects. It can stop after any page and continue later, in another process too. */
export interface Listing {
  /**
   * Reads the next rows. If a call fails, the listing stays at its position.
   * @returns rows that are new to this listing, possibly none; `undefined` when it is complete.
   */
  next(session: Session): Promise<readonly FoundObject[] | undefined>;
  /**
   * Adds the records of these sources and the real uid to a row.
   * @returns `undefined` when the object has been deleted since.
   */
  complete(
    row: FoundObject,
    sources: ReadonlySet<string>,
    session: Session,
  ): Promise<FoundObject | undefined>;
  /**
   * True if completing the row with these sources takes a call of its own. Rows that need none do not wait for others.
   * Without it every row needs a call as soon as a source is none of the list.
   */
  needsCall?(row: FoundObject, sources: ReadonlySet<string>): boolean;
  /** The number of remaining rows. Asks the target for missing counts; `undefined` where it has no count. */
  remaining(session: Session): Promise<number | undefined>;
  /** The approximate size of its state, in bytes. */
  readonly weight: number;
  /** The position of the listing, as plain data. Another listing can continue from it; do not use this one again. */
  state(): unknown;
}

/** A part of the target's objects that can be listed by itself. */
export interface Partition {
  readonly id: string;
  /** Attribute values shared by the whole partition. */
  readonly facts: Attributes;
}

/** The rows to list and the sources to read for them. */
export interface ListQuery {
  readonly partitions: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** Attributes to read from the sources. */
  readonly wanted: ReadonlySet<string>;
  /** Values that every row must have, by attribute. The attributes are among `narrowings`. */
  readonly narrowed: ReadonlyMap<string, string>;
}
