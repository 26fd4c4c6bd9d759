import type { Session } from '../session.js';
import type { Match } from './match.js';

/** How many matches are wanted, and whether they may be all that is ever asked for. */
export interface Want {
  readonly count: number;
  readonly firstPage: boolean;
}

/** Where the matching objects of a search come from, in an order that is the same each time. */
export interface MatchSource {
  /** Whether there is nothing more to come. */
  readonly done: boolean;
  /**
   * Reads on. A call that fails leaves the source where it was.
   * @param want - what the caller can use; more may come, fewer or none does not mean the end.
   */
  read(want: Want, session: Session): Promise<readonly Match[]>;
  /**
   * Passes over matches without reading them in full.
   * @returns the marks of at most `count` matches that were passed over.
   */
  pass(count: number, session: Session): Promise<readonly string[]>;
  /** How many matches are to come, where that is known. */
  remaining(session: Session): Promise<number | undefined>;
  /** About how many bytes its state takes. */
  readonly weight: number;
  /** Where the source stands: plain data, from which another one can go on. This one must not be used further. */
  state(): unknown;
}
