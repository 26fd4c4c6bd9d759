import { isInteger, parse, stringify } from 'lossless-json';
import { GuardedString } from '../../../connid/guarded-string.js';

/** The body of an answer: nothing, JSON, or anything else (pages of proxies, truncated answers). */
export type AnswerBody =
  | { readonly type: 'empty' }
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'other' };

/** May be an integer beyond the safe range; without such digits the built-in parser is exact. */
const longDigits = /\d{16}/;

/**
 * Reads the body of an answer without loss of digits.
 * @returns integers beyond the safe range as `bigint`, all other numbers as `number`. Never throws.
 */
export function readBody(text: unknown): AnswerBody {
  if (text === undefined || text === null) return { type: 'empty' };
  if (typeof text !== 'string') return { type: 'other' };
  if (text.trim() === '') return { type: 'empty' };
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
