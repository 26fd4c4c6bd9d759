import { createHash, timingSafeEqual } from 'node:crypto';

import type { Caller, Scope, TokenVerifier } from './authenticate.js';

/** A token as the configuration knows it: only its digest. */
interface BearerToken {
  readonly name: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
}

/** The digest of a token as `connector.json` stores it. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Knows callers by the digests of their tokens. Every entry is compared, so that time tells nothing. */
export function bearerTokenVerifier(tokens: readonly BearerToken[]): TokenVerifier {
  const entries = tokens.map(({ sha256, name, scopes }) => ({
    digest: Buffer.from(sha256, 'hex'),
    caller: { name, scopes },
  }));
  return (token) => {
    const presented = Buffer.from(tokenDigest(token), 'hex');
    let known: Caller | undefined;
    for (const { digest, caller } of entries) if (same(digest, presented)) known = caller;
    return known;
  };
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
