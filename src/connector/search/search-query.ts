import type { Filter } from '../../connid/filter.js';
import type { SearchOptions } from '../../connid/options.js';
import type { ObjectClass } from '../object-class/object-class.js';

/** A search after validation. */
export interface SearchQuery {
  readonly objectClass: ObjectClass;
  readonly filter: Filter | undefined;
  readonly options: SearchOptions;
  /** Whether a listing returns attributes beyond those of the list by default. */
  readonly deepListing: boolean;
}
