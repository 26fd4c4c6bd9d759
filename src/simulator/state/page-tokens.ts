export interface TokenEntry {
  /** The other query parameters, to which the token is bound. */
  readonly binding: string;
  readonly offset: number;
  readonly page: number;
  readonly expiresAt: number;
}

/** Issued page tokens, oldest first. */
export type PageTokens = Map<string, TokenEntry>;
