import { type Account, addressOf, type GroupSlot, type ModelUser, type UserSlot } from './account.js';
import {
  type CellChange,
  emptyUser,
  type Expectation,
  type ModelOperation,
  type ModelSettings,
  type PlannedOperation,
} from './operation.js';

/** Attributes of a user that the model changes; those left out stay as they are. */
interface UserChanges {
  readonly FIRST_NAME?: string | undefined;
  readonly DEPT?: string | undefined;
  readonly enable?: boolean | undefined;
  readonly groups?: readonly GroupSlot[] | undefined;
  readonly renameTo?: number | undefined;
}

/** What a create is given. */
interface NewUser {
  readonly action: 'create' | 'ssoCreate';
  readonly FIRST_NAME: string;
  readonly DEPT: string;
  readonly groups: readonly GroupSlot[];
}

const objectClass = 'ZoomUser';
const lapsed = { exception: 'PreconditionFailedException' } as const;

export class CreateUser implements ModelOperation {
  constructor(
    private readonly slot: UserSlot,
    private readonly given: NewUser,
  ) {}

  plan(account: Account, settings: ModelSettings): PlannedOperation {
    const { DEPT, FIRST_NAME, action } = this.given;
    const existing = account.users.get(this.slot);
    const address = existing?.address ?? addressOf(this.slot, 0);
    const groups = this.#groups(account);
    const groupIds = groups.map((group) => account.groups.get(group)?.uid);
    const attributes = { EMAIL: address, FIRST_NAME, DEPT, CREATE_ACTION: action, GROUP_IDS: groupIds };
    const expected =
      existing === undefined ? this.#made(address, groups) : this.#met(existing, account, settings);
    return { operation: 'create', body: { objectClass, attributes }, expected };
  }

  #groups(account: Account): readonly GroupSlot[] {
    return this.given.groups.filter((group) => account.groups.has(group));
  }

  #made(address: string, groups: readonly GroupSlot[]): Expectation {
    const { DEPT, FIRST_NAME, action } = this.given;
    const pending = action === 'create';
    return {
      status: 201,
      changes: [
        ...cells(this.slot, {
          address: ['__NAME__', address],
          status: ['__NAME__', pending ? 'pending' : 'active'],
          FIRST_NAME: ['FIRST_NAME', FIRST_NAME],
        }),
        ...(pending ? [] : cells(this.slot, { DEPT: ['DEPT', DEPT] })),
        ...(pending ? groups.slice(0, 1) : groups).map((group) => membership(this.slot, group, true)),
      ],
    };
  }

  /** A user that is there already: a collision, or an update with what was given. */
  #met(user: ModelUser, account: Account, { adopts }: ModelSettings): Expectation {
    if (!adopts) return { exception: 'AlreadyExistsException', uid: user.uid };
    const { DEPT, FIRST_NAME } = this.given;
    const groups = this.#groups(account);
    if (user.status !== 'pending') {
      // An empty list in a create is no list.
      const changes = { FIRST_NAME, DEPT, enable: true, ...(groups.length > 0 && { groups }) };
      return { status: 200, changes: changesOf(this.slot, user, account, changes) };
    }
    return { status: 200, changes: joinsFirst(this.slot, user, groups) };
  }

  toString(): string {
    return `create user ${this.slot} ${JSON.stringify(this.given)}`;
  }
}

export class UpdateUser implements ModelOperation {
  constructor(
    private readonly slot: UserSlot,
    private readonly wanted: UserChanges,
  ) {}

  plan(account: Account, settings: ModelSettings): PlannedOperation | undefined {
    const user = account.users.get(this.slot);
    if (user === undefined || (this.wanted.renameTo !== undefined && user.renames >= 3)) return undefined;
    const { groups, ...rest } = this.wanted;
    const present = groups?.filter((group) => account.groups.has(group));
    const wanted = present === undefined ? rest : { ...rest, groups: present };
    const deltas = deltasOf(this.slot, account, wanted);
    if (deltas.length === 0) return undefined;
    const expected = expectationOf(this.slot, user, account, { wanted, settings });
    const endsInDeactivation =
      'changes' in expected && expected.changes.some(({ value }) => value === 'inactive');
    const body = { objectClass, uid: user.uid, deltas };
    return { operation: 'update-delta', body, expected, endsInDeactivation };
  }

  toString(): string {
    return `update user ${this.slot} ${JSON.stringify(this.wanted)}`;
  }
}

export class DeleteUser implements ModelOperation {
  constructor(private readonly slot: UserSlot) {}

  plan(account: Account, { deactivatesOnDelete }: ModelSettings): PlannedOperation | undefined {
    const user = account.users.get(this.slot);
    if (user === undefined) return undefined;
    const inactive = cells(this.slot, { status: ['__ENABLE__', 'inactive'] });
    const stays = deactivatesOnDelete && user.status !== 'pending';
    const changes = stays ? inactive : emptyUser(this.slot, account);
    return {
      operation: 'delete',
      body: { objectClass, uid: user.uid },
      expected: { status: 204, changes },
    };
  }

