/** What a token may be used for; none of them includes another. */
export type Scope = 'read' | 'write' | 'admin';

/** Who may call an operation: holders of a scope, holders of any valid token, or everybody. */
export type Access = Scope | 'anyToken' | 'open';

/** An authenticated caller. */
export interface Caller {
  /** Name for logs and audit, from the configuration or the token. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/**
 * Tells whose token this is. Verifiers are asked in order; the first that knows the token decides.
 * @returns `undefined` when the token is not one of this verifier's.
 */
export type TokenVerifier = (token: string) => Caller | undefined | Promise<Caller | undefined>;
