import { parse, stringify } from 'lossless-json';

const longNumber = /\d{16}/;

/**
 * Parses JSON. Whole numbers beyond 2^53 become `bigint`, so that licence codes such as 576460752303423488 keep
 * every digit. Texts without long numbers take the faster built-in parser.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text) as unknown;
  return parse(text, undefined, toNumber);
}

/** Writes JSON, with `bigint` values as plain digits. */
export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // JSON.stringify refuses bigint. Such values are rare, so we try the fast function first.
    if (!(error instanceof TypeError)) throw error;
    return stringify(value) ?? 'null';
  }
}

/** A JSON object whose members are still unchecked. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** The members of an object; empty for any other value. */
export function membersOf(value: unknown): Unchecked {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked) : {};
}

function toNumber(text: string): unknown {
  const number = Number(text);
  if (Number.isSafeInteger(number) || !/^-?\d+$/.test(text)) return number;
  return BigInt(text);
}

/** The member names in a JSON pointer, outermost first. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at the end of a path of member names; undefined where the path does not exist. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part: unknown, name) => membersIn(part)?.[name], value);
}

/**
 * Copies a value and replaces the member at the end of a path, or removes it for `undefined`. A path that does not
 * exist changes nothing.
 */
export function withValueAt(value: unknown, [name, ...rest]: readonly string[], next: unknown): unknown {
  const members = membersIn(value);
  if (members === undefined || name === undefined || !(name in members)) return value;
  const entries = Object.entries(members).map(([key, member]): [string, unknown] => {
    if (key !== name) return [key, member];
    return [key, rest.length === 0 ? next : withValueAt(member, rest, next)];
  });
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

function membersIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** A copy of an object without some of its members. */
export function without<T extends object, K extends keyof T>(object: T, ...names: readonly K[]): Omit<T, K> {
  const copy = { ...object };
  for (const name of names) Reflect.deleteProperty(copy, name);
  return copy;
}
