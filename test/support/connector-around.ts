import { defaultConfig } from '../../src/config/validate-config.js';
import type { Connector } from '../../src/connector/connector.js';
import { createConnector } from '../../src/connector/create-connector.js';
import type { LoopTurns } from '../../src/connector/loop-turns.js';
import type { ListingContexts } from '../../src/connector/ports.js';
import { createMemoryListingContexts } from '../../src/connector/memory/listing-contexts.js';
import { createMemoryLock } from '../../src/connector/memory/lock.js';
import type { ConnectorSettings } from '../../src/connector/operations/operation-parts.js';
import type { ObjectClass } from '../../src/connector/object-class/object-class.js';
import type { Target } from '../../src/connector/object-class/call.js';
import { createLists } from '../../src/zoom/kit/paged-list.js';
import { connectorSettings, groupClassSettings, userClassSettings } from '../../src/zoom/settings.js';

const lists = createLists(defaultConfig().results);

/** What the classes of users and groups decide by, under the default configuration. */
export const usualUsers = userClassSettings(defaultConfig(), lists);
export const usualGroups = groupClassSettings(defaultConfig(), lists);

/** What a test can choose of a connector; the rest has the defaults of the configuration. */
export interface ConnectorChoices {
  readonly settings?: Partial<ConnectorSettings>;
  readonly contexts?: ListingContexts;
  readonly cookieKey?: Uint8Array;
  /** By default searches are never asked to give up their turn: the time stands still. */
  readonly turns?: LoopTurns;
}

/** A connector around a target of the test's own; it never waits. */
export function connectorAround(
  target: Target,
  objectClasses: readonly ObjectClass[],
  { settings, contexts, cookieKey = new Uint8Array(32), turns }: ConnectorChoices = {},
): Connector {
  return createConnector(
    { ...connectorSettings(defaultConfig()), ...settings },
    {
      version: '0.0.0-test',
      objectClasses,
      target,
      pause: () => Promise.resolve(),
      now: () => 0,
      lock: createMemoryLock(),
      contexts: contexts ?? createMemoryListingContexts(() => 0),
      cookieKey,
      ...(turns !== undefined && { turns }),
      checks: { before: [], after: [] },
      targetState: () => ({ reachable: 'unknown' }),
      close: () => Promise.resolve(),
    },
  );
}
