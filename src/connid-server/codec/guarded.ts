import { createCipheriv, createDecipheriv } from 'node:crypto';
import { WireError } from './wire-value.js';

/** Key and initialisation vector are part of ConnId's framework, the same everywhere. They keep nothing secret. */
const key = Buffer.from('23658722597854436405' + '6abd34a23457', 'hex');
const vector = Buffer.from('51652223' + '64056abe' + '51652223' + '64056abe', 'hex');

/** The bytes of a guarded string. */
export function sealText(text: string): Uint8Array {
  const cipher = createCipheriv('aes-128-cbc', key, vector);
  return Buffer.concat([cipher.update(Buffer.from(text, 'utf16le').swap16()), cipher.final()]);
}

/**
 * The text of a guarded string.
 * @throws WireError for bytes that are none.
 */
export function openText(sealed: Uint8Array): string {
  const decipher = createDecipheriv('aes-128-cbc', key, vector);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
      .swap16()
      .toString('utf16le');
  } catch {
    throw new WireError('A guarded string cannot be decrypted');
  }
}
