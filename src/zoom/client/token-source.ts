import { sharedWait } from '../../connector/context.js';
import { ConnectorError } from '../../connid/errors.js';
import type { Span } from '../../connector/tracing.js';
import type { GuardedString } from '../../connid/guarded-string.js';
import { type Clock, momentOf } from '../kit/clock.js';
import { AnswerBudget } from './answer-budget.js';
import type { ClientDependencies, ZoomClientOptions } from './options.js';
import type { Token } from './token-answer.js';
import { tokenRequest } from './token-request.js';
import { createTransport } from './transport.js';

/** A source of bearer tokens. */
export interface TokenSource {
  /**
   * A valid token, fetched if necessary. Callers that wait at the same time share one fetch.
   * @param cause - the span of the caller. A fetch belongs to the trace of the first caller that needs it.
   */
  get(signal: AbortSignal, cause?: Span): Promise<Token>;
  /**
   * A token requested now: it has the scopes that the application has now.
   * @throws ConnectorError when Zoom issues none, even if the present token is still valid.
   */
  fresh(signal: AbortSignal, cause?: Span): Promise<Token>;
  /** Called when Zoom has refused this token. Forgets it unless it has been replaced already. */
  drop(value: string): void;
  /**
   * Called when Zoom has refused a call for a scope that this token lacks. Requests another token, at most once a
   * minute; the present one stays valid meanwhile.
   * @returns true when another token than this one can be tried.
   */
  replace(value: string, signal: AbortSignal, cause?: Span): Promise<boolean>;
  /** True when a refused token can be replaced by a fresh one. */
  readonly renewable: boolean;
}

/** The token that the replicas of this service share. */
export interface TokenStore {
  /** A token that any replica has requested, if it is usable; otherwise a new one, of which the others learn. */
  get(isUsable: (token: Token) => boolean, request: () => Promise<Token>): Promise<Token>;
  /** A new token, of which the others learn. */
  request(request: () => Promise<Token>): Promise<Token>;
}

/** Shares with nobody. */
const ownTokens: TokenStore = {
  get: (_isUsable, request) => request(),
  request: (request) => request(),
};

/** After a failed renewal, a token that is still valid is used for this long before the next try. */
const renewalPauseMs = 10_000;

/** Requests a token. @param cause - the span of the operation that needs it. */
export type FetchToken = (cause?: Span) => Promise<Token>;

/** Time between two tokens that are requested for a scope. */
const scopePauseMs = 60_000;

/**
 * One shared token, renewed before its end. A new token may invalidate the old one. We request one only when needed,
 * and never before the time named in Zoom's last refusal.
 * @param fetchToken - requests a token. It has no caller's signal, because others wait for the same answer.
 * @param store - shared with other replicas.
 */
export function createTokenSource(
  fetchToken: FetchToken,
  clock: Clock,
  store: TokenStore = ownTokens,
): TokenSource {
  return new SharedToken(pausing(fetchToken, clock), clock, store);
}

class SharedToken implements TokenSource {
  readonly renewable = true;
  #current: Token | undefined;
  #pending: Promise<Token> | undefined;
  #pendingFresh: Promise<Token> | undefined;
  /** A request to Zoom under way. */
  #underWay: Promise<Token> | undefined;
  #refused: string | undefined;
  #scopesRequestedAt = -Infinity;

  constructor(
    private readonly request: FetchToken,
    private readonly clock: Clock,
    private readonly store: TokenStore,
  ) {}

