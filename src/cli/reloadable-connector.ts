import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type RunningTarget, startTarget } from './target.js';

/** Makes a connector for a configuration. Its target is running. */
type ConnectorFactory = (config: ConnectorConfig) => Connector;

/** Holds the current connector, and replaces it when the configuration changes. */
export interface ReloadableConnector {
  /** The connector for new operations. */
  current(): Connector;
  /** The configuration of the current connector. */
  config(): ConnectorConfig;
  target(): RunningTarget;
  /**
   * Replaces the connector. Running operations finish on the old connector; `replace` does not wait for them.
   * @throws ConnectorError if the configuration allows no connector. The old connector then stays.
   */
  replace(config: ConnectorConfig): Promise<void>;
  /** Resolves when all operations have ended, on this connector and on earlier ones. */
  close(): Promise<void>;
}

/**
 * Starts the target and makes the first connector.
 * @throws ConnectorError if the configuration allows no connector. Nothing is left running then.
 */
export async function startReloadable(
  config: ConnectorConfig,
  factory: ConnectorFactory,
): Promise<ReloadableConnector> {
  let target = await startTarget(config);
  let connector = await madeFor(target, factory);
  const retiring = new Set<Promise<void>>();
  const retire = (old: Connector, oldTarget: RunningTarget | undefined): void => {
    const end = old.close().then(() => oldTarget?.close());
    retiring.add(end);
    const forget = (): void => void retiring.delete(end);
    // A failed end stays in the set, so that `close` rejects with its error.
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
      // Otherwise a running replacement would start a target that is never closed.
      await replacing.catch(() => undefined);
      await connector.close();
      await Promise.all(retiring);
      await target.close();
    },
  };
}

/** Makes a connector for a target. On failure it closes the target, unless the current connector still uses it. */
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
