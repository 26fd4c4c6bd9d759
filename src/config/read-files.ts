import { parse } from 'lossless-json';
import { createHash } from 'node:crypto';
import type { Finding } from '../connid/errors.js';
import type { ReadFile } from './secrets.js';

/** File → digest of its content; a file that could not be read has a digest of its own. */
export type Fingerprints = ReadonlyMap<string, string>;

const unreadable = 'unreadable';

/** A reader that remembers the fingerprint of every file it was asked for. */
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

/** The present fingerprints of some files. */
export async function fingerprintsOf(files: Iterable<string>, read: ReadFile): Promise<Fingerprints> {
  const reader = fingerprinting(read);
  await Promise.allSettled([...files].map(reader.read));
  return reader.seen;
}

/** Whether two sets of fingerprints name the same files with the same contents. */
export function sameFingerprints(left: Fingerprints, right: Fingerprints): boolean {
  return left.size === right.size && [...left].every(([file, digest]) => right.get(file) === digest);
}

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
