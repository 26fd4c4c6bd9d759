import { parse as parseStrictly } from 'lossless-json';
import { ConnectorError } from '../../connid/errors.js';

/** Index of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text[index];
    if (char === '"') return index;
    if (char === '\\') index++;
  }
  return text.length;
}

/**
 * Finds a member that an object of a JSON text has twice.
 *
 * `JSON.parse` silently keeps the last of them: `{"name": "a", "name": "b"}` would lose the first value.
 * @param text - valid JSON.
 * @returns position of the repeated name; `undefined` if all names are different.
 */
function repeatedMember(text: string): number | undefined {
  const open: Set<string>[] = [];
  let start = 0;
  let end = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '"') {
      start = index;
      index = end = endOfString(text, index);
    } else if (char === '{') open.push(new Set());
    else if (char === '}') open.pop();
    else if (char === ':' && isRepeated(open.at(-1), text.slice(start, end + 1))) return start;
  }
  return undefined;
}

/** @param quoted - the name as written in the text, with or without escapes. */
function isRepeated(names: Set<string> | undefined, quoted: string): boolean {
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (names?.has(name) === true) return true;
  names?.add(name);
  return false;
}

/** Maximum nesting of lists and objects. No valid request needs more; a deeper one is a mistake or an attack. */
export const maxNesting = 64;

/**
 * Parses the JSON of a request.
 * @throws ConnectorError of kind `illegalArgument` with the position of the error. It does not quote the text, which
 * may contain a password.
 */
export function parseJsonText(text: string): unknown {
  assertNesting(text);
  const value = parsed(text);
  assertDistinctMembers(text);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ConnectorError('illegalArgument', `The body is not valid JSON${whereBroken(text)}.`);
  }
}

function assertDistinctMembers(text: string): void {
  const position = repeatedMember(text);
  if (position === undefined) return;
  throw new ConnectorError(
    'illegalArgument',
    `An object of the body has a member twice${place(text, position)}.`,
  );
}

function assertNesting(text: string): void {
  if (nesting(text) <= maxNesting) return;
  throw new ConnectorError('illegalArgument', `The body is nested more than ${maxNesting} levels deep.`);
}

/** The deepest level of lists and objects. A plain loop, because hostile text can make a regular expression slow. */
export function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    if (char === '"') index = endOfString(text, index);
    else if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if (char === ']' || char === '}') depth--;
  }
  return deepest;
}

/**
 * The place of a syntax error, from a second parser: `JSON.parse` of Node.js 20 does not always report a position, and
 * quotes the text.
 */
function whereBroken(text: string): string {
  const position = brokenPosition(text);
  return position === undefined ? '' : place(text, position);
}

function place(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return ` at line ${before.length}, column ${column} (position ${position})`;
}

function brokenPosition(text: string): number | undefined {
  try {
    parseStrictly(text, null, { onDuplicateKey: ({ newValue }) => newValue });
    return undefined;
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)$/.exec(error.message)?.[1] : undefined;
    return position === undefined ? undefined : Number(position);
  }
}
