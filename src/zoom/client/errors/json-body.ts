import { isInteger, parse, stringify } from 'lossless-json';
import { GuardedString } from '../../../connid/guarded-string.js';

/** The body of an answer: nothing, JSON, or anything else (pages of proxies, truncated answers). */
export type AnswerBody =
  | { readonly type: 'empty' }
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'other' };

/** May be an integer beyond the safe range; without such digits the built-in parser is exact. */
const longDigits = /\d{16}/;

/** Zoom nests a few levels. Far deeper JSON would exhaust the stack of the code that walks through it. */
const maxLevels = 100;

/**
 * Reads the body of an answer without loss of digits.
 * @returns integers beyond the safe range as `bigint`, all other numbers as `number`. Never throws.
 */
export function readBody(text: unknown): AnswerBody {
  if (text === undefined || text === null) return { type: 'empty' };
  if (typeof text !== 'string') return { type: 'other' };
  if (text.trim() === '') return { type: 'empty' };
  if (isTooDeep(text)) return { type: 'other' };
  try {
    const value: unknown = longDigits.test(text) ? parse(text, null, readNumber) : JSON.parse(text);
    return { type: 'json', value };
  } catch {
    return { type: 'other' };
  }
}

/**
 * Writes the body of a request: `bigint` digit by digit, and secrets revealed, which happens only here.
 * @returns `undefined` when there is no body.
 */
export function writeBody(value: unknown): string | undefined {
  return value === undefined ? undefined : stringify(revealed(value));
}

/** Units of UTF-16. */
const [quote, backslash, opening, closing] = [0x22, 0x5c, [0x5b, 0x7b], [0x5d, 0x7d]] as const;

/** True if the text nests deeper than we read. The text may be no JSON. */
function isTooDeep(text: string): boolean {
  return hasMoreThan(maxLevels, text) && levelsExceed(maxLevels, text);
}

/** True if a text opens more lists and objects than this, nested or not. It looks into texts, too, but is fast. */
function hasMoreThan(count: number, text: string): boolean {
  let seen = 0;
  for (const mark of ['{', '[']) {
    for (let at = text.indexOf(mark); at >= 0 && seen <= count; at = text.indexOf(mark, at + 1)) seen += 1;
  }
  return seen > count;
}

function levelsExceed(max: number, text: string): boolean {
  let levels = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === quote) index = endOfString(text, index);
    else if (unit === opening[0] || unit === opening[1]) levels += 1;
    else if (unit === closing[0] || unit === closing[1]) levels -= 1;
    if (levels > max) return true;
  }
  return false;
}

/** The index of the quote that ends the string which begins at a quote; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((end - first) % 2 === 0) return end;
  }
  return text.length;
}

function readNumber(text: string): number | bigint {
  const number = Number(text);
  return isInteger(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

function revealed(value: unknown): unknown {
  if (value instanceof GuardedString) return value.reveal();
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealed(member)]));
}
