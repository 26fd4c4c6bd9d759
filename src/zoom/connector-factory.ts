import { createHash } from 'node:crypto';
import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type AccountMemory, createAccountMemory } from './account-memory.js';
import { LoopTurns } from '../connector/loop-turns.js';
import { createMemoryLock } from '../connector/memory/lock.js';
import type { Lock } from '../connector/ports.js';
import { RecentWrites } from '../connector/writes/recent-writes.js';
import { createOAuth, type OAuth, oauthKey } from './client/token-source.js';
import { defaultDependencies } from './client/options.js';
import { createPacer, type Pacer, type PacerGroup } from './client/pacing/pacer.js';
import { createZoomConnector, type ZoomConnectorOptions } from './create-zoom-connector.js';
import { spanTime } from './kit/clock.js';
import { clientOptions } from './settings.js';

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

/**
 * Makes connectors: one after the other as the configuration changes, and one for each configuration of a host.
 * Operations of several run at the same time, and Zoom counts the calls of an account. So all share the turns in which
 * their searches work. Those of one account share the locks of its objects, the pace of their calls, what was written
 * lately and what they learnt about the account. Those of one application share its tokens, of which Zoom may let only
 * the newest live.
 */
export function createConnectorFactory(
  options: ZoomConnectorOptions,
): (config: ConnectorConfig) => Connector {
  const dependencies = { ...defaultDependencies, ...options.client };
  const turns = new LoopTurns(spanTime(dependencies.clock));
  const locks = new SharedByKey<Lock>();
  const pacers = new SharedByKey<Pacer>();
  const recents = new SharedByKey<RecentWrites>();
  const memories = new Map<string, AccountMemory>();
  const tokens = new SharedByKey<OAuth>((oauth) => oauth.close());
  return (config) => {
    const client = clientOptions(config);
    const account = JSON.stringify([config.service.serviceUrl, config.custom.accountId]);
    const application = oauthKey(client);
    const release = (): void => {
      locks.release(account);
      pacers.release(account);
      recents.release(account);
      tokens.release(application);
    };
    const lock = locks.acquire(account, createMemoryLock);
    const pacer = pacers.acquire(account, () =>
      createPacer(client, dependencies, groupOf(options.group, account)),
    );
    const recent = recents.acquire(account, () => new RecentWrites(spanTime(dependencies.clock)));
    const memory = memories.get(account) ?? createAccountMemory(spanTime(dependencies.clock));
    remember(memories, account, memory);
    const oauth = tokens.acquire(application, () => createOAuth(client, dependencies));
    try {
      const connector = createZoomConnector(config, options, { lock, turns, pacer, oauth, recent, memory });
      pacer.adapt(client);
      return releasing(connector, release);
    } catch (thrown) {
      release();
      throw thrown;
    }
  };
}

/** The group of an account. Its name is hashed, in the braces that keep its keys together in a cluster of Redis. */
function groupOf(group: PacerGroup | undefined, account: string): PacerGroup | undefined {
  if (group === undefined) return undefined;
  const name = createHash('sha256').update(account).digest('base64url').slice(0, 22);
  return { ...group, keyPrefix: `${group.keyPrefix}{${name}}:rate:` };
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
