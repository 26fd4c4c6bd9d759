import type { Filter } from '../../connid/filter.js';
import type { AttributeOptions, SearchOptions } from '../../connid/options.js';
import type { ObjectClass } from '../object-class/object-class.js';
import { returnedByDefault } from '../object-class/reading.js';

/** Limits of a search, from the configuration. */
export interface SearchLimits {
  /** The number of objects to read at the same time. */
  readonly maxConcurrency: number;
  /** The number of rows that a sorted search may have. */
  readonly maxSortedResults: number;
}

/** A search after validation. */
export interface SearchQuery {
  readonly objectClass: ObjectClass;
  readonly filter: Filter | undefined;
  readonly options: SearchOptions;
  /** True if a listing returns by default also attributes that the list does not contain. */
  readonly deepListing: boolean;
}

/**
 * The attributes that a search returns: the named ones, or the default ones, or both with `returnDefaultAttributes`.
 * The set does not contain `__UID__` and `__NAME__`: every object has them.
 * @param deep - adds attributes of `deep` sources to the default set.
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