  async get(signal: AbortSignal, cause?: Span): Promise<Token> {
    if (this.#current !== undefined && this.clock.now() < this.#current.renewAt) return this.#current;
    signal.throwIfAborted();
    try {
      return await this.#next(signal, cause);
    } catch (error) {
      const { clock } = this;
      if (signal.aborted || this.#current === undefined || clock.now() >= this.#current.expiresAt)
        throw error;
      const renewAt = Math.min(this.#current.expiresAt, clock.now() + renewalPauseMs);
      return (this.#current = { ...this.#current, renewAt });
    }
  }

  fresh(signal: AbortSignal, cause?: Span): Promise<Token> {
    this.#scopesRequestedAt = this.#now();
    this.#pendingFresh ??= this.#adopt(this.store.request(() => this.#requestOnce(cause))).finally(
      () => (this.#pendingFresh = undefined),
    );
    return sharedWait(this.#pendingFresh, signal);
  }

  drop(value: string): void {
    if (this.#current?.value !== value) return;
    this.#current = undefined;
    this.#refused = value;
  }

  async replace(value: string, signal: AbortSignal, cause?: Span): Promise<boolean> {
    if (this.#current?.value !== value) return true;
    const isTooSoon = this.#now() < this.#scopesRequestedAt + scopePauseMs;
    if (this.#underWay === undefined && isTooSoon) return false;
    try {
      return (await this.fresh(signal, cause)).value !== value;
    } catch (error) {
      if (signal.aborted) throw error;
      return false;
    }
  }

  #next(signal: AbortSignal, cause: Span | undefined): Promise<Token> {
    if (this.#pendingFresh !== undefined) return sharedWait(this.#pendingFresh, signal);
    const isUsable = ({ renewAt, value }: Token): boolean =>
      value !== this.#refused && this.clock.now() < renewAt;
    this.#pending ??= this.#adopt(this.store.get(isUsable, () => this.#requestOnce(cause))).finally(
      () => (this.#pending = undefined),
    );
    return sharedWait(this.#pending, signal);
  }

  #requestOnce(cause: Span | undefined): Promise<Token> {
    return (this.#underWay ??= this.request(cause).finally(() => (this.#underWay = undefined)));
  }

  async #adopt(token: Promise<Token>): Promise<Token> {
    return (this.#current = await token);
  }

  #now(): number {
    return momentOf(this.clock).monotonic;
  }
}

/** We believe a time named by Zoom for at most this long, because a wrong one would stop everything for a day. */
const longestPauseMs = 60_000;

/** Requests tokens. After a refusal that names a time, it repeats the refusal until then. */
function pausing(fetchToken: FetchToken, clock: Clock): FetchToken {
  let refusal:
    { readonly error: ConnectorError; readonly pauseUntil: number; readonly until: number } | undefined;
  const now = (): number => momentOf(clock).monotonic;
  return async (cause) => {
    if (refusal !== undefined && now() < refusal.pauseUntil) {
      throw refusal.error.with({ retryAfter: Math.ceil((refusal.until - now()) / 1000) });
    }
    try {
      return await fetchToken(cause);
    } catch (error) {
      const retryAfter = error instanceof ConnectorError ? error.details.retryAfter : undefined;
      if (error instanceof ConnectorError && retryAfter !== undefined) {
        const waitMs = retryAfter * 1000;
        refusal = { error, until: now() + waitMs, pauseUntil: now() + Math.min(waitMs, longestPauseMs) };
      }
      throw error;
    }
  };
}

/** A token that an administrator generated in Zoom's portal, for SCIM. */
export function fixedToken(secret: GuardedString): TokenSource {
  const token: Token = { value: secret.reveal(), scopes: [], renewAt: Infinity, expiresAt: Infinity };
  const get = (): Promise<Token> => Promise.resolve(token);
  return {
    renewable: false,
    get,
    fresh: get,
    drop: () => undefined,
    replace: () => Promise.resolve(false),
  };
}

/** The OAuth tokens of one application, and the connections for fetching them. */
export interface OAuth {
  readonly tokens: TokenSource;
  close(): void;
}

/** The largest answer to a token request, in bytes: a token and the scopes. */
const maxTokenAnswer = 1024 * 1024;

/** Tokens of the application in the options, fetched when needed. */
export function createOAuth(
  options: ZoomClientOptions,
  dependencies: ClientDependencies,
  store?: TokenStore,
): OAuth {
  const transport = createTransport(new AnswerBudget(maxTokenAnswer, maxTokenAnswer), options.proxy);
  return {
    tokens: createTokenSource(tokenRequest(options, dependencies, transport), dependencies.clock, store),
    close: () => transport.close(),
  };
}

/** Clients with the same key may share their tokens. */
export function oauthKey(options: ZoomClientOptions): string {
  const { accountId, clientId, clientSecret, ioErrorRetries, proxy, requestTimeoutMs, scope, tokenUrl } =
    options;
  const application = [new URL(tokenUrl).href, accountId, clientId, clientSecret.reveal(), scope];
  return JSON.stringify([...application, proxy, requestTimeoutMs, ioErrorRetries]);
}