  toString(): string {
    return `delete user ${this.slot}`;
  }
}

function expectationOf(
  slot: UserSlot,
  user: ModelUser,
  account: Account,
  { settings, wanted }: { readonly settings: ModelSettings; readonly wanted: UserChanges },
): Expectation {
  const changes = changesOf(slot, user, account, wanted);
  const effective = changes.length > 0;
  if (user.status === 'pending')
    return ofPending(changes, joinsFirst(slot, user, wanted.groups), wanted, settings);
  const refuses = user.status === 'inactive' && wanted.enable !== true && !settings.updatesDisabled;
  // Disabling an inactive user changes nothing, and what comes with it cannot be applied.
  if (refuses && effective) return lapsed;
  const isBracket = user.status === 'inactive' && wanted.enable !== true && effective;
  const restored = { cell: `user ${slot} status`, value: 'inactive', meanwhile: 'active' };
  return {
    status: 200,
    changes: [...changes, ...(isBracket ? [{ ...restored, attribute: '__ENABLE__' }] : [])],
  };
}

/** Of a pending user all changes are made or none, unless the service skips those that Zoom does not make. */
function ofPending(
  changes: readonly CellChange[],
  possible: readonly CellChange[],
  { enable }: UserChanges,
  { skipsPending }: ModelSettings,
): Expectation {
  if (changes.length === 0 || joinsOneGroup(changes)) return { status: 200, changes };
  return skipsPending && enable !== false ? { status: 200, changes: possible } : lapsed;
}

/** A pending user can be put into one group more: the first of those that were asked for. */
function joinsFirst(
  slot: UserSlot,
  user: ModelUser,
  groups: readonly GroupSlot[] = [],
): readonly CellChange[] {
  const first = groups.find((group) => !user.groups.includes(group));
  return first === undefined ? [] : [membership(slot, first, true)];
}

function joinsOneGroup([change, ...others]: readonly CellChange[]): boolean {
  return others.length === 0 && change?.attribute === 'GROUP_IDS' && change.value === 'yes';
}

/** The cells that are going to be different. */
function changesOf(
  slot: UserSlot,
  user: ModelUser,
  account: Account,
  { DEPT, FIRST_NAME, enable, groups, renameTo }: UserChanges,
): readonly CellChange[] {
  const profile = { FIRST_NAME, DEPT };
  const changed = Object.entries(profile).filter(
    ([name, value]) => value !== undefined && value !== user[name as keyof typeof profile],
  );
  const address = renameTo === undefined ? user.address : addressOf(slot, renameTo);
  const status = statusAfter(user.status, enable);
  return [
    ...changed.map(([name, value]) => ({ cell: `user ${slot} ${name}`, value, attribute: name })),
    ...(address === user.address ? [] : cells(slot, { address: ['__NAME__', address] })),
    ...(status === user.status ? [] : cells(slot, { status: ['__ENABLE__', status] })),
    ...[...account.groups.keys()]
      .filter((group) => groups !== undefined && groups.includes(group) !== user.groups.includes(group))
      .map((group) => membership(slot, group, groups?.includes(group) === true)),
  ];
}

/** A pending user counts as enabled, and cannot be disabled. */
function statusAfter(status: ModelUser['status'], enable: boolean | undefined): string {
  if (enable === undefined || (status === 'pending' && enable)) return status;
  return enable ? 'active' : 'inactive';
}

function deltasOf(slot: UserSlot, account: Account, wanted: UserChanges): readonly object[] {
  const { DEPT, FIRST_NAME, enable, groups, renameTo } = wanted;
  const address = renameTo === undefined ? undefined : addressOf(slot, renameTo);
  const single = { FIRST_NAME, DEPT, __NAME__: address, __ENABLE__: enable };
  const ids = groups?.map((group) => account.groups.get(group)?.uid);
  return [
    ...Object.entries(single)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name, valuesToReplace: [value] })),
    ...(ids === undefined ? [] : [{ name: 'GROUP_IDS', valuesToReplace: ids }]),
  ];
}

function membership(slot: UserSlot, group: GroupSlot, member: boolean): CellChange {
  return { cell: `user ${slot} in ${group}`, value: member ? 'yes' : undefined, attribute: 'GROUP_IDS' };
}

function cells(
  slot: UserSlot,
  values: Readonly<Record<string, readonly [attribute: string, value: string]>>,
): readonly CellChange[] {
  return Object.entries(values).map(([name, [attribute, value]]) => ({
    cell: `user ${slot} ${name}`,
    value,
    attribute,
  }));
}
