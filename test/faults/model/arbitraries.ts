import fc from 'fast-check';
import type { FaultAction, FaultRule } from '../../../src/simulator/faults/fault.js';
import { groupSlots, userSlots } from './account.js';
import { CreateGroup, DeleteGroup, UpdateGroup } from './group-operations.js';
import type { ModelOperation, ModelSettings } from './operation.js';
import type { Beginning } from './play.js';
import { ReadGroup, ReadUser } from './read-operations.js';
import { CreateUser, DeleteUser, UpdateUser } from './user-operations.js';

const userSlot = fc.constantFrom(...userSlots);
const groupSlot = fc.constantFrom(...groupSlots);
const version = fc.nat({ max: 3 });
const word = fc.constantFrom('Ada', 'Bea', 'Cleo');
const firstName = fc.constantFrom('CanaryAda', 'CanaryBea', 'CanaryCleo');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const someGroups = fc.uniqueArray(groupSlot, { maxLength: groupSlots.length });
const someUsers = fc.uniqueArray(userSlot, { maxLength: userSlots.length });

const newUser = fc.record({
  action: fc.constantFrom('create' as const, 'ssoCreate' as const),
  FIRST_NAME: firstName,
  DEPT: word,
  groups: someGroups,
});

const userChanges = fc.record({
  FIRST_NAME: maybe(firstName),
  DEPT: maybe(word),
  enable: maybe(fc.boolean()),
  groups: maybe(someGroups),
  renameTo: maybe(version),
});

const groupChanges = fc.record({ version: maybe(version), joining: someUsers, leaving: someUsers });

/** Operations on any slot; users are changed more often than they come and go. */
export const operations: fc.Arbitrary<ModelOperation> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(userSlot, newUser).map(([slot, given]) => new CreateUser(slot, given)) },
  {
    weight: 6,
    arbitrary: fc.tuple(userSlot, userChanges).map(([slot, given]) => new UpdateUser(slot, given)),
  },
  { weight: 1, arbitrary: userSlot.map((slot) => new DeleteUser(slot)) },
  { weight: 2, arbitrary: userSlot.map((slot) => new ReadUser(slot)) },
  { weight: 1, arbitrary: groupSlot.map((slot) => new ReadGroup(slot)) },
  { weight: 2, arbitrary: groupSlot.map((slot) => new CreateGroup(slot)) },
  {
    weight: 3,
    arbitrary: fc.tuple(groupSlot, groupChanges).map(([slot, given]) => new UpdateGroup(slot, given)),
  },
  { weight: 1, arbitrary: groupSlot.map((slot) => new DeleteGroup(slot)) },
);

/** How the service of a run is set up. */
const settings: fc.Arbitrary<ModelSettings> = fc.record({
  adopts: fc.boolean(),
  deactivatesOnDelete: fc.boolean(),
  updatesDisabled: fc.boolean(),
  skipsPending: fc.boolean(),
  ioErrorRetries: fc.constantFrom(0, 1, 3),
});

const status = fc.constantFrom('active' as const, 'inactive' as const, 'pending' as const);

/** Where runs begin. */
export const beginnings: fc.Arbitrary<Beginning> = fc.record({
  settings,
  seed: fc.nat({ max: 100_000 }),
  users: fc.array(maybe(status), { minLength: userSlots.length, maxLength: userSlots.length }),
});

const actions: readonly FaultAction[] = [
  { kind: 'status', status: 503, body: { message: 'Busy.' } },
  { kind: 'html', status: 502 },
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'drop', when: 'after' },
  { kind: 'truncate' },
  { kind: 'rateLimit', limit: 'second', headers: false },
  { kind: 'rateLimit', limit: 'daily', retryAfter: 'iso' },
  { kind: 'token', state: 'revoked' },
];

/** Faults that together strike so many of all calls, tokens and reads included. */
export function faultsAtRate(rate: number): readonly FaultRule[] {
  const probability = 1 - (1 - rate) ** (1 / actions.length);
  return actions.map((action) => ({ match: { probability }, action }));
}
