import { type Clock, createManualClock, createRealClock } from './core/clock.js';
import { createAttributeKey, createId } from './core/ids.js';
import { createRandom, type Random } from './core/random.js';
import { Faults } from './faults/faults.js';
import { RequestLog } from './http/request-log.js';
import { Limiter } from './limits/limiter.js';
import { Locks } from './limits/locks.js';
import type { SimulatorOptions } from './options/options.js';
import { seedGroups, seedPhone, setPlanSeats } from './seed/seed-phone.js';
import { seedUsers } from './seed/seed-users.js';
import { AccessTokens } from './state/access-tokens.js';
import { Groups } from './state/groups.js';
import { Licences } from './state/licences.js';
import { Phone } from './state/phone.js';
import { Roles } from './state/roles.js';
import type { CustomAttribute } from './state/profile.js';
import { Users } from './state/users.js';
import type { World } from './world.js';

/** Makes an account and fills it from the seed. */
export function createWorld(options: SimulatorOptions): World {
  const seedRandom = createRandom(options.seed, 'seed');
  const licences = new Licences(options.freeLicences);
  const world: World = {
    options,
    clock: clockOf(options.clock),
    random: createRandom(options.seed, 'run'),
    networkRandom: createRandom(options.seed, 'network'),
    users: new Users(licences),
    groups: new Groups(),
    roles: new Roles(),
    phone: new Phone(licences),
    licences,
    customAttributes: attributesOf(seedRandom),
    foreignAddresses: new Set(),
    onceInvited: new Set(),
    accessTokens: new AccessTokens(),
    pageTokens: new Map(),
    limiter: new Limiter(),
    locks: new Locks(),
    faults: new Faults(createRandom(options.seed, 'faults')),
    log: new RequestLog(),
  };
  seed(world, seedRandom);
  for (const rule of options.faults) world.faults.add(rule);
  return world;
}

function seed(world: World, random: Random): void {
  const customRole = `R${createId(random)}`;
  world.roles.add({
    id: customRole,
    name: 'Help Desk',
    description: 'Resets passwords',
    privileges: ['User:Read', 'User:Edit'],
  });
  seedUsers(world, random, customRole);
  seedGroups(world, random);
  seedPhone(world, random);
  world.licences.setInitialSeats();
  setPlanSeats(world);
}

function attributesOf(random: Random): CustomAttribute[] {
  return ['Badge', 'Cost Code'].map((name) => ({ key: createAttributeKey(random), name, value: '' }));
}

function clockOf(option: SimulatorOptions['clock']): Clock {
  if (option === 'real') return createRealClock();
  return option === 'manual' ? createManualClock() : option;
}
