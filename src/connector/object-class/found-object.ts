import type { Overlay } from '../writes/recent-writes.js';

/**
 * An object as the target's records tell it; each record under the name of the source it came from, `null` where the
 * source was read and has nothing about the object.
 */
export interface FoundObject {
  readonly uid: string;
  readonly name: string;
  readonly records: ReadonlyMap<string, unknown>;
  /** What was written to it lately; beats what the records tell. */
  readonly written?: Overlay;
}

/** An object by its class and uid. */
export interface ObjectName {
  readonly objectClass: string;
  readonly uid: string;
}
