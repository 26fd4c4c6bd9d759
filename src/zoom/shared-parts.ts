import type { ConnectorConfig } from '../config/connector-config.js';
import { SharedLock } from '../connector/redis/lock.js';
import { createSharedListingContexts } from '../connector/redis/listing-contexts.js';
import { SharedRecentWrites } from '../connector/redis/recent-writes.js';
import { Sealing } from '../connector/redis/sealing.js';
import { AccountState, type SharedState } from '../connector/redis/shared-state.js';
import { SharedValue } from '../connector/redis/shared-value.js';
import type { ListingContexts, Lock } from '../connector/ports.js';
import { RecentWrites } from '../connector/writes/recent-writes.js';
import type { Token } from './client/token-answer.js';
import type { TokenStore } from './client/token-source.js';
import { type Clock, spanTime } from './kit/clock.js';
import { clientSecretOf } from './settings.js';

/** The parts that all connectors of one account share, those of other replicas included where there is Redis. */
export interface AccountParts {
  readonly lock: Lock;
  readonly recent: RecentWrites;
  /** The listing contexts of a connector. @param own - those of the connector alone. */
  contexts(own: ListingContexts): ListingContexts;
  close(): void;
}

/** Opens a connection to the Redis that the configuration names, or finds that there is none. */
export type OpenState = (settings: ConnectorConfig['state']) => (SharedState & { close(): void }) | undefined;

/** Parts within this process. @param lock - the lock of the account. */
export function ownParts(lock: Lock, clock: Clock): AccountParts {
  const recent = new RecentWrites(spanTime(clock));
  return { lock, recent, contexts: (own) => own, close: () => undefined };
}

/** The surroundings of the parts that replicas share. */
interface Surroundings {
  readonly clock: Clock;
  /** Of the service. */
  readonly version: string;
}

/** Parts that replicas share. @param local - the lock of the account in this process. */
export function replicatedParts(
  state: AccountState,
  local: Lock,
  { clock, version }: Surroundings,
): AccountParts {
  const now = spanTime(clock);
  const recent = new SharedRecentWrites(state, now);
  const pause = (ms: number, signal: AbortSignal) => clock.sleep(ms, signal);
  const lock = new SharedLock({ state, local, recent, now, pause });
  return {
    lock,
    recent,
    contexts: (own) => createSharedListingContexts(state, own, version),
    close: () => lock.close(),
  };
}

/** The state of an account. What is stored is encrypted with a key from the credentials of the application. */
export function accountState(shared: SharedState, account: string, config: ConnectorConfig): AccountState {
  return new AccountState(shared, account, new Sealing(clientSecretOf(config), account));
}

/** A token without times of a clock: those of replicas may differ. */
interface SharedToken {
  readonly value: string;
  readonly scopes: readonly string[];
  /** Milliseconds before its end at which it is renewed. */
  readonly aheadMs: number;
}

/** The access token that replicas share. @param application - identifies the application in its account. */
export function replicatedToken(state: AccountState, application: string, clock: Clock): TokenStore {
  const pause = (ms: number, signal: AbortSignal) => clock.sleep(ms, signal);
  const shared = new SharedValue<SharedToken>(
    state,
    `token:${state.digest(application)}`,
    pause,
    spanTime(clock),
  );
  const toToken = ({
    leftMs,
    value: { aheadMs, ...token },
  }: {
    value: SharedToken;
    leftMs: number;
  }): Token => {
    const expiresAt = clock.now() + leftMs;
    return { ...token, expiresAt, renewAt: expiresAt - aheadMs };
  };
  const obtain = (request: () => Promise<Token>) => async () => {
    const { expiresAt, renewAt, scopes, value } = await request();
    return { value: { value, scopes, aheadMs: expiresAt - renewAt }, leftMs: expiresAt - clock.now() };
  };
  return {
    get: async (isUsable, request) =>
      toToken(await shared.get((found) => isUsable(toToken(found)), obtain(request))),
    request: async (request) => toToken(await shared.obtain(obtain(request))),
  };
}
