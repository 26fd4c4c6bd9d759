import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose';

/** Maximum size of a key document in bytes; those of large issuers have some 20 kB. */
export const maxKeyDocumentBytes = 262_144;
/** Maximum number of keys in a document. */
export const maxKeys = 100;
/** RFC 7518 requires this size of RSA keys. */
const minRsaBits = 2048;

/** The public keys of an issuer. */
export interface KeySet {
  /**
   * The key that a token names in its header.
   * @throws a `JOSEError`, `JWKSNoMatchingKey` if the issuer has no such key.
   */
  readonly find: JWTVerifyGetKey;
  /** Number of keys that may verify tokens, and of keys left out. */
  readonly usable: number;
  readonly leftOut: number;
}

/** A key document that cannot be used. Its message contains nothing of the document. */
export class KeyDocumentError extends Error {
  override readonly name = 'KeyDocumentError';
}

/**
 * Reads a JWK set (RFC 7517). Leaves out keys that must not verify tokens: secret or private ones, those for encryption,
 * and RSA keys of less than 2048 bits.
 * @throws KeyDocumentError if the text is no JWK set, too large, or has no usable key.
 */
export function readKeySet(text: string): KeySet {
  if (Buffer.byteLength(text) > maxKeyDocumentBytes) {
    throw new KeyDocumentError(`it has more than ${maxKeyDocumentBytes} bytes`);
  }
  const listed = keysIn(text);
  if (listed.length > maxKeys) throw new KeyDocumentError(`it has more than ${maxKeys} keys`);
  const keys = listed.filter(verifies);
  if (keys.length === 0) throw new KeyDocumentError('it has no key that may verify tokens');
  return { find: createLocalJWKSet({ keys }), usable: keys.length, leftOut: listed.length - keys.length };
}

function keysIn(text: string): unknown[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new KeyDocumentError('it is not JSON');
  }
  const keys = isObject(document) ? document['keys'] : undefined;
  if (!Array.isArray(keys)) throw new KeyDocumentError('it has no list "keys"');
  return keys as unknown[];
}

function verifies(key: unknown): key is JWK {
  if (!isObject(key) || 'd' in key) return false;
  if (key['use'] !== undefined && key['use'] !== 'sig') return false;
  if (key['kty'] === 'RSA') return bitsOf(key['n']) >= minRsaBits;
  return key['kty'] === 'EC' || key['kty'] === 'OKP';
}

/** The length of a number in base64url, in bits. */
function bitsOf(modulus: unknown): number {
  if (typeof modulus !== 'string') return 0;
  return BigInt(`0x${Buffer.from(modulus, 'base64url').toString('hex') || '0'}`).toString(2).length;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
