import { sharedWait } from '../../connector/shared-wait.js';
import { ConnectorError } from '../../connid/errors.js';
import type { GuardedString } from '../../connid/guarded-string.js';
import { type Clock, momentOf } from '../kit/clock.js';
import type { ClientDependencies, ZoomClientOptions } from './options.js';
import type { Token } from './token-answer.js';
import { tokenRequest } from './token-request.js';
import { createTransport } from './transport.js';

/** Where calls get their bearer token from. */
export interface TokenSource {
  /** A token that holds, fetched if need be; however many wait, it is fetched once. */
  get(signal: AbortSignal): Promise<Token>;
  /** Zoom refused this token: it is forgotten unless it has been replaced already. */
  drop(value: string): void;
  /** Whether a refused token can be replaced by a fresh one. */
  readonly renewable: boolean;
}

/** After a failed renewal a token that still holds serves this long before the next try. */
const renewalPauseMs = 10_000;

/**
 * One shared token, renewed ahead of its end. Zoom may or may not let an older token live beside a newer one, so
 * a second one is never asked for without need, and none before the time that Zoom has named in a refusal.
 * @param fetchToken - asks Zoom; bound to no caller's signal, because others wait for the same answer.
 */
export function createTokenSource(fetchToken: () => Promise<Token>, clock: Clock): TokenSource {
  const ask = heeding(fetchToken, clock);
  let current: Token | undefined;
  let pending: Promise<Token> | undefined;

  async function renew(): Promise<Token> {
    try {
      current = await ask();
      return current;
    } catch (error) {
      if (current === undefined || clock.now() >= current.expiresAt) throw error;
      current = { ...current, renewAt: Math.min(current.expiresAt, clock.now() + renewalPauseMs) };
      return current;
    } finally {
      pending = undefined;
    }
  }

  return {
    renewable: true,
    get: async (signal) => {
      if (current !== undefined && clock.now() < current.renewAt) return current;
      signal.throwIfAborted();
      pending ??= renew();
      return sharedWait(pending, signal);
    },
    drop: (value) => {
      if (current?.value === value) current = undefined;
    },
  };
}

/** A time that Zoom names is not believed for longer than this, lest a wrong one stops everything for a day. */
const longestHeedMs = 60_000;

/** Asks, but after a refusal that says when to come back not before that: until then the refusal is repeated. */
function heeding(fetchToken: () => Promise<Token>, clock: Clock): () => Promise<Token> {
  let refusal:
    { readonly error: ConnectorError; readonly heedUntil: number; readonly until: number } | undefined;
  const now = (): number => momentOf(clock).monotonic;
  return async () => {
    if (refusal !== undefined && now() < refusal.heedUntil) {
      throw refusal.error.with({ retryAfter: Math.ceil((refusal.until - now()) / 1000) });
    }
    try {
      return await fetchToken();
    } catch (error) {
      const retryAfter = error instanceof ConnectorError ? error.details.retryAfter : undefined;
      if (error instanceof ConnectorError && retryAfter !== undefined) {
        const waitMs = retryAfter * 1000;
        refusal = { error, until: now() + waitMs, heedUntil: now() + Math.min(waitMs, longestHeedMs) };
      }
      throw error;
    }
  };
}

/** A token somebody generated in Zoom's portal, for SCIM. */
export function fixedToken(secret: GuardedString): TokenSource {
  const token: Token = { value: secret.reveal(), scopes: [], renewAt: Infinity, expiresAt: Infinity };
  return { renewable: false, get: () => Promise.resolve(token), drop: () => undefined };
}

/** The OAuth tokens of one application, and the connections they are fetched over. */
export interface OAuth {
  readonly tokens: TokenSource;
  close(): void;
}

/** Tokens for the application that the options name, fetched when somebody needs one. */
export function createOAuth(options: ZoomClientOptions, dependencies: ClientDependencies): OAuth {
  const transport = createTransport(options.proxy);
  return {
    tokens: createTokenSource(tokenRequest(options, dependencies, transport), dependencies.clock),
    close: () => transport.close(),
  };
}

/** Clients whose options agree in this may share their tokens. */
export function oauthKey(options: ZoomClientOptions): string {
  const { accountId, clientId, clientSecret, ioErrorRetries, proxy, requestTimeoutMs, scope, tokenUrl } =
    options;
  const application = [tokenUrl, accountId, clientId, clientSecret.reveal(), scope];
  return JSON.stringify([...application, proxy, requestTimeoutMs, ioErrorRetries]);
}
