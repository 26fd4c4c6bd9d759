import { createHash } from 'node:crypto';
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
