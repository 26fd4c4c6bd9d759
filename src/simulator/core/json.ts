import { parse, stringify } from 'lossless-json';

const longNumber = /\d{16}/;

/**
 * Parses JSON; whole numbers beyond 2^53 become `bigint`, so that licence codes such as 576460752303423488 keep
 * every digit. Plain parsing is used where no long number occurs.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text) as unknown;
  return parse(text, undefined, toNumber);
}

/** Writes JSON; `bigint` values are written as plain digits. */
export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // JSON.stringify refuses bigint; such values are rare, so the fast way is tried first.
    if (!(error instanceof TypeError)) throw error;
    return stringify(value) ?? 'null';
  }
}

/** A JSON object whose members are still unchecked. */
export type Unchecked = Readonly<Record<string, unknown>>;

/** The members of a value, none if it is not an object. */
export function membersOf(value: unknown): Unchecked {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked) : {};
}

function toNumber(text: string): unknown {
  const number = Number(text);
  if (Number.isSafeInteger(number) || !/^-?\d+$/.test(text)) return number;
  return BigInt(text);
}
