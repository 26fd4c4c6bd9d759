import type { optionInfos } from '../../connid/options.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Wire, WireValue } from '../codec/wire-value.js';
import { toJson } from './values.js';

/** The name of an option in the connector. */
export type OptionName = (typeof optionInfos)[keyof typeof optionInfos][number]['name'];

/** The options of the connector under ConnId's names. */
export const optionNames: Readonly<Record<OptionName, string>> = {
  attributesToGet: 'ATTRS_TO_GET',
  returnDefaultAttributes: 'RETURN_DEFAULT_ATTRIBUTES',
  pageSize: 'PAGE_SIZE',
  pagedResultsOffset: 'PAGED_RESULTS_OFFSET',
  pagedResultsCookie: 'PAGED_RESULTS_COOKIE',
  sortKeys: 'SORT_KEYS',
  allowPartialResults: 'ALLOW_PARTIAL_RESULTS',
  allowPartialAttributeValues: 'ALLOW_PARTIAL_ATTRIBUTE_VALUES',
};

/** The options of a request, as the connector takes them. Options that it does not have are left out. */
export function givenOptions(options: Wire<'OperationOptions'> | null): Readonly<Record<string, unknown>> {
  const given = new Map<string, WireValue>();
  for (const { key, value } of options?.options?.items ?? []) {
    if (key?.kind === 'String') given.set(key.value, value);
  }
  const known = Object.entries(optionNames).flatMap(([name, wireName]) => {
    const value = given.get(wireName) ?? null;
    return value === null ? [] : [[name, optionValue(value)] as const];
  });
  return Object.fromEntries(
    known.filter(([name, value]) => !(name === 'pagedResultsCookie' && value === '')),
  );
}

function optionValue(value: Exclude<WireValue, null>): unknown {
  return value.kind === 'Array' || value.kind === 'List' ? value.items.map(listItem) : toJson(value);
}

function listItem(item: WireValue): unknown {
  if (item?.kind !== 'SortKey') return toJson(item);
  if (item.field === null) throw new ConnectorError('illegalArgument', 'A sort key has no field.');
  return { field: item.field, ascending: item.isAscending };
}
