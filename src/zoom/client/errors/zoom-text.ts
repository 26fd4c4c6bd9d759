import { GuardedString } from '../../../connid/guarded-string.js';

/** Marks the end of a text that is not complete. */
const cutMark = '…';

const cutMarkBytes = Buffer.byteLength(cutMark);

/**
 * A text of Zoom in at most so many bytes of UTF-8; a longer one ends with a mark. The result does not keep the whole
 * text in memory.
 */
export function cut(text: string, maxBytes: number): string {
  const { whole } = beginning(text, maxBytes);
  return whole ? text : beginning(text, maxBytes - cutMarkBytes).start + cutMark;
}

/** The characters of a text that fit into so many bytes. */
function beginning(text: string, maxBytes: number): { readonly start: string; readonly whole: boolean } {
  const bytes = new Uint8Array(maxBytes);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  return { start: new TextDecoder().decode(bytes.subarray(0, written)), whole: read === text.length };
}

/** A text of Zoom with a mask in place of each secret. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((masked, secret) => masked.replaceAll(secret, GuardedString.mask), text);
}
