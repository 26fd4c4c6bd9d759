import { parse } from 'lossless-json';
import type { Finding } from '../connid/errors.js';

/** Either the value of a JSON text, or where and why it is none. */
type ParsedJson = { readonly value: unknown } | { readonly problem: Finding };

/**
 * Parses the text of a configuration file.
 * The lossless parser does it because it always knows the position of a mistake, refuses a name given twice, and
 * never quotes more than a character of the text, which may hold secrets.
 */
export function parseJson(text: string): ParsedJson {
  const content = text.replace(/^\uFEFF/, '');
  try {
    return { value: parse(content, null, { parseNumber: Number }) };
  } catch (thrown) {
    return { problem: { path: '', message: describe(thrown, content) } };
  }
}

function describe(thrown: unknown, text: string): string {
  const message = thrown instanceof Error ? thrown.message : '';
  const found = /^(.*) at position (\d+)$/s.exec(message);
  const before = text.slice(0, Number(found?.[2] ?? 0)).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const reason = (found?.[1] ?? 'not JSON').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return `Not valid JSON at line ${before.length}, column ${column}: ${reason}.`;
}
