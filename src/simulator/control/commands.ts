import { createId } from '../core/ids.js';
import { optionProblems, type SimulatorOptions } from '../options/options.js';
import { callingPlans } from '../phone/calling-plans.js';
import { enroll } from '../phone/phone-users.js';
import { isUnitedCode, isZoomOneText } from '../state/licence-codes.js';
import type { User, UserStatus } from '../state/records.js';
import { removeLicences, leaveAccount } from '../users/delete-user.js';
import { hasPhone, isSeatedFeature, switchPhone } from '../users/feature-rules.js';
import { userByKey } from '../users/find-user.js';
import type { World } from '../world.js';
import { CommandError } from './control-route.js';

const plainPools: readonly string[] = ['total', 'basic', 'licensed', 'unassigned', 'phone'];

/** Kinds that have one pool per code, with the check of the code after the colon. */
const codedPools: Readonly<Record<string, (code: string) => boolean>> = {
  zoomOne: isZoomOneText,
  planUnited: isUnitedCode,
  feature: isSeatedFeature,
  plan: (code) => [...callingPlans.keys()].some((known) => String(known) === code),
};

/** Names of the possible licence pools, for messages. */
const poolNames = [...plainPools, ...Object.keys(codedPools).map((kind) => `${kind}:CODE`)].join(', ');

/** True for the name of a licence pool, in use or not. */
function isPool(name: string): boolean {
  if (plainPools.includes(name)) return true;
  const [kind = '', ...code] = name.split(':');
  return Object.hasOwn(codedPools, kind) && codedPools[kind]?.(code.join(':')) === true;
}

/** The seats to give a licence pool: in all, or left free. Null means unlimited. */
export interface SeatChange {
  readonly pool: string;
  readonly seats?: number | null;
  readonly free?: number;
}

/** A user by id or address. @throws CommandError 404 when the account has no such user. */
export function requireUser(world: World, key: string): User {
  const user = userByKey(world, key);
  if (!user) throw new CommandError(404, `There is no user ${key}.`);
  return user;
}

/** Accepts an invitation. With `keepId: false` the user gets another id, as Zoom may do. */
export function acceptInvitation(world: World, key: string, { keepId = true } = {}): User {
  const user = requirePending(world, key);
  world.users.change(user, {
    status: 'active',
    verified: 1,
    invitation: undefined,
    ...(!keepId && { id: createId(world.random) }),
  });
  world.foreignAddresses.delete(user.email);
  world.groups.joinAssigned(user);
  if (hasPhone(user)) enroll(world, user);
  return user;
}

export function expireInvitation(world: World, key: string): User {
  const user = requirePending(world, key);
  const { sentAt, foreign } = user.invitation ?? { sentAt: world.clock.now(), foreign: false };
  user.invitation = { sentAt, foreign, expired: true };
  return user;
}

/** Withdraws an invitation, as an administrator does in the portal. */
export function deleteInvitation(world: World, key: string): User {
  const user = requirePending(world, key);
  leaveAccount(world, user, 'disassociate');
  return user;
}

/** Gives an address its own Zoom account, outside the simulated one. */
export function addForeignAddress(world: World, email: string): void {
  if (!email.includes('@')) throw new CommandError(400, 'An e-mail address is needed.');
  world.foreignAddresses.add(email.toLowerCase());
}

export function removeForeignAddress(world: World, email: string): void {
  world.foreignAddresses.delete(email.toLowerCase());
}

/** Moves a user to another status without applying Zoom's rules. */
export function moveStatus(world: World, key: string, status: UserStatus): User {
  const user = requireUser(world, key);
  if (user.status === status) return user;
  if (user.status === 'pending') acceptInvitation(world, key);
  if (status === 'inactive') removeLicences(world, user);
  const invitation =
    status === 'pending' ? { sentAt: world.clock.now(), expired: false, foreign: false } : undefined;
  if (status === 'pending') leaveMembership(world, user);
  world.users.change(user, { status, invitation });
  return user;
}

export function setLicences(world: World, change: SeatChange): void {
  if (!isPool(change.pool))
    throw new CommandError(404, `There is no licence pool ${change.pool}; the pools are ${poolNames}.`);
  if (![change.free ?? 0, change.seats ?? 0].every((count) => Number.isInteger(count) && count >= 0))
    throw new CommandError(400, 'Seats are whole numbers from 0.');
  if (change.free !== undefined) world.licences.setFree(change.pool, change.free);
  else if (change.seats !== undefined) world.licences.setSeats(change.pool, change.seats);
  else throw new CommandError(400, 'Seats or free seats are needed.');
}

/** Changes options while the simulator runs. */
export function setOptions(world: World, changes: Partial<SimulatorOptions>): SimulatorOptions {
  const problems = optionProblems(changes, true);
  if (problems.length > 0) throw new CommandError(400, problems.join(' '));
  world.options = { ...world.options, ...changes };
  return world.options;
}

function requirePending(world: World, key: string): User {
  const user = requireUser(world, key);
  if (user.status !== 'pending') throw new CommandError(409, `User ${key} is not pending.`);
  return user;
}

function leaveMembership(world: World, user: User): void {
  const { groups } = user;
  switchPhone(world, user, false);
  world.groups.removeUser(user);
  user.groups = groups;
}
