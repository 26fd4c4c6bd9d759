import { canonicalValue, type Scalar } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';
import { compareValues } from '../../connid/evaluate-filter.js';
import type { SortKey } from '../../connid/options.js';
import type { ObjectClass } from '../object-class/object-class.js';
import type { Match, ReadMatch } from './match.js';
import type { LoopTurns } from '../loop-turns.js';
import type { SearchLimits, SearchQuery } from './search-query.js';
import { sortInTurns } from './sort-in-turns.js';

interface Sortable extends Match {
  readonly keys: readonly (Scalar | undefined)[];
}

/**
 * Reads all matches and sorts them. Objects without a value come last in ascending and first in descending order (as
 * in SCIM, RFC 7644 section 3.4.2.3). Objects that are equal by all keys stay in the target's order.
 * @throws ConnectorError `unsupported` for more than `maxSortedResults` matches.
 */
export async function sortMatches(
  { objectClass, options: { sortKeys } }: Pick<SearchQuery, 'objectClass' | 'options'>,
  matches: AsyncIterable<ReadMatch>,
  {
    maxSortedResults,
    turns,
  }: Pick<SearchLimits, 'maxSortedResults'> & { readonly turns: LoopTurns | undefined },
): Promise<readonly Match[]> {
  const sortable: Sortable[] = [];
  for await (const { attributes, rowKey, object } of matches) {
    checkSortable(sortable.length + 1, { maxSortedResults });
    const special: Readonly<Record<string, Scalar>> = { __UID__: object.uid, __NAME__: object.name };
    const keys = sortKeys.map(({ field }) => {
      const value = special[field] ?? attributes.get(field)?.[0];
      return value === undefined ? undefined : canonicalValue(objectClass.view.declarationOf(field), value);
    });
    sortable.push({ rowKey, object, keys });
  }
  const compare = (left: Sortable, right: Sortable) => compareKeys(objectClass, sortKeys, left, right);
  const sorted = await sortInTurns(sortable, { compare, turns });
  return sorted.map(({ rowKey, object }) => ({ rowKey, object }));
}

/**
 * Refuses to sort a search with more than `maxSortedResults` results.
 * @param count - the number of results, if known.
 * @throws ConnectorError `unsupported`
 */
export function checkSortable(
  count: number | undefined,
  { maxSortedResults }: Pick<SearchLimits, 'maxSortedResults'>,
): void {
  if (count !== undefined && count > maxSortedResults) throw tooMany(maxSortedResults);
}

/**
 * Refuses sort keys that give no order: attributes that are multi-valued or never returned.
 * @throws ConnectorError `illegalArgument`
 */
export function checkSortKeys({ view }: ObjectClass, sortKeys: readonly SortKey[]): void {
  for (const { field } of sortKeys) {
    const { multiValued, readable } = view.declarationOf(field);
    const reason =
      readable === false
        ? 'it is never returned'
        : multiValued === true
          ? 'it has several values'
          : undefined;
    if (reason === undefined) continue;
    const message = `The option sortKeys cannot use ${view.publicName(field)}, because ${reason}.`;
    throw new ConnectorError('illegalArgument', message);
  }
}

function compareKeys(
  { view }: ObjectClass,
  sortKeys: readonly SortKey[],
  left: Sortable,
  right: Sortable,
): number {
  for (const [index, { ascending, field }] of sortKeys.entries()) {
    const [a, b] = [left.keys[index], right.keys[index]];
    const order =
      a === undefined || b === undefined
        ? Number(a === undefined) - Number(b === undefined)
        : compareValues(view.declarationOf(field), a, b);
    if (order !== 0) return ascending ? order : -order;
  }
  return 0;
}

function tooMany(maxSortedResults: number): ConnectorError {
  return new ConnectorError(
    'unsupported',
    `The search has more than ${maxSortedResults} results, too many to be sorted.`,
    { hint: 'Narrow the filter, leave sortKeys out, or raise results.maxSortedResults.' },
  );
}
