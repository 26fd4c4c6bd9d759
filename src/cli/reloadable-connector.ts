import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type RunningTarget, startTarget } from './target.js';

/** Makes a connector for a configuration whose target runs. */
type ConnectorFactory = (config: ConnectorConfig) => Connector;

/** Holds the connector that serves at present, and replaces it when the configuration changes. */
export interface ReloadableConnector {
  /** The connector to begin an operation with. */
  current(): Connector;
  /** The configuration it was made from. */
  config(): ConnectorConfig;
  target(): RunningTarget;
  /**
   * Operations that begin after it get the new connector; those under way finish with the old one, however long they
   * take: that is not waited for.
   * @throws ConnectorError when no connector can be made of the configuration; then the old one stays.
   */
  replace(config: ConnectorConfig): Promise<void>;
  /** Resolves when nothing is under way any more, with this connector and with those before it. */
  close(): Promise<void>;
}

/**
 * Starts the target and makes the first connector.
 * @throws ConnectorError when no connector can be made of the configuration; then nothing is left running.
 */
export async function startReloadable(
  config: ConnectorConfig,
  factory: ConnectorFactory,
): Promise<ReloadableConnector> {
  let target = await startTarget(config);
  let connector = await madeFor(target, factory);
  const retiring = new Set<Promise<void>>();
  const retire = (old: Connector, itsTarget: RunningTarget | undefined): void => {
    const end = old.close().then(() => itsTarget?.close());
    retiring.add(end);
    const forget = (): void => void retiring.delete(end);
    // Whoever closes all waits for those that have not ended, and is told of a failure.
    end.then(forget, () => undefined);
  };
  const replace = async (next: ConnectorConfig): Promise<void> => {
    const before = { connector, target };
    const started = await startTarget(next, target);
    connector = await madeFor(started, factory, target);
    target = started;
    retire(before.connector, before.target.simulation === target.simulation ? undefined : before.target);
  };
  let replacing: Promise<void> = Promise.resolve();
  return {
    current: () => connector,
    config: () => target.config,
    target: () => target,
    replace: (next) => (replacing = replace(next)),
    async close() {
      // What a replacement under way starts would be left running.
      await replacing.catch(() => undefined);
      await connector.close();
      await Promise.all(retiring);
      await target.close();
    },
  };
}

/** A connector for a target; where none can be made, the target is closed unless the one before it goes on. */
async function madeFor(
  target: RunningTarget,
  factory: ConnectorFactory,
  before?: RunningTarget,
): Promise<Connector> {
  try {
    return factory(target.config);
  } catch (thrown) {
    if (before === undefined || target.simulation !== before.simulation) await target.close();
    throw thrown;
  }
}
