import type { ConnectorConfig } from '../config/connector-config.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { SimulatorOptions } from '../simulator/options/options.js';
import { createSimulator, type Simulator } from '../simulator/simulator.js';

/** What the connector talks to: Zoom, or a simulator that was started for it. */
export interface RunningTarget {
  /** The configuration as it was given. */
  readonly given: ConnectorConfig;
  /** The configuration with the addresses and credentials of the target. */
  readonly config: ConnectorConfig;
  /** In words, for whoever starts the service. */
  readonly description: string;
  /** Address of Zoom's API, or of the simulator with its control API. */
  readonly url: string;
  readonly simulation?: Simulation;
  close(): Promise<void>;
}

/**
 * Starts the embedded simulator where the configuration wants it, on a free loopback port.
 * @param running - a target that runs already; its simulator is kept when its settings have not changed.
 */
export async function startTarget(config: ConnectorConfig, running?: RunningTarget): Promise<RunningTarget> {
  if (config.service.target === 'zoom') {
    const { api, scimUrl, serviceUrl } = config.service;
    const url = api === 'scim' ? scimUrl : serviceUrl;
    return { given: config, config, description: `Zoom at ${url}`, url, close: () => Promise.resolve() };
  }
  const simulation = keptSimulation(config, running) ?? (await startSimulation(config));
  const { simulator, url } = simulation;
  return {
    given: config,
    config: pointedAt(config, simulation),
    description: `the embedded Zoom simulator at ${url} with ${config.simulator.users} users`,
    url,
    simulation,
    close: () => simulator.close(),
  };
}

/** A simulator and where it listens. */
interface Simulation {
  readonly simulator: Simulator;
  readonly url: string;
}

/** The simulator's part of the configuration; who may reach it is not the simulator's business. */
export function simulatorOptions({ simulator }: ConnectorConfig): Partial<SimulatorOptions> {
  const { allowRemote: _allowRemote, ...options } = simulator;
  return options;
}

async function startSimulation(config: ConnectorConfig): Promise<Simulation> {
  const simulator = createSimulator(simulatorOptions(config));
  return { simulator, ...(await simulator.listen()) };
}

function keptSimulation(config: ConnectorConfig, running: RunningTarget | undefined): Simulation | undefined {
  const same = JSON.stringify(running?.config.simulator) === JSON.stringify(config.simulator);
  return same ? running?.simulation : undefined;
}

function pointedAt(
  config: ConnectorConfig,
  { simulator: { credentials }, url }: Simulation,
): ConnectorConfig {
  const { authenticator, scim } = config.security;
  const oauth2ClientCredentials = {
    ...authenticator.oauth2ClientCredentials,
    tokenUrl: `${url}/oauth/token`,
    clientId: credentials.clientId,
    clientSecret: new GuardedString(credentials.clientSecret),
  };
  return {
    ...config,
    service: { ...config.service, serviceUrl: `${url}/v2`, scimUrl: `${url}/scim2` },
    security: { scim, authenticator: { ...authenticator, oauth2ClientCredentials } },
    custom: { ...config.custom, accountId: credentials.accountId },
  };
}
