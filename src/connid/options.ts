import { ConnectorError } from './errors.js';
import type { ObjectClassView } from './object-class-view.js';

/** Attribute to sort by, and the direction. */
export interface SortKey {
  readonly field: string;
  readonly ascending: boolean;
}

/** Options that select the returned attributes, by declared names. */
export interface AttributeOptions {
  /** Absent if the request does not contain it or its list is empty. */
  readonly attributesToGet?: readonly string[];
  readonly returnDefaultAttributes: boolean;
}

/** The checked options of a search. */
export interface SearchOptions extends AttributeOptions {
  /** Absent if the search is not paged. */
  readonly pageSize?: number;
  /** 1-based index of the first result. */
  readonly pagedResultsOffset?: number;
  readonly pagedResultsCookie?: string;
  readonly sortKeys: readonly SortKey[];
  readonly allowPartialAttributeValues: boolean;
}

/**
 * The options that the schema advertises, with ConnId's types. Get and search have `attributes`; only search has the
 * others.
 */
export const optionInfos = {
  attributes: [
    { name: 'attributesToGet', type: 'String[]' },
    { name: 'returnDefaultAttributes', type: 'Boolean' },
  ],
  /** Advertised only if the configuration says so. */
  paging: [
    { name: 'pageSize', type: 'Integer' },
    { name: 'pagedResultsOffset', type: 'Integer' },
    { name: 'pagedResultsCookie', type: 'String' },
  ],
  search: [
    { name: 'sortKeys', type: 'SortKey[]' },
    { name: 'allowPartialResults', type: 'Boolean' },
    { name: 'allowPartialAttributeValues', type: 'Boolean' },
  ],
} as const;

/**
 * Reads the options of a get, which select the returned attributes. Other options are ignored, as in the framework.
 * @param tolerant - unknown attributes are left out instead of refused.
 * @throws ConnectorError `illegalArgument` for a value of the wrong type, `invalidAttributeValue` for an unknown
 * attribute.
 */
export function readGetOptions(
  view: ObjectClassView,
  json: Readonly<Record<string, unknown>> = {},
  tolerant = false,
): AttributeOptions {
  return readAttributeOptions(view, optionReader(json), tolerant);
}

/**
 * Reads the options of a search. Unknown options are ignored, as in the framework.
 * @param tolerant - unknown attributes to get are left out instead of refused.
 * @throws ConnectorError `illegalArgument` for a value of the wrong type or options that contradict each other,
 * `invalidAttributeValue` for an unknown attribute.
 */
export function readSearchOptions(
  view: ObjectClassView,
  json: Readonly<Record<string, unknown>> = {},
  tolerant = false,
): SearchOptions {
  const read = optionReader(json);
  return {
    ...readAttributeOptions(view, read, tolerant),
    ...readPaging(read),
    sortKeys: readSortKeys(view, read.list('sortKeys')),
    allowPartialAttributeValues: read.boolean('allowPartialAttributeValues'),
  };
}

function readAttributeOptions(
  view: ObjectClassView,
  read: OptionReader,
  tolerant: boolean,
): AttributeOptions {
  const typed = read.list('attributesToGet').map(attributeName);
  const places = [...typed.entries()].filter(([, name]) => !tolerant || view.find(name) !== undefined);
  const named = places.map(
    ([index, name]) => view.resolve(name, `item ${index + 1} of attributesToGet`).name,
  );
  return {
    ...(typed.length > 0 && { attributesToGet: [...new Set(named)] }),
    returnDefaultAttributes: read.boolean('returnDefaultAttributes'),
  };
}

type PagingOptions = Pick<SearchOptions, 'pageSize' | 'pagedResultsOffset' | 'pagedResultsCookie'>;

/** An offset below 1 counts as absent, because Syncope sends -1 together with a cookie. A size of 0 means unpaged. */
function readPaging(read: OptionReader): PagingOptions {
  const size = read.integer('pageSize') ?? 0;
  const offset = read.integer('pagedResultsOffset') ?? 0;
  const cookie = read.string('pagedResultsCookie');
  if (size < 0) throw illegal('pageSize', 'must not be negative');
  if (cookie !== undefined && offset >= 1) {
    throw illegal('pagedResultsOffset', 'cannot be combined with pagedResultsCookie');
  }
  return {
    ...(size > 0 && { pageSize: size }),
    ...(offset >= 1 && { pagedResultsOffset: offset }),
    ...(cookie !== undefined && { pagedResultsCookie: cookie }),
  };
}

interface OptionReader {
  list(name: string): readonly unknown[];
  integer(name: string): number | undefined;
  string(name: string): string | undefined;
  boolean(name: string): boolean;
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

function optionReader(json: Readonly<Record<string, unknown>>): OptionReader {
  const typed = <T>(name: string, words: string, test: (value: unknown) => value is T): T | undefined => {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value === undefined || value === null) return undefined;
    if (!test(value)) throw illegal(name, `must be ${words}`);
    return value;
  };
  return {
    list: (name) => typed(name, 'a list', isList) ?? [],
    integer: (name) => typed(name, 'a whole number', isInteger),
    string: (name) => typed(name, 'a string that is not empty', isText),
    boolean: (name) => typed(name, 'true or false', isBoolean) ?? false,
  };
}

function attributeName(name: unknown): string {
  if (typeof name === 'string') return name;
  throw illegal('attributesToGet', 'must be a list of attribute names');
}

/** Refuses repeated keys: the second one has no effect, and each one costs a comparison of every pair of rows. */
function readSortKeys(view: ObjectClassView, json: readonly unknown[]): readonly SortKey[] {
  const keys = new Map<string, SortKey>();
  for (const [index, item] of json.entries()) {
    const key = readSortKey(view, item, index);
    if (keys.has(key.field)) throw illegal('sortKeys', `names ${view.publicName(key.field)} twice`);
    keys.set(key.field, key);
  }
  return [...keys.values()];
}

function readSortKey(view: ObjectClassView, json: unknown, index: number): SortKey {
  const key = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const { field, ascending = true } = key;
  if (typeof field !== 'string' || typeof ascending !== 'boolean') {
    throw illegal('sortKeys', 'must be a list of {field, ascending}');
  }
  return { field: view.resolve(field, `item ${index + 1} of sortKeys`).name, ascending };
}

function illegal(option: string, what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `The option ${option} ${what}.`);
}
