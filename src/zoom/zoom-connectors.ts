import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { createMemoryLock } from '../connector/memory-lock.js';
import { RecentWrites } from '../connector/recent-writes.js';
import { defaultDependencies } from './client/options.js';
import { createPacer, type Pacer } from './client/pacing/pacer.js';
import { createZoomConnector, type ZoomConnectorOptions } from './create-zoom-connector.js';

/** What one connector of an account hands on to the next. */
interface Kept {
  readonly account: string;
  readonly pace: string;
  readonly pacer: Pacer;
  readonly recent: RecentWrites;
}

/**
 * Makes connectors one after the other, as the configuration changes. While the next one begins, operations of the one
 * before still run, and Zoom goes on counting: so they share their locks and, as long as the account stays, what was
 * written lately and, as long as plan and share stay as well, the pace.
 */
export function zoomConnectors(options: ZoomConnectorOptions): (config: ConnectorConfig) => Connector {
  const lock = createMemoryLock();
  const dependencies = { ...defaultDependencies, ...options.client };
  let kept: Kept | undefined;
  const keptFor = ({ custom, rateLimit, rest, service }: ConnectorConfig): Kept => {
    const account = JSON.stringify([service.serviceUrl, custom.accountId]);
    const pace = JSON.stringify([account, rateLimit]);
    const { maxConcurrency } = rest;
    const samePacer = kept?.pace === pace ? kept.pacer : undefined;
    return {
      account,
      pace,
      pacer: samePacer ?? createPacer({ ...rateLimit, maxConcurrency }, dependencies),
      recent: kept?.account === account ? kept.recent : new RecentWrites(() => dependencies.clock.now()),
    };
  };
  return (config) => {
    const next = keptFor(config);
    const connector = createZoomConnector(config, options, { ...next, lock });
    next.pacer.allow(config.rest.maxConcurrency);
    kept = next;
    return connector;
  };
}
