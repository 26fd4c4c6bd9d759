import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRaw } from 'node:zlib';

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)];

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Values from this size on are compressed. */
const compressedFrom = 4096;
/** No value is larger than this when it is opened, in bytes. */
const maxBytes = 64 * 2 ** 20;

/** Encrypts values for the shared state, so that it shows them to nobody who lacks the secret of the application. */
export class Sealing {
  readonly #key: Uint8Array;
  /** Tells keys of different secrets apart. */
  readonly name: string;

  /**
   * @param secret - of the application at the target.
   * @param account - makes the key one for this account only.
   */
  constructor(secret: string, account: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, account, 'shared state', 32));
    this.name = createHash('sha256').update(this.#key).digest('base64url').slice(0, 8);
  }

  /**
   * @param value - plain data.
   * @param place - the key under which it will stand. It can be opened only there.
   */
  async seal(value: unknown, place: string): Promise<string> {
    const plain = serialize(value);
    const isLong = plain.length >= compressedFrom;
    const packed = isLong ? await deflate(plain, { level: 1 }) : plain;
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.#key, iv).setAAD(Buffer.from(place));
    const body = [cipher.update(Buffer.of(isLong ? 1 : 0)), cipher.update(packed), cipher.final()];
    return Buffer.concat([iv, ...body, cipher.getAuthTag()]).toString('base64');
  }

  /** @returns `undefined` for anything that was not sealed for this place with this secret. */
  async open(sealed: unknown, place: string): Promise<unknown> {
    if (typeof sealed !== 'string') return undefined;
    const all = Buffer.from(sealed, 'base64');
    if (all.length < ivBytes + tagBytes + 1) return undefined;
    try {
      const decipher = createDecipheriv(algorithm, this.#key, all.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(place)).setAuthTag(all.subarray(-tagBytes));
      const body = all.subarray(ivBytes, -tagBytes);
      const [mark, ...rest] = [decipher.update(body), decipher.final()];
      const packed = Buffer.concat([mark.subarray(1), ...rest]);
      // Another version of Node.js may have written a form that this one does not read.
      return deserialize(mark[0] === 1 ? await inflate(packed, { maxOutputLength: maxBytes }) : packed);
    } catch {
      return undefined;
    }
  }
}
