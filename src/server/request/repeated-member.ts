import { endOfString } from './end-of-string.js';

/**
 * Where an object of a JSON text has a member for the second time.
 *
 * `JSON.parse` keeps the last of them and tells nobody, so `{"name": "a", "name": "b"}` would do one thing and drop
 * the other.
 * @param text - valid JSON.
 * @returns position of the repeated name, undefined when all are different.
 */
export function repeatedMember(text: string): number | undefined {
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

/** @param quoted - the name as it stands in the text; one name can be written with and without escapes. */
function isRepeated(names: Set<string> | undefined, quoted: string): boolean {
  const name = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (names?.has(name) === true) return true;
  names?.add(name);
  return false;
}
