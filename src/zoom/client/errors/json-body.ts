import { stringify } from 'lossless-json';
import { GuardedString } from '../../../connid/guarded-string.js';
import { outlineOf } from './json-outline.js';
import { parseLossless } from './lossless-parse.js';

/** The body of an answer: nothing, JSON, or anything else (pages of proxies, truncated answers). */
export type AnswerBody =
  | { readonly type: 'empty' }
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'other' };

/** Zoom nests a few levels. Far deeper JSON would exhaust the stack of the code that walks through it. */
const maxLevels = 100;

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
    // Most answers are short: then these looks cost less than an outline.
    const isPlain = !hasMoreThan(maxLevels, text) && !longDigits.test(text);
    return isPlain ? { type: 'json', value: JSON.parse(text) } : readOutlined(text);
  } catch {
    return { type: 'other' };
  }
}

/** @throws SyntaxError for a text that is no JSON. */
function readOutlined(text: string): AnswerBody {
  const outline = outlineOf(text, maxLevels);
  return outline === undefined ? { type: 'other' } : { type: 'json', value: parseLossless(text, outline) };
}

/**
 * Writes the body of a request: `bigint` digit by digit, and secrets revealed, which happens only here.
 * @returns `undefined` when there is no body.
 */
export function writeBody(value: unknown): string | undefined {
  return value === undefined ? undefined : stringify(revealed(value));
}

/** True if a text opens more lists and objects than this, nested or not. It looks into texts, too, but is fast. */
function hasMoreThan(count: number, text: string): boolean {
  let seen = 0;
  for (const mark of ['{', '[']) {
    for (let at = text.indexOf(mark); at >= 0 && seen <= count; at = text.indexOf(mark, at + 1)) seen += 1;
  }
  return seen > count;
}

function revealed(value: unknown): unknown {
  if (value instanceof GuardedString) return value.reveal();
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealed(member)]));
}
