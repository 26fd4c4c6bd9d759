/** The position that a page token stands for. */
export interface TokenEntry {
  /** The other query parameters. The token is only valid with the same ones. */
  readonly binding: string;
  readonly offset: number;
  readonly page: number;
  readonly expiresAt: number;
}

/** Issued page tokens, oldest first. */
export type PageTokens = Map<string, TokenEntry>;
