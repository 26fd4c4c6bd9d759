import type { Reader } from '../../connector/object-class/reading.js';
import type { Scalar, Values } from '../../connid/attribute.js';
import { ConnectorError } from '../../connid/errors.js';

/** A JSON object from Zoom. Integers beyond 2^53 are `bigint`. */
export type Json = Readonly<Record<string, unknown>>;

/** The value if it is an object, otherwise an empty one. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The value if it is a list, otherwise an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** The value at a dotted path. */
export function at(record: unknown, path: string): unknown {
  // Most paths have one member, and imports read tens of millions of them.
  if (!path.includes('.')) return asObject(record)[path];
  return path.split('.').reduce((value: unknown, member) => asObject(value)[member], record);
}

/**
 * The text at a path; `undefined` for missing, `null` and empty, Zoom's forms of "no value". Numbers become digits. Any
 * other value is `undefined`, too: values of attributes are read by {@link read}, which refuses them.
 */
export function textAt(record: unknown, path: string): string | undefined {
  const value = at(record, path);
  return isNothing(value) || !isTextual(value) ? undefined : String(value);
}

/**
 * Readers of single fields. Zoom means the same by missing, `null` and `""`: all three read as "no value". A value of
 * another JSON type is converted where it has one meaning.
 * @throws ConnectorError `connectorIO` for every other value: it would read as "no value", which it is not.
 */
export const read = {
  text: (path: string): Reader => single(path, toText),
  integer: (path: string): Reader => single(path, toInteger),
  boolean: (path: string): Reader => single(path, toBoolean),
  /** A yes or no that the attribute shows as `1` or `0`. */
  digit: (path: string): Reader => single(path, toDigit),
  /** A point in time as milliseconds since 1970. */
  milliseconds: (path: string): Reader => single(path, toMilliseconds),
  textList: (path: string): Reader => list(path, toText),
  integerList: (path: string): Reader => list(path, toInteger),
} as const;

/** Converts a value that is something to the value of an attribute. */
type Decode = (value: unknown, path: string) => Scalar;

function single(path: string, decode: Decode): Reader {
  return (record) => {
    const value = valueAt(record, path);
    return isNothing(value) ? [] : [decode(value, path)];
  };
}

function list(path: string, decode: Decode): Reader {
  return (record) => valuesOf(entriesAt(record, path), path, decode);
}

function valuesOf(entries: readonly unknown[], path: string, decode: Decode): Values {
  return entries.filter((entry) => !isNothing(entry)).map((entry) => decode(entry, path));
}

/**
 * The value at a dotted path of an attribute's record.
 * @throws ConnectorError `connectorIO` when a member on the way is something else than an object.
 */
export function valueAt(record: unknown, path: string): unknown {
  if (!path.includes('.')) return memberOf(record, path);
  return path.split('.').reduce(memberOf, record);
}

/** A member of an object, whose name may contain dots. @throws ConnectorError `connectorIO` for anything else. */
export function memberOf(value: unknown, member: string): unknown {
  if (isObject(value)) return value[member];
  if (isNothing(value)) return undefined;
  throw unreadable(member, 'stands in something else than an object');
}

/** The list at a path; none for missing, `null` and `""`. @throws ConnectorError `connectorIO` for anything else. */
export function entriesAt(record: unknown, path: string): readonly unknown[] {
  const value = valueAt(record, path);
  if (Array.isArray(value)) return value as unknown[];
  if (isNothing(value)) return [];
  throw unreadable(path, 'is no list');
}

/** The list of objects at a path. @throws ConnectorError `connectorIO` for anything else. */
export function objectsAt(record: unknown, path: string): readonly Json[] {
  return entriesAt(record, path).map((entry) => {
    if (isObject(entry)) return entry;
    throw unreadable(path, 'contains something else than objects');
  });
}

/** An answer that must be an object. @throws ConnectorError `connectorIO` for anything else. */
export function toObject(answer: unknown, what: string): Json {
  if (isObject(answer)) return answer;
  throw unreadable(`the ${what}`, 'is no object');
}

/** The error for a value that has no meaning as the value of an attribute. It does not repeat the value. */
export function unreadable(path: string, what: string): ConnectorError {
  return new ConnectorError('connectorIO', `In Zoom's answer ${path} ${what}.`, {
    hint: 'The value is not shown, because it may be personal. Look at the object in Zoom, or report it to Zoom.',
  });
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Zoom's forms of "no value". */
export function isNothing(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

function isTextual(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

const toText: Decode = (value, path) => {
  if (isTextual(value)) return String(value);
  throw unreadable(path, 'is no text');
};

const toInteger: Decode = (value, path) => {
  const number = isTextual(value) && /^-?\d+$/.test(String(value)) ? Number(value) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw unreadable(path, 'is no whole number');
};

const booleans: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

/** Zoom writes a yes or no as `true` or `1`; both may come as text. */
function toBoolean(value: unknown, path: string): boolean {
  const word = typeof value === 'boolean' || isTextual(value) ? String(value).toLowerCase() : '';
  const meaning = Object.hasOwn(booleans, word) ? booleans[word] : undefined;
  if (meaning !== undefined) return meaning;
  throw unreadable(path, 'is neither true nor false');
}

const toDigit: Decode = (value, path) => (toBoolean(value, path) ? '1' : '0');

const toMilliseconds: Decode = (value, path) => {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  if (!Number.isNaN(time)) return time;
  throw unreadable(path, 'is no point in time');
};
