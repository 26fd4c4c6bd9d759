import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { type RunningTarget, startTarget } from './target.js';

/** Makes a connector for a configuration. Its target is running. */
type ConnectorFactory = (config: ConnectorConfig) => Connector;

/** A connector that is ready to replace the current one. Exactly one of both must be called. */
export interface Replacement {
  /** Replaces it. Running operations finish on the old connector; nobody waits for them. */
  commit(): void;
  /** Closes the new one. */
  abandon(): Promise<void>;
}

/** Holds the current connector, and replaces it when the configuration changes. */
export interface ReloadableConnector {
  /** The connector for new operations. */
  current(): Connector;
  /** The configuration of the current connector. */
  config(): ConnectorConfig;
  target(): RunningTarget;
  /**
   * Makes the connector of a changed configuration. It is not in use before it is committed.
   * @throws ConnectorError if the configuration allows no connector.
   */
  prepare(config: ConnectorConfig): Promise<Replacement>;
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
    const end = old.close().finally(() => oldTarget?.close());
    retiring.add(end);
    const forget = (): void => void retiring.delete(end);
    // A failed end stays in the set, so that `close` rejects with its error.
    end.then(forget, () => undefined);
  };
  const prepare = async (next: ConnectorConfig): Promise<Replacement> => {
    const before = { connector, target };
    const nextTarget = await startTarget(next, target);
    const nextConnector = await madeFor(nextTarget, factory, target);
    const isOwnTarget = nextTarget.simulation !== before.target.simulation;
    return {
      commit: () => {
        connector = nextConnector;
        target = nextTarget;
        retire(before.connector, isOwnTarget ? before.target : undefined);
      },
      abandon: async () => {
        await nextConnector.close();
        if (isOwnTarget) await nextTarget.close();
      },
    };
  };
  return {
    current: () => connector,
    config: () => target.config,
    target: () => target,
    prepare,
    async close() {
      try {
        await connector.close();
        await Promise.all(retiring);
      } finally {
        await target.close();
      }
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
