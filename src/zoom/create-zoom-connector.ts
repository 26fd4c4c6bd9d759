import type { ConnectorConfig } from '../config/connector-config.js';
import type { Connector } from '../connector/connector.js';
import { createConnector } from '../connector/create-connector.js';
import { createMemoryListingContexts } from '../connector/memory/listing-contexts.js';
import { createMemoryLock } from '../connector/memory/lock.js';
import type { LoopTurns } from '../connector/loop-turns.js';
import type { ClientDependencies } from './client/options.js';
import type { AccountMemory } from './account-memory.js';
import { createZoomClient, type SharedByClients } from './client/zoom-client.js';
import { spanTime, systemClock } from './kit/clock.js';
import { type ClassRow, objectClassesOf } from './object-classes.js';
import { clientOptions, connectorSettings, cookieKey } from './settings.js';
import type { AccountParts } from './shared-parts.js';
import { targetChecks } from './target-checks.js';

/** The surroundings of a Zoom connector. */
export interface ZoomConnectorOptions {
  /** One of several connectors; a single one has no name. */
  readonly name?: string;
  /** Version of the connector, for its description of itself. */
  readonly version: string;
  readonly client?: Partial<ClientDependencies>;
  /** The object classes; those of `zoomClasses` when absent. */
  readonly classes?: readonly ClassRow[];
}

/** The parts that connectors of one account may share. Each has its own otherwise. */
interface SharedParts extends SharedByClients, Partial<Pick<AccountParts, 'contexts' | 'lock' | 'recent'>> {
  readonly memory?: AccountMemory;
  readonly turns?: LoopTurns;
}

/** A connector for the Zoom account the configuration names. */
export function createZoomConnector(
  config: ConnectorConfig,
  { classes, client, name = '', version }: ZoomConnectorOptions,
  { contexts = (own) => own, lock = createMemoryLock(), memory, recent, turns, ...shared }: SharedParts = {},
): Connector {
  const { clock = systemClock } = client ?? {};
  const now = spanTime(clock);
  const zoom = createZoomClient(clientOptions(config), client, shared);
  const objectClasses = objectClassesOf(config, now, classes, { memory, metrics: client?.metrics });
  return createConnector(connectorSettings(config), {
    version,
    pause: (ms, signal) => clock.sleep(ms, signal),
    now,
    objectClasses,
    target: zoom,
    lock,
    ...(recent !== undefined && { recent }),
    ...(turns !== undefined && { turns }),
    contexts: contexts(createMemoryListingContexts(now)),
    cookieKey: cookieKey(config, name),
    checks: targetChecks(zoom, objectClasses, config),
    targetState: () => zoom.state(),
    close: () => zoom.close(),
  });
}
