import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const issuer = 'https://login.example.com/';
export const audience = 'zoom-connector';
/** The time of the tokens, in seconds since 1970. */
export const seconds = 1_764_580_000;

/** A key of the issuer. */
export interface Pair {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export async function pairOf(
  kid: string,
  alg: string,
  extra: JWK | { readonly use?: string } = {},
): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, ...extra } };
}

/** What a token has instead of the usual. */
export interface Wish {
  /** `undefined` leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly alg?: string;
}

/** A token of a key, valid but for the wish. */
export function signedBy(
  pair: Pair,
  { claims = {}, header = {}, alg = 'RS256' }: Wish = {},
): Promise<string> {
  const all = { iss: issuer, aud: audience, exp: seconds + 300, scope: 'read', azp: 'midpoint', ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(all)) as Record<string, unknown>)
    .setProtectedHeader({ alg, kid: pair.kid, ...header })
    .sign(pair.privateKey, { crit: { exotic: false } });
}
