import { createHash, timingSafeEqual } from 'node:crypto';

import type { Caller, Scope, TokenVerifier } from './authenticate.js';

/** A token in the configuration, which contains only its digest. */
interface BearerToken {
  readonly name: string;
  /** SHA-256 of the token, hexadecimal. */
  readonly sha256: string;
  readonly scopes: readonly Scope[];
  readonly connectors?: readonly string[];
}

/** The digest of a token for `connector.json`: SHA-256, hexadecimal. */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Verifies tokens by their digests. It always compares every entry, so that the duration reveals nothing. */
export function bearerTokenVerifier(tokens: readonly BearerToken[]): TokenVerifier {
  const entries = tokens.map(({ sha256, ...caller }) => ({ digest: Buffer.from(sha256, 'hex'), caller }));
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
