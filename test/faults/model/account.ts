import type { Group, User } from '../../../src/simulator/state/records.js';
import type { SimulatorState } from '../../../src/simulator/simulator.js';

/** The users and groups of the model. */
export const userSlots = [1, 2, 3] as const;
export const groupSlots = [1, 2] as const;

export type UserSlot = (typeof userSlots)[number];
export type GroupSlot = (typeof groupSlots)[number];

/** A user as the model sees it. */
export interface ModelUser {
  readonly uid: string;
  readonly address: string;
  readonly status: 'active' | 'inactive' | 'pending';
  readonly FIRST_NAME: string;
  readonly DEPT: string;
  readonly groups: readonly GroupSlot[];
  /** Changes of the address so far; Zoom allows three a day. */
  readonly renames: number;
}

interface ModelGroup {
  readonly uid: string;
  readonly name: string;
}

/** The part of the account that the model knows. */
export interface Account {
  readonly users: ReadonlyMap<UserSlot, ModelUser>;
  readonly groups: ReadonlyMap<GroupSlot, ModelGroup>;
}

/** An address of a slot; which slot it belongs to can be read off it. */
export function addressOf(slot: UserSlot, version: number): string {
  return `slot${slot}.canary${version}@example.com`;
}

export function groupNameOf(slot: GroupSlot, version: number): string {
  return `Slot ${slot} v${version}`;
}

/**
 * Reads the account out of the simulator.
 * @throws Error when a slot is taken twice: something was doubled.
 */
export function readAccount(state: SimulatorState): Account {
  const groups = new Map(groupSlots.flatMap((slot) => entry(slot, groupsOf(state, slot))));
  const users = new Map(userSlots.flatMap((slot) => entry(slot, usersOf(state, slot))));
  return {
    groups: new Map([...groups].map(([slot, { id, name }]) => [slot, { uid: id, name }])),
    users: new Map([...users].map(([slot, user]) => [slot, toModel(user, groups)])),
  };
}

function usersOf({ users }: SimulatorState, slot: UserSlot): readonly User[] {
  return [...users.all()].filter(({ email }) => email.startsWith(`slot${slot}.`));
}

function groupsOf({ groups }: SimulatorState, slot: GroupSlot): readonly Group[] {
  return groups.all().filter(({ name }) => name.startsWith(`Slot ${slot} `));
}

function entry<Slot, T>(slot: Slot, found: readonly T[]): readonly (readonly [Slot, T])[] {
  const [only, ...others] = found;
  if (others.length > 0) throw new Error(`Slot ${String(slot)} is taken ${found.length} times`);
  return only === undefined ? [] : [[slot, only]];
}

function toModel(user: User, groups: ReadonlyMap<GroupSlot, Group>): ModelUser {
  return {
    uid: user.id,
    address: user.email,
    status: user.status,
    FIRST_NAME: user.first_name,
    DEPT: user.dept,
    groups: [...groups].filter(([, group]) => user.groups.includes(group)).map(([slot]) => slot),
    renames: user.secrets.emailChanges?.length ?? 0,
  };
}

/** Everything the account shows, cell by cell: what is not there or empty has no cell. */
export type Cells = Readonly<Record<string, string>>;

/** The account as a flat table, to be compared cell by cell. */
export function cellsOf({ groups, users }: Account): Cells {
  const ofUsers = [...users].flatMap(([slot, user]) => [
    [`user ${slot} address`, user.address],
    [`user ${slot} status`, user.status],
    [`user ${slot} FIRST_NAME`, user.FIRST_NAME],
    [`user ${slot} DEPT`, user.DEPT],
    ...user.groups.map((group) => [`user ${slot} in ${group}`, 'yes']),
  ]);
  const ofGroups = [...groups].map(([slot, { name }]) => [`group ${slot} name`, name]);
  return Object.fromEntries([...ofUsers, ...ofGroups].filter(([, value]) => value !== '')) as Cells;
}
