import { Buffer } from 'node:buffer';
import { createHmac } from 'node:crypto';
import type { Random } from './random.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const alphanumerics = alphabet.slice(0, 62);
const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Reused for every id, because an account of a million users needs a million. */
const scratch = Buffer.alloc(22);
const codes = Buffer.from(alphabet);

/** An id as users, groups, sites and most other objects have it: 16 random bytes in base64url, 22 characters. */
export function createId(random: Random): string {
  // 30 bits make five characters. The last two characters hold the remaining eight of 128 bits.
  for (let start = 0; start < 20; start += 5) {
    const bits = random.bits();
    for (let place = 0; place < 5; place += 1)
      scratch[start + place] = codes[(bits >>> (place * 6)) & 63] ?? 0;
  }
  const rest = random.bits();
  scratch[20] = codes[rest & 63] ?? 0;
  scratch[21] = codes[(rest >>> 26) & 0x30] ?? 0;
  return scratch.toString('latin1');
}

/** The key of a custom attribute, for example `cbf_cywdkexrtqc73f97gd4w6g`. */
export function createAttributeKey(random: Random): string {
  return `cbf_${text(random, lowercase, 22)}`;
}

/** A page token: 35 letters and digits. It ends in the number of the next page. */
export function createPageToken(random: Random, page: number): string {
  const suffix = String(page);
  return text(random, alphanumerics, 35 - suffix.length) + suffix;
}

/** The value of the header `x-zm-trackingid`. */
export function createTrackingId(random: Random): string {
  const part = (): string => random.bits().toString(16).padStart(8, '0');
  return `v=2.0;clid=us04;rid=WEB_${part()}${part()}${part()}${part()}`;
}

/** A signed token in the form of a JWT; clients must treat it as opaque. */
export function createJwt(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${encode({ sv: '000001', alg: 'HS512', v: '2.0', kid: 'simulator' })}.${encode(claims)}`;
  return `${content}.${createHmac('sha512', secret).update(content).digest('base64url')}`;
}

function text(random: Random, letters: string, length: number): string {
  let result = '';
  for (let index = 0; index < length; index += 1) result += letters.charAt(random.below(letters.length));
  return result;
}
