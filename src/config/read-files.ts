import { parse } from 'lossless-json';
import { createHash } from 'node:crypto';
import type { Finding } from '../connid/errors.js';
import type { ReadFile } from './secrets.js';

/** File → digest of its content, or a fixed text if the file could not be read. */
export type Fingerprints = ReadonlyMap<string, string>;

const unreadable = 'unreadable';

/** Wraps a reader so that `seen` contains the fingerprint of every file it reads. */
export function fingerprinting(read: ReadFile): { readonly read: ReadFile; readonly seen: Fingerprints } {
  const seen = new Map<string, string>();
  const remember: ReadFile = async (file) => {
    seen.set(file, unreadable);
    const text = await read(file);
    seen.set(file, createHash('sha256').update(text).digest('hex'));
    return text;
  };
  return { read: remember, seen };
}

/** Reads files and returns their fingerprints. */
export async function fingerprintsOf(files: Iterable<string>, read: ReadFile): Promise<Fingerprints> {
  const reader = fingerprinting(read);
  await Promise.allSettled([...files].map(reader.read));
  return reader.seen;
}

/** True if two sets of fingerprints contain the same files with the same contents. */
export function sameFingerprints(left: Fingerprints, right: Fingerprints): boolean {
  return left.size === right.size && [...left].every(([file, digest]) => right.get(file) === digest);
}

/** The value of a JSON text, or its syntax error. */
type ParsedJson = { readonly value: unknown } | { readonly problem: Finding };

/**
 * Parses the text of a configuration file. We use the lossless parser because it always reports the position of an
 * error and refuses repeated names. The message quotes at most one character of the text, which may contain secrets.
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
  const reason = unquoted(found?.[1] ?? 'not JSON')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r');
  return `Not valid JSON at line ${before.length}, column ${column}: ${reason}.`;
}

/** Removes what the parser quotes beyond a character: a repeated name, or the beginning of a number. */
function unquoted(reason: string): string {
  return reason
    .replace(/^Duplicate key '.*' encountered$/s, 'An object has this name twice')
    .replace(/^Invalid number '.*', /s, 'Invalid number, ');
}
