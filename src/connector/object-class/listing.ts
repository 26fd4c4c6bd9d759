import type { Attributes } from '../../connid/attribute.js';
import type { Session } from './call.js';
import type { FoundObject } from './found-object.js';

/** A listing of objects that can stop after any page and go on later, in another process too. */
export interface Listing {
  /**
   * Reads on. A call that fails leaves the listing where it was.
   * @returns rows that are new to this listing, perhaps none; `undefined` when it is complete.
   */
  next(session: Session): Promise<readonly FoundObject[] | undefined>;
  /**
   * Completes a row by what these sources tell beyond it, and by its real uid.
   * @returns `undefined` when the object is gone meanwhile.
   */
  complete(
    row: FoundObject,
    sources: ReadonlySet<string>,
    session: Session,
  ): Promise<FoundObject | undefined>;
  /** How many rows are still to come, where the target tells; asks it for counts that are not known yet. */
  remaining(session: Session): Promise<number | undefined>;
  /** About how many bytes its state takes. */
  readonly weight: number;
  /** Where the listing stands: plain data, from which another one can go on. This one must not be used further. */
  state(): unknown;
}

/** A part of the target's objects that can be listed by itself, with what is true of all objects in it. */
export interface Partition {
  readonly id: string;
  /** Attribute values shared by the whole partition. */
  readonly facts: Attributes;
}

/** What to list. */
export interface ListQuery {
  readonly partitions: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** Attributes, among those of `narrowings`, that all rows must equal. */
  readonly narrowed: ReadonlyMap<string, string>;
}
