import type { Account, GroupSlot, ModelUser, UserSlot } from './account.js';
import type { ModelOperation, PlannedOperation } from './operation.js';

const read = { status: 200, changes: [] };

/** A get of a user: it tells the account as it is, whatever was remembered of earlier writes. */
export class ReadUser implements ModelOperation {
  constructor(private readonly slot: UserSlot) {}

  plan(account: Account): PlannedOperation | undefined {
    const user = account.users.get(this.slot);
    if (user === undefined) return undefined;
    const attributesToGet = ['FIRST_NAME', 'DEPT', 'STATUS', '__ENABLE__'];
    const { address, uid } = user;
    return {
      operation: 'get',
      body: { objectClass: 'ZoomUser', uid, options: { attributesToGet } },
      expected: read,
      answerBody: { objectClass: 'ZoomUser', uid, name: address, attributes: attributesOf(user) },
    };
  }

  toString(): string {
    return `read user ${this.slot}`;
  }
}

/** A get of a group with its members. */
export class ReadGroup implements ModelOperation {
  constructor(private readonly slot: GroupSlot) {}

  plan(account: Account): PlannedOperation | undefined {
    const group = account.groups.get(this.slot);
    if (group === undefined) return undefined;
    const { name, uid } = group;
    return {
      operation: 'get',
      body: { objectClass: 'ZoomGroup', uid, options: { attributesToGet: ['__NAME__'] } },
      expected: read,
      answerBody: { objectClass: 'ZoomGroup', uid, name, attributes: {} },
    };
  }

  toString(): string {
    return `read group ${this.slot}`;
  }
}

function attributesOf({ DEPT, FIRST_NAME, status }: ModelUser): object {
  return {
    FIRST_NAME: orNull(FIRST_NAME),
    DEPT: orNull(DEPT),
    STATUS: status,
    __ENABLE__: status !== 'inactive',
  };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
