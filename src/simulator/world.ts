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
import type { CustomAttribute } from './state/profile.js';
import type { Users } from './state/users.js';

/** The complete state of one simulator. */
export interface World {
  /** The options in force. A change at run time replaces them as a whole. */
  options: SimulatorOptions;
  readonly clock: Clock;
  /** Random numbers for ids and tokens made while the simulator runs. */
  readonly random: Random;
  /** Random numbers for delays and failures of the network. Kept apart, so that they do not change ids. */
  readonly networkRandom: Random;
  readonly users: Users;
  readonly groups: Groups;
  readonly roles: Roles;
  readonly phone: Phone;
  readonly licences: Licences;
  /** Custom attributes of the account, with empty values. */
  readonly customAttributes: readonly CustomAttribute[];
  /** Addresses with a Zoom account elsewhere. */
  readonly foreignAddresses: Set<string>;
  /** Addresses with a withdrawn invitation. */
  readonly onceInvited: Set<string>;
  readonly accessTokens: AccessTokens;
  readonly pageTokens: PageTokens;
  readonly limiter: Limiter;
  readonly locks: Locks;
  readonly faults: Faults;
  readonly log: RequestLog;
}
