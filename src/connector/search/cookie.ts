import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConnectorError } from '../../connid/errors.js';

/** The position of a paged search. The caller sends it from page to page. */
interface Position {
  /** The search it belongs to. */
  readonly query: string;
  /** The walk it belongs to. */
  readonly walk: string;
  /** The number of matches that were returned. */
  readonly given: number;
  /** Digest of these matches. */
  readonly rowsDigest: string;
}

const signatureLength = 22;

/** Writes a position as a cookie. It is opaque, and signed so that callers cannot forge one. */
export function writeCookie({ given, query, rowsDigest, walk }: Position, key: Uint8Array): string {
  const payload = Buffer.from(JSON.stringify([query, walk, given, rowsDigest])).toString('base64url');
  return `${payload}.${signatureOf(payload, key)}`;
}

/**
 * Reads the position from a cookie.
 * @param query - the search the cookie must belong to.
 * @throws ConnectorError `illegalArgument` for a cookie that is broken, or belongs to another search or account.
 */
export function readCookie(cookie: string, query: string, key: Uint8Array): Position {
  const [payload = '', signature = '', ...others] = cookie.split('.');
  const expected = Buffer.from(signatureOf(payload, key));
  const received = Buffer.from(signature);
  if (others.length > 0 || received.length !== expected.length || !timingSafeEqual(received, expected)) {
    throw refused('is not a cookie of this connector');
  }
  const [of, walk, count, rowsDigest] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    string,
    string,
    number,
    string,
  ];
  if (of !== query) throw refused('belongs to another search');
  return { query, walk, given: count, rowsDigest };
}

/** The identity of a search: the same for the same account, class, filter and options. */
export function fingerprint(search: unknown, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(search))
    .digest('base64url')
    .slice(0, signatureLength);
}

function signatureOf(payload: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`cookie ${payload}`).digest('base64url').slice(0, signatureLength);
}

function refused(what: string): ConnectorError {
  return new ConnectorError('illegalArgument', `The option pagedResultsCookie ${what}.`, {
    hint: 'Send each cookie back unchanged, with the same object class, filter and options; begin again without one.',
  });
}
