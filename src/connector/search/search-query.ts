import type { Filter } from '../../connid/filter.js';
import type { AttributeOptions, SearchOptions } from '../../connid/options.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { returnedByDefault } from '../object-class/reading.js';

/** What bounds a search; from the configuration. */
export interface SearchLimits {
  /** How many objects are read at the same time. */
  readonly maxConcurrency: number;
  /** How many rows a sorted search may have. */
  readonly maxSortedResults: number;
}

/** A search after validation. */
export interface SearchQuery {
  readonly objectClass: ObjectClass;
  readonly filter: Filter | undefined;
  readonly options: SearchOptions;
  /** Whether a listing returns attributes beyond those of the list by default. */
  readonly deepListing: boolean;
}

/**
 * The attributes a search returns: those asked for, or the default ones, or both with `returnDefaultAttributes`.
 * `__UID__` and `__NAME__` always come and are not listed.
 * @param deep - whether the default set goes beyond what listings tell.
 */
export function selectAttributes(
  objectClass: ObjectClass,
  options: AttributeOptions,
  deep: boolean,
): ReadonlySet<string> {
  const { attributesToGet, returnDefaultAttributes } = options;
  const named = attributesToGet ?? [];
  const defaults =
    attributesToGet !== undefined && !returnDefaultAttributes
      ? []
      : objectClass.view
          .attributes()
          .map(({ name }) => name)
          .filter((name) => returnedByDefault(objectClass.read.table, name, deep));
  return new Set([...named, ...defaults].filter((name) => name !== '__UID__' && name !== '__NAME__'));
}
