import type { Reader } from '../../connector/object-class/reading.js';
import type { Scalar, Values } from '../../connid/attribute.js';

/** A JSON object from Zoom. Integers beyond 2^53 are `bigint`. */
export type Json = Readonly<Record<string, unknown>>;

/** The value if it is an object, otherwise an empty one. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
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

/** The text at a path; `undefined` for missing, `null` and empty, Zoom's forms of "no value". Numbers become digits. */
export function textAt(record: unknown, path: string): string | undefined {
  return toText(at(record, path));
}

/** Readers of single fields. Zoom means the same by missing, `null` and `""`: all three read as "no value". */
export const read = {
  text: (path: string): Reader => single(path, toText),
  integer: (path: string): Reader => single(path, toInteger),
  boolean: (path: string): Reader => single(path, toBoolean),
  /** A point in time as milliseconds since 1970. */
  milliseconds: (path: string): Reader => single(path, toMilliseconds),
  textList: (path: string): Reader => list(path, toText),
  integerList: (path: string): Reader => list(path, toInteger),
} as const;

function single(path: string, decode: (value: unknown) => Scalar | undefined): Reader {
  return (record) => present(decode(at(record, path)));
}

function list(path: string, decode: (value: unknown) => Scalar | undefined): Reader {
  return (record) => asList(at(record, path)).flatMap((value) => present(decode(value)));
}

function present(value: Scalar | undefined): Values {
  return value === undefined ? [] : [value];
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

function toInteger(value: unknown): number | undefined {
  const text = toText(value);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function toBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function toMilliseconds(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
