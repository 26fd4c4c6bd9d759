import type { AddressInfo } from 'node:net';
import {
  acceptInvitation,
  addForeignAddress,
  deleteInvitation,
  expireInvitation,
  moveStatus,
  type SeatChange,
  setLicences,
  setOptions,
} from './control/commands.js';
import { answerCommand } from './control/control-api.js';
import { type StateSummary, summarize } from './control/summary.js';
import type { Clock } from './core/clock.js';
import { createWorld } from './create-world.js';
import type { Faults } from './faults/faults.js';
import type { LoggedRequest, RequestLog } from './http/request-log.js';
import { createHttpServer } from './http/server.js';
import { completeOptions, type SimulatorOptions } from './options/options.js';
import type { AccessTokens } from './state/access-tokens.js';
import type { User, UserStatus } from './state/records.js';
import type { World } from './world.js';

/** The contents of the account, for tests in the same process. Commands change them. */
export type SimulatorState = Pick<
  World,
  | 'users'
  | 'groups'
  | 'roles'
  | 'phone'
  | 'licences'
  | 'customAttributes'
  | 'foreignAddresses'
  | 'onceInvited'
>;

/** Commands of the control API, for tests in the same process. */
interface Commands {
  clearRequests(): void;
  summary(): StateSummary;
  setOptions(changes: Partial<SimulatorOptions>): SimulatorOptions;
  acceptInvitation(key: string, options?: { keepId?: boolean }): User;
  expireInvitation(key: string): User;
  deleteInvitation(key: string): User;
  addForeignAddress(email: string): void;
  moveStatus(key: string, status: UserStatus): User;
  setLicences(change: SeatChange): void;
}

/** A simulated Zoom account with an HTTP server in front of it. */
export interface Simulator extends Commands {
  /** Starts the server. REST is at `url` + `/v2`, tokens at `/oauth/token`, SCIM at `/scim2`. */
  listen(address?: { host?: string; port?: number }): Promise<{ url: string }>;
  /** Stops the server and closes every connection. */
  close(): Promise<void>;
  /** The credentials that clients need. */
  readonly credentials: Readonly<Record<'accountId' | 'clientId' | 'clientSecret' | 'scimToken', string>>;
  readonly state: SimulatorState;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly tokens: AccessTokens;
  /** The calls to Zoom's APIs, oldest first, without control commands. */
  readonly requests: readonly LoggedRequest[];
  /** The log behind `requests`: totals, counts by pattern, peak of concurrent calls. */
  readonly log: RequestLog;
}

/**
 * Creates a simulated Zoom account. Missing options have their defaults.
 * @throws RangeError when an option is unknown or has an invalid value.
 */
export function createSimulator(options: Partial<SimulatorOptions> = {}): Simulator {
  const world = createWorld(completeOptions(options));
  const server = createHttpServer(world, (method, url, text) => answerCommand(world, { method, url, text }));
  return {
    ...commandsOf(world),
    listen: ({ host = '127.0.0.1', port = 0 } = {}) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve({ url: urlOf(server.address() as AddressInfo) });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    get credentials() {
      const { accountId, clientId, clientSecret, scimToken } = world.options;
      return { accountId, clientId, clientSecret, scimToken };
    },
    get requests() {
      return world.log.entries;
    },
    state: world,
    clock: world.clock,
    faults: world.faults,
    tokens: world.accessTokens,
    log: world.log,
  };
}

function commandsOf(world: World): Commands {
  return {
    clearRequests: () => world.log.clear(),
    summary: () => summarize(world),
    setOptions: (changes) => setOptions(world, changes),
    acceptInvitation: (key, options) => acceptInvitation(world, key, options),
    expireInvitation: (key) => expireInvitation(world, key),
    deleteInvitation: (key) => deleteInvitation(world, key),
    addForeignAddress: (email) => addForeignAddress(world, email),
    moveStatus: (key, status) => moveStatus(world, key, status),
    setLicences: (change) => setLicences(world, change),
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
