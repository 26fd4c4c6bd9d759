import type { Clock } from './core/clock.js';
import type { Random } from './core/random.js';
import type { Faults } from './faults/faults.js';
import type { PageTokens } from './state/page-tokens.js';
import type { Limiter } from './limits/limiter.js';
import type { Locks } from './limits/locks.js';
import type { RequestLog } from './http/request-log.js';
import type { SimulatorOptions } from './options/options.js';
import type { AccessTokens } from './state/access-tokens.js';
import type { Groups } from './state/groups.js';
import type { Licences } from './state/licences.js';
import type { Phone } from './state/phone.js';
import type { Roles } from './state/roles.js';
import type { CustomAttribute } from './state/records.js';
import type { Users } from './state/users.js';

/** Everything that one simulator consists of; there is no state outside of it. */
export interface World {
  /** The options in force; replaced as a whole when they change at run time. */
  options: SimulatorOptions;
  readonly clock: Clock;
  /** Randomness of ids and tokens made while the simulator runs. */
  readonly random: Random;
  /** Randomness of delays and failures of the network; apart, so that it does not change ids. */
  readonly networkRandom: Random;
  readonly users: Users;
  readonly groups: Groups;
  readonly roles: Roles;
  readonly phone: Phone;
  readonly licences: Licences;
  /** Custom attributes that the account defines; their value is empty. */
  readonly customAttributes: readonly CustomAttribute[];
  /** Addresses that have a Zoom account elsewhere. */
  readonly foreignAddresses: Set<string>;
  /** Addresses that were invited and whose invitation was withdrawn. */
  readonly onceInvited: Set<string>;
  readonly accessTokens: AccessTokens;
  readonly pageTokens: PageTokens;
  readonly limiter: Limiter;
  readonly locks: Locks;
  readonly faults: Faults;
  readonly log: RequestLog;
}
