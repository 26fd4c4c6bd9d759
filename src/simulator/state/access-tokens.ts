/** A bearer token issued by the token endpoint. */
interface AccessToken {
  readonly value: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: number;
  /** With `liveTokens: one` a new token replaces the earlier token of the same slot. */
  readonly slot: string;
}

/** Issued tokens, including expired ones. Revoked tokens are removed. */
export class AccessTokens {
  readonly #tokens = new Map<string, AccessToken>();
  #issued = 0;

  /** Number of tokens issued. */
  get issued(): number {
    return this.#issued;
  }

  add(token: AccessToken): void {
    this.#issued += 1;
    this.#tokens.set(token.value, token);
  }

  get(value: string): AccessToken | undefined {
    return this.#tokens.get(value);
  }

  revoke(value: string): void {
    this.#tokens.delete(value);
  }

  revokeSlot(slot: string): void {
    for (const token of this.#tokens.values()) {
      if (token.slot === slot) this.#tokens.delete(token.value);
    }
  }

  revokeAll(): void {
    this.#tokens.clear();
  }

  /** Makes one token, or all of them, expire now. */
  expire(value?: string): void {
    for (const token of this.#tokens.values()) {
      if (value === undefined || token.value === value)
        this.#tokens.set(token.value, { ...token, expiresAt: 0 });
    }
  }
}
