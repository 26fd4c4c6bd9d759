import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type AccountMemory, createAccountMemory } from './account-memory.js';
import { createMemoryLock } from '../connector/memory/lock.js';
import { RecentWrites } from '../connector/writes/recent-writes.js';
import { createOAuth, type OAuth, oauthKey } from './client/token-source.js';
import { defaultDependencies } from './client/options.js';
import { createPacer, type Pacer } from './client/pacing/pacer.js';
import { createZoomConnector, type ZoomConnectorOptions } from './create-zoom-connector.js';
import { spanTime } from './kit/clock.js';
import { clientOptions } from './settings.js';

/** Something that connectors share as long as the key stays the same. */
interface Keyed<T> {
  readonly key: string;
  readonly value: T;
}

/** The parts that one connector hands on to the next. */
interface Kept {
  readonly pacer: Keyed<Pacer>;
  readonly oauth: Keyed<Counted>;
  readonly recent: Keyed<RecentWrites>;
  readonly memory: Keyed<AccountMemory>;
}

/** Tokens, and how many connectors use them. */
interface Counted {
  readonly oauth: OAuth;
  users: number;
}

/**
 * Makes connectors one after the other, as the configuration changes. While the next one begins, operations of the one
 * before still run, and Zoom goes on counting: so they share their locks and, as long as the account stays, the pace of
 * their calls, what was written lately and what they learnt about the account; and as long as the application stays, its
 * tokens, of which Zoom may let only the newest live.
 */
export function createConnectorFactory(
  options: ZoomConnectorOptions,
): (config: ConnectorConfig) => Connector {
  const lock = createMemoryLock();
  const dependencies = { ...defaultDependencies, ...options.client };
  let kept: Kept | undefined;
  const keptFor = (config: ConnectorConfig): Kept => {
    const { custom, service } = config;
    const client = clientOptions(config);
    const account = [service.serviceUrl, custom.accountId];
    return {
      pacer: keep(kept?.pacer, JSON.stringify(account), () => createPacer(client, dependencies)),
      oauth: keep(kept?.oauth, oauthKey(client), () => ({
        oauth: createOAuth(client, dependencies),
        users: 0,
      })),
      recent: keep(
        kept?.recent,
        JSON.stringify(account),
        () => new RecentWrites(spanTime(dependencies.clock)),
      ),
      memory: keep(kept?.memory, JSON.stringify(account), () =>
        createAccountMemory(spanTime(dependencies.clock)),
      ),
    };
  };
  return (config) => {
    const next = keptFor(config);
    const { oauth: counted, memory, pacer, recent } = next;
    const shared = {
      lock,
      pacer: pacer.value,
      oauth: counted.value.oauth,
      recent: recent.value,
      memory: memory.value,
    };
    const connector = createZoomConnector(config, options, shared);
    pacer.value.adapt(clientOptions(config));
    kept = next;
    return closingTokens(connector, counted.value);
  };
}

function keep<T>(before: Keyed<T> | undefined, key: string, make: () => T): Keyed<T> {
  return before?.key === key ? before : { key, value: make() };
}

/** A connector that closes the connections for its tokens when it is the last one to use them. */
function closingTokens(connector: Connector, counted: Counted): Connector {
  counted.users += 1;
  return {
    ...connector,
    close: async () => {
      await connector.close();
      counted.users -= 1;
      if (counted.users === 0) counted.oauth.close();
    },
  };
}
