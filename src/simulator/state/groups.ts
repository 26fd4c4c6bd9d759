import type { Group, User } from './records.js';

/** The groups of the account. Keeps the members of groups and the groups of users in step. */
export class Groups {
  readonly #byId = new Map<string, Group>();
  readonly #byName = new Map<string, Group>();

  /** Creation times of groups, for the daily limit. */
  readonly creations: number[] = [];

  /** The default group of the account, if it has one. */
  default: Group | undefined;

  get size(): number {
    return this.#byId.size;
  }

  byId(id: string): Group | undefined {
    return this.#byId.get(id);
  }

  /** Finds a group by name, ignoring case. */
  byName(name: string): Group | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** All groups in the order of their creation. */
  all(): Group[] {
    return [...this.#byId.values()];
  }

  add(id: string, name: string, createdAt: string): Group {
    const group: Group = { id, name, email_alias: '', created_at: createdAt, members: [], admins: [] };
    this.#byId.set(id, group);
    this.#byName.set(name.toLowerCase(), group);
    return group;
  }

  rename(group: Group, name: string): void {
    this.#byName.delete(group.name.toLowerCase());
    group.name = name;
    this.#byName.set(name.toLowerCase(), group);
  }

  /** @param pending - all pending users. Some have the group assigned but are not members yet. */
  remove(group: Group, pending: readonly User[]): void {
    for (const user of [...group.members, ...pending])
      user.groups = user.groups.filter((other) => other !== group);
    this.#byId.delete(group.id);
    this.#byName.delete(group.name.toLowerCase());
    if (this.default === group) this.default = undefined;
  }

  /**
   * Adds a user to a group. The first group of a user is the primary one. A pending user becomes a member when the
   * invitation is accepted.
   */
  join(group: Group, user: User): void {
    if (user.groups.includes(group)) return;
    user.groups = [...user.groups, group];
    if (user.status !== 'pending') group.members.push(user);
  }

  /** Makes a user a member of the groups that were assigned while the user was pending. */
  joinAssigned(user: User): void {
    for (const group of user.groups) group.members.push(user);
  }

  leave(group: Group, user: User): void {
    user.groups = user.groups.filter((other) => other !== group);
    removeFrom(group.members, user);
  }

  setPrimary(group: Group, user: User): void {
    user.groups = [group, ...user.groups.filter((other) => other !== group)];
  }

  /** Removes a user who leaves the account from all groups, also as administrator. */
  removeUser(user: User): void {
    for (const group of user.groups) removeFrom(group.members, user);
    for (const group of this.#byId.values()) removeFrom(group.admins, user);
    user.groups = [];
  }
}

function removeFrom(list: User[], user: User): void {
  const index = list.indexOf(user);
  if (index >= 0) list.splice(index, 1);
}
