import type { ConnectorConfig } from '../config/connector-config.js';
import { GuardedString } from '../connid/guarded-string.js';
import type { SimulatorOptions } from '../simulator/options/options.js';
import type { Simulator } from '../simulator/simulator.js';

/** The target of the connector: Zoom, or a simulator that was started for it. */
export interface RunningTarget {
  /** The configuration as loaded, without the addresses of a simulator. */
  readonly original: ConnectorConfig;
  /** The configuration with the addresses and credentials of the target. */
  readonly config: ConnectorConfig;
  /** The target in words, for the user. */
  readonly description: string;
  /** URL of Zoom's API, or of the simulator with its control API. */
  readonly url: string;
  readonly simulation?: Simulation;
  /** Keeps the target open until the returned function is called. */
  hold(): () => void;
  /** Resolves when nobody holds the target any more, and it is closed. */
  close(): Promise<void>;
}

/**
 * Starts the embedded simulator on a free loopback port, if it is the target.
 * @param running - the present target. Its simulator is kept if the simulator's settings have not changed.
 */
export async function startTarget(config: ConnectorConfig, running?: RunningTarget): Promise<RunningTarget> {
  if (config.service.target === 'zoom') {
    const { api, scimUrl, serviceUrl } = config.service;
    const url = api === 'scim' ? scimUrl : serviceUrl;
    const [hold, close] = [() => () => undefined, () => Promise.resolve()];
    return { original: config, config, description: `Zoom at ${url}`, url, hold, close };
  }
  const simulation = keptSimulation(config, running) ?? (await startSimulation(config));
  const { holds, simulator, url } = simulation;
  return {
    original: config,
    config: pointedAt(config, simulation),
    description: `the embedded Zoom simulator at ${url} with ${config.simulator.users} users`,
    url,
    simulation,
    hold: () => holds.hold(),
    close: () => holds.allReleased().then(() => simulator.close()),
  };
}

/** A running simulator and its URL. */
interface Simulation {
  readonly simulator: Simulator;
  readonly url: string;
  readonly holds: Holds;
}

/** Counts those who still need something that is to be closed. */
class Holds {
  #count = 0;
  readonly #waiting: (() => void)[] = [];

  hold(): () => void {
    this.#count += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count -= 1;
      if (this.#count === 0) for (const wake of this.#waiting.splice(0)) wake();
    };
  }

  async allReleased(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

/** The simulator's settings. `allowRemote` is not among them, because the simulator does not choose its address. */
export function simulatorOptions({ simulator }: ConnectorConfig): Partial<SimulatorOptions> {
  const { allowRemote: _allowRemote, ...options } = simulator;
  return options;
}

async function startSimulation(config: ConnectorConfig): Promise<Simulation> {
  const { createSimulator } = await import('../simulator/simulator.js');
  const simulator = createSimulator(simulatorOptions(config));
  return { simulator, holds: new Holds(), ...(await simulator.listen()) };
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
