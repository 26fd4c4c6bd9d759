import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type AccountMemory, createAccountMemory } from './account-memory.js';
import { LoopTurns } from '../connector/loop-turns.js';
import { createMemoryLock } from '../connector/memory/lock.js';
import type { Lock, Metrics } from '../connector/ports.js';
import type { AccountState } from '../connector/redis/shared-state.js';
import { createOAuth, type OAuth, oauthKey } from './client/token-source.js';
import { defaultDependencies } from './client/options.js';
import { createPacer, type Pacer, type PacerGroup } from './client/pacing/pacer.js';
import { createZoomConnector, type ZoomConnectorOptions } from './create-zoom-connector.js';
import { spanTime } from './kit/clock.js';
import { clientOptions } from './settings.js';
import {
  type AccountParts,
  accountState,
  type OpenState,
  ownParts,
  replicatedParts,
  replicatedToken,
} from './shared-parts.js';

/** Things that connectors share by a key, each as long as a connector uses it. */
class SharedByKey<T> {
  readonly #entries = new Map<string, { readonly value: T; users: number }>();

  /** @param dispose - called when nothing uses the thing any more. */
  constructor(private readonly dispose: (value: T) => void = () => undefined) {}

  acquire(key: string, make: () => T): T {
    const entry = this.#entries.get(key) ?? { value: make(), users: 0 };
    this.#entries.set(key, entry);
    entry.users += 1;
    return entry.value;
  }

  release(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#entries.delete(key);
    this.dispose(entry.value);
  }
}

/** The shared things that one connector uses. */
class Acquired {
  readonly #releases: (() => void)[] = [];

  from<T>(all: SharedByKey<T>, key: string, make: () => T): T {
    const value = all.acquire(key, make);
    this.#releases.push(() => all.release(key));
    return value;
  }

  /** Releases them, the latest first: it may use the earlier ones. */
  release(): void {
    for (const release of this.#releases.splice(0).reverse()) release();
  }
}

/**
 * Makes connectors: one after the other as the configuration changes, and one for each configuration of a host.
 * Operations of several run at the same time, and Zoom counts the calls of an account. So all share the turns in which
 * their searches work. Those of one account share the locks of its objects, the pace of their calls, what was written
 * lately and what they learnt about the account. Those of one application share its tokens, of which Zoom may let only
 * the newest live. With Redis, replicas share all of that but what was learnt.
 */
export function createConnectorFactory(
  options: ZoomConnectorOptions,
  { metricsOf, openState = () => undefined }: FactoryPorts = {},
): (config: ConnectorConfig, name?: string) => Connector {
  const common = { ...defaultDependencies, ...options.client };
  const { clock } = common;
  const turns = new LoopTurns(spanTime(clock));
  const states = new SharedByKey<ReturnType<OpenState>>((state) => state?.close());
  const locks = new SharedByKey<Lock>();
  const pacers = new SharedByKey<Pacer>();
  const accounts = new SharedByKey<AccountParts>((parts) => parts.close());
  const memories = new Map<string, AccountMemory>();
  const tokens = new SharedByKey<OAuth>((oauth) => oauth.close());
  return (config, name = '') => {
    // Parts that connectors of one account share count for the one that was first.
    const dependencies = { ...common, metrics: metricsOf?.(name) ?? common.metrics };
    const acquired = new Acquired();
    const client = clientOptions(config);
    const account = accountKey(config);
    const stateKey = stateKeyOf(config);
    const memory = memories.get(account) ?? createAccountMemory(spanTime(clock));
    remember(memories, account, memory);
    try {
      const shared = acquired.from(states, stateKey, () => openState(config.state));
      const state = shared && accountState(shared, account, config);
      const lock = acquired.from(locks, account, createMemoryLock);
      const parts = acquired.from(accounts, JSON.stringify([account, stateKey, state?.sealing.name]), () =>
        state === undefined
          ? ownParts(lock, clock)
          : replicatedParts(state, lock, { clock, version: options.version }),
      );
      const pacer = acquired.from(pacers, JSON.stringify([account, stateKey]), () =>
        createPacer(client, dependencies, state && groupOf(state)),
      );
      const application = oauthKey(client);
      const oauth = acquired.from(tokens, JSON.stringify([application, stateKey]), () =>
        createOAuth(client, dependencies, state && replicatedToken(state, client.clientId, clock)),
      );
      const surroundings = { ...options, name, client: dependencies };
      const connector = createZoomConnector(config, surroundings, { ...parts, turns, pacer, oauth, memory });
      pacer.adapt(client);
      return releasing(connector, () => acquired.release());
    } catch (thrown) {
      acquired.release();
      throw thrown;
    }
  };
}

/** What a factory gets from those who run the service. */
interface FactoryPorts {
  readonly openState?: OpenState;
  /** The counters of a connector. @param name - empty if it is the only one. */
  readonly metricsOf?: (name: string) => Metrics;
}

/** The same for all ways to write the address of an account. */
function accountKey({ custom, service }: ConnectorConfig): string {
  return JSON.stringify([new URL(service.serviceUrl).href.replace(/\/+$/, ''), custom.accountId]);
}

/** Connectors with the same key share their state. */
function stateKeyOf({ state }: ConnectorConfig): string {
  return JSON.stringify([state.redisUrl?.reveal(), state.keyPrefix, state.onOutage]);
}

/** The replicas that share the limits of an account. */
function groupOf(state: AccountState): PacerGroup {
  const { replica } = state.shared;
  return { connection: state.shared, keyPrefix: `${state.keyPrefix}rate:`, replica };
}

/** Memories of so many accounts are kept. Hosts name accounts, so their number is not ours. */
const maxAccounts = 100;

/** Keeps what an account has shown, as long as the process lives: there is nothing to dispose of. */
function remember(memories: Map<string, AccountMemory>, account: string, memory: AccountMemory): void {
  memories.delete(account);
  memories.set(account, memory);
  const [oldest] = memories.size > maxAccounts ? memories.keys() : [];
  if (oldest !== undefined) memories.delete(oldest);
}

/** A connector that releases what it shares when it is closed, even if that fails. */
export function releasing(connector: Connector, release: () => void): Connector {
  return { ...connector, close: () => connector.close().finally(release) };
}
