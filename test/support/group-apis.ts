import { createConnector } from '../../src/connector/create-connector.js';
import { createMemoryListingContexts } from '../../src/connector/memory-listing-contexts.js';
import { createMemoryLock } from '../../src/connector/memory-lock.js';
import { systemClock } from '../../src/zoom/client/clock.js';
import { createZoomClient } from '../../src/zoom/client/zoom-client.js';
import type { createZoomConnector } from '../../src/zoom/create-zoom-connector.js';
import { createScimGroupClass } from '../../src/zoom/scim/group/group-class.js';
import { clientOptions, connectorSettings, cookieKey, groupClassSettings } from '../../src/zoom/settings.js';
import { startService, type TestService, type TestSettings, type TestSurroundings } from './service.js';

/** The ways in which groups are managed: over REST, over SCIM complemented by REST, and over SCIM alone. */
export const groupApis = ['rest', 'scim', 'scim alone'] as const;

export type GroupApi = (typeof groupApis)[number];

/** Starts a service whose groups are managed in one of the ways. */
export function startGroups(
  api: GroupApi,
  settings: TestSettings = {},
  surroundings: TestSurroundings = {},
): Promise<TestService> {
  const factory = api === 'rest' ? {} : { factory: scimConnector(api === 'scim') };
  return startService(settings, { ...surroundings, ...factory });
}

/** A connector with groups over SCIM as its only object class. */
function scimConnector(fallback: boolean): typeof createZoomConnector {
  return (config, { client, version }) => {
    const { clock = systemClock } = client ?? {};
    const zoom = createZoomClient(clientOptions(config), client);
    return createConnector(connectorSettings(config), {
      version,
      pause: (ms, signal) => clock.sleep(ms, signal),
      now: () => clock.now(),
      objectClasses: [createScimGroupClass({ ...groupClassSettings(config), fallback })],
      target: zoom,
      lock: createMemoryLock(),
      contexts: createMemoryListingContexts(Date.now),
      cookieKey: cookieKey(config),
      checks: [],
      targetState: () => zoom.state(),
      close: () => zoom.close(),
    });
  };
}
