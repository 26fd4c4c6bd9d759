import type { ListingContext, ListingContexts } from '../ports.js';

/** Limits for the contexts in memory. */
interface ContextBounds {
  readonly maxBytes: number;
  readonly maxCount: number;
  /** Milliseconds to keep a context: as long as the page tokens of the target are valid. */
  readonly lifeMs: number;
}

const defaultBounds: ContextBounds = { maxBytes: 256 * 2 ** 20, maxCount: 1000, lifeMs: 15 * 60_000 };

interface Entry {
  readonly context: ListingContext;
  readonly expiresAt: number;
}

/**
 * Listing contexts of one process. When they are too many or too large, the oldest are forgotten first.
 * @param now - returns milliseconds.
 */
export function createMemoryListingContexts(
  now: () => number,
  bounds: ContextBounds = defaultBounds,
): ListingContexts {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const remove = (id: string): ListingContext | undefined => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    entries.delete(id);
    bytes -= entry.context.bytes;
    return entry.context;
  };
  const trim = (): void => {
    for (const [id, { expiresAt }] of entries) {
      if (expiresAt > now() && bytes <= bounds.maxBytes && entries.size <= bounds.maxCount) return;
      remove(id);
    }
  };
  return {
    put: (context) => {
      remove(context.id);
      entries.set(context.id, { context, expiresAt: now() + bounds.lifeMs });
      bytes += context.bytes;
      trim();
      return Promise.resolve();
    },
    take: (id) => {
      trim();
      return Promise.resolve(remove(id));
    },
    takeNearest: (query, position) => {
      trim();
      const contexts = [...entries.values()].map(({ context }) => context);
      const usable = contexts.filter((context) => context.query === query && context.first <= position);
      const nearest = usable.reduceRight<ListingContext | undefined>(
        (best, context) =>
          best === undefined || missing(context, position) < missing(best, position) ? context : best,
        undefined,
      );
      return Promise.resolve(nearest === undefined ? undefined : remove(nearest.id));
    },
  };
}

/** The number of matches to pass over until the position is reached. */
function missing({ end }: ListingContext, position: number): number {
  return Math.max(0, position - end);
}
