import type { Finding } from '../../connid/errors.js';
import type { ConnectorConfig } from '../connector-config.js';
import { isLoopbackHost } from './addresses.js';
import type { Rule } from './rule.js';

/** Keys travel encrypted with a key that everybody has, and may be guessed offline by whoever has seen one. */
const shortestRemoteKey = 24;

const keysNeeded: Rule = {
  reads: ['/connectorServer/enabled', '/connectorServer/keys'],
  check: ({ connectorServer: { enabled, keys } }) => {
    const isMissing = enabled && (keys.length === 0 || keys.includes(null));
    return isMissing ? [{ path: '/connectorServer/keys', message: 'Needs a key that hosts show.' }] : [];
  },
};

const tlsNeeded: Rule = {
  reads: ['/connectorServer/enabled', '/connectorServer/host', '/connectorServer/tls'],
  check: ({ connectorServer: { enabled, host, tls } }) => {
    if (!enabled || isLoopbackHost(host) || tls !== null) return [];
    const message = 'Is needed beyond loopback addresses: requests contain credentials of the target.';
    return [{ path: '/connectorServer/tls', message }];
  },
};

const simulatorStaysHere: Rule = {
  reads: ['/connectorServer/enabled', '/connectorServer/host', '/simulator/allowRemote', '/service/target'],
  check: ({ connectorServer: { enabled, host }, service, simulator }) => {
    const isLocal = !enabled || isLoopbackHost(host) || simulator.allowRemote;
    if (service.target !== 'simulator' || isLocal) return [];
    const message =
      'The simulator is served on loopback addresses only, unless "simulator.allowRemote" is set.';
    return [{ path: '/connectorServer/host', message }];
  },
};

/** Rules about the connector server. */
export const connectorServerRules: readonly Rule[] = [keysNeeded, tlsNeeded, simulatorStaysHere];

/** Findings about the keys themselves, once they have been looked up. The messages do not repeat them. */
export function keyFindings({ connectorServer: { enabled, host, keys } }: ConnectorConfig): Finding[] {
  if (!enabled || isLoopbackHost(host)) return [];
  return keys.flatMap((key, index) => {
    if (key === null || key.reveal().length >= shortestRemoteKey) return [];
    const message = `Needs ${shortestRemoteKey} characters or more beyond loopback addresses.`;
    return [{ path: `/connectorServer/keys/${index}`, message }];
  });
}
