import { createHash, timingSafeEqual } from 'node:crypto';
import type { GuardedString } from '../../connid/guarded-string.js';
import { openText } from '../codec/guarded.js';
import { type Wire, WireError } from '../codec/wire-value.js';

/** Returns the name of the key that a host presents; `undefined` if there is no such key. */
export type KeyVerifier = (presented: Wire<'GuardedString'>) => string | undefined;

/**
 * Verifies keys by their digests. It always compares every key, so that the duration reveals nothing. Keys are named by
 * their place in the configuration: `key 1`, `key 2`.
 */
export function keyVerifier(keys: readonly GuardedString[]): KeyVerifier {
  const known = keys.map((key, index) => ({ digest: digestOf(key.reveal()), name: `key ${index + 1}` }));
  return (presented) => {
    const digest = digestOf(textOf(presented));
    const matching = known.filter((key) => timingSafeEqual(key.digest, digest));
    return matching[0]?.name;
  };
}

/** A key that cannot be decrypted is as wrong as another; it is no key, since none is empty. */
function textOf({ value }: Wire<'GuardedString'>): string {
  try {
    return openText(value);
  } catch (error) {
    if (error instanceof WireError) return '';
    throw error;
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf16le').digest();
}
