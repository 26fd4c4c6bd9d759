import type { User, UserStatus } from './records.js';

interface Lists {
  readonly all: User[];
  readonly byRole: Map<string, User[]>;
}

const none: readonly User[] = [];

/** Ordered lists of users by status and by status and role, kept up to date so that pages need no scan. */
export class UserLists {
  readonly #lists: Readonly<Record<UserStatus, Lists>> = {
    active: { all: [], byRole: new Map() },
    inactive: { all: [], byRole: new Map() },
    pending: { all: [], byRole: new Map() },
  };

  /** The users of one status, of one role when it is given, in the order of creation. */
  get(status: UserStatus, roleId?: string): readonly User[] {
    const { all, byRole } = this.#lists[status];
    return roleId === undefined ? all : (byRole.get(roleId) ?? none);
  }

  insert(user: User): void {
    const { all, byRole } = this.#lists[user.status];
    insert(all, user);
    const ofRole = byRole.get(user.role_id);
    if (ofRole) insert(ofRole, user);
    else byRole.set(user.role_id, [user]);
  }

  remove(user: User): void {
    const { all, byRole } = this.#lists[user.status];
    remove(all, user);
    remove(byRole.get(user.role_id) ?? [], user);
  }
}

function insert(list: User[], user: User): void {
  const position = positionOf(list, user.seq);
  if (position === list.length) list.push(user);
  else list.splice(position, 0, user);
}

function remove(list: User[], user: User): void {
  const position = positionOf(list, user.seq);
  if (list[position] === user) list.splice(position, 1);
}

/** Index of the first user whose sequence number is not smaller. */
function positionOf(list: readonly User[], seq: number): number {
  const last = list[list.length - 1];
  if (last === undefined || last.seq < seq) return list.length;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
