/** What is kept of a paged walk between two of its pages. */
export interface ListingContext {
  /** The walk. */
  readonly id: string;
  /** The search it walks and whose walk it is. */
  readonly query: string;
  /** How many matches come before the first one that it can still give. */
  readonly first: number;
  /** How many come before the first one that it has not read. */
  readonly end: number;
  /** About how many bytes it takes. */
  readonly bytes: number;
  /** Plain data that can be copied and stored. */
  readonly data: unknown;
}

/**
 * Keeps listing contexts for as long as Zoom's page tokens live. A search is right without its context, only dearer, so
 * one may be forgotten at any time. Each is given out once: whoever takes it puts the next one back.
 */
export interface ListingContexts {
  put(context: ListingContext): Promise<void>;
  /** The context of a walk. */
  take(id: string): Promise<ListingContext | undefined>;
  /** Of the contexts of a search, the one from which this position is reached soonest. */
  takeNearest(query: string, position: number): Promise<ListingContext | undefined>;
}
