import { type Account, groupNameOf, type GroupSlot, type UserSlot } from './account.js';
import type { CellChange, ModelOperation, ModelSettings, PlannedOperation } from './operation.js';

const objectClass = 'ZoomGroup';

export class CreateGroup implements ModelOperation {
  constructor(private readonly slot: GroupSlot) {}

  plan(account: Account, { adopts }: ModelSettings): PlannedOperation {
    const existing = account.groups.get(this.slot);
    const name = existing?.name ?? groupNameOf(this.slot, 0);
    const made = { status: 201, changes: [nameCell(this.slot, name)] };
    const met = adopts
      ? { status: 200, changes: [] }
      : { exception: 'AlreadyExistsException', uid: existing?.uid ?? '' };
    return {
      operation: 'create',
      body: { objectClass, attributes: { __NAME__: name } },
      expected: existing === undefined ? made : met,
    };
  }

  toString(): string {
    return `create group ${this.slot}`;
  }
}

/** Renames a group, and adds and removes members in the same update. */
export class UpdateGroup implements ModelOperation {
  constructor(
    private readonly slot: GroupSlot,
    private readonly wanted: {
      readonly version?: number | undefined;
      readonly joining: readonly UserSlot[];
      readonly leaving: readonly UserSlot[];
    },
  ) {}

  plan(account: Account): PlannedOperation | undefined {
    const group = account.groups.get(this.slot);
    const deltas = this.#deltas(account);
    if (group === undefined || deltas.length === 0) return undefined;
    return {
      operation: 'update-delta',
      body: { objectClass, uid: group.uid, deltas },
      expected: { status: 200, changes: this.#changes(account) },
    };
  }

  /** Zoom takes no pending members. */
  #users(account: Account, slots: readonly UserSlot[]): readonly UserSlot[] {
    return slots.filter((slot) => ['active', 'inactive'].includes(account.users.get(slot)?.status ?? ''));
  }

  #joining(account: Account): readonly UserSlot[] {
    return this.#users(account, this.wanted.joining);
  }

  #leaving(account: Account): readonly UserSlot[] {
    return this.#users(account, this.wanted.leaving).filter((slot) => !this.wanted.joining.includes(slot));
  }

  #deltas(account: Account): readonly object[] {
    const { version } = this.wanted;
    const uids = (slots: readonly UserSlot[]) => slots.map((slot) => account.users.get(slot)?.uid);
    const [valuesToAdd, valuesToRemove] = [uids(this.#joining(account)), uids(this.#leaving(account))];
    const moves = valuesToAdd.length + valuesToRemove.length > 0;
    return [
      ...(version === undefined
        ? []
        : [{ name: 'GROUP_NAME', valuesToReplace: [groupNameOf(this.slot, version)] }]),
      ...(moves ? [{ name: 'MEMBER_IDS', valuesToAdd, valuesToRemove }] : []),
    ];
  }

  #changes(account: Account): readonly CellChange[] {
    const { version } = this.wanted;
    const cell = (slot: UserSlot, value: 'yes' | undefined): CellChange => ({
      cell: `user ${slot} in ${this.slot}`,
      value,
      attribute: 'MEMBER_IDS',
    });
    return [
      ...(version === undefined ? [] : [nameCell(this.slot, groupNameOf(this.slot, version))]),
      ...this.#joining(account).map((slot) => cell(slot, 'yes')),
      ...this.#leaving(account).map((slot) => cell(slot, undefined)),
    ];
  }

  toString(): string {
    return `update group ${this.slot} ${JSON.stringify(this.wanted)}`;
  }
}

export class DeleteGroup implements ModelOperation {
  constructor(private readonly slot: GroupSlot) {}

  plan(account: Account): PlannedOperation | undefined {
    const group = account.groups.get(this.slot);
    if (group === undefined) return undefined;
    const gone = [
      `group ${this.slot} name`,
      ...[...account.users.keys()].map((user) => `user ${user} in ${this.slot}`),
    ];
    return {
      operation: 'delete',
      body: { objectClass, uid: group.uid },
      expected: {
        status: 204,
        changes: gone.map((cell) => ({ cell, value: undefined, attribute: '__UID__' })),
      },
    };
  }

  toString(): string {
    return `delete group ${this.slot}`;
  }
}

function nameCell(slot: GroupSlot, name: string): CellChange {
  return { cell: `group ${slot} name`, value: name, attribute: '__NAME__' };
}
