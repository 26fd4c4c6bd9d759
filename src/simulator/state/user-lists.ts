import type { User, UserStatus } from './user.js';

/** Ordered lists of users by status and by status and role, kept up to date so that pages need no scan. */
export class UserLists {
  readonly #lists = new Map<string, User[]>();

  /** The users of one status, of one role when it is given, in the order of creation. */
  get(status: UserStatus, roleId?: string): readonly User[] {
    return this.#lists.get(roleId === undefined ? status : `${status}/${roleId}`) ?? [];
  }

  insert(user: User): void {
    for (const key of keysOf(user)) {
      const list = this.#lists.get(key) ?? [];
      this.#lists.set(key, list);
      const position = positionOf(list, user.seq);
      if (position === list.length) list.push(user);
      else list.splice(position, 0, user);
    }
  }

  remove(user: User): void {
    for (const key of keysOf(user)) {
      const list = this.#lists.get(key) ?? [];
      const position = positionOf(list, user.seq);
      if (list[position] === user) list.splice(position, 1);
    }
  }
}

function keysOf(user: User): [string, string] {
  return [user.status, `${user.status}/${user.role_id}`];
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
