/** A bearer token that the token endpoint has given out. */
interface AccessToken {
  readonly value: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAt: number;
  /** Slot of the token: with `liveTokens: one` a new token replaces the earlier one of the same slot. */
  readonly slot: string;
}

/** Tokens that are or were valid. */
export class AccessTokens {
  readonly #tokens = new Map<string, AccessToken>();
  #issued = 0;

  /** How many tokens were given out so far. */
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

  /** Lets a token, or all of them, expire at once. */
  expire(value?: string): void {
    for (const token of this.#tokens.values()) {
      if (value === undefined || token.value === value)
        this.#tokens.set(token.value, { ...token, expiresAt: 0 });
    }
  }
}
