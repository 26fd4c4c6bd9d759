import type { Licences } from './licences.js';
import type { User, UserStatus } from './records.js';

interface Lists {
  readonly all: User[];
  readonly byRole: Map<string, User[]>;
}

const none: readonly User[] = [];

/** Ordered lists of users by status, and by status and role. They are kept up to date, so a page needs no scan. */
class UserLists {
  readonly #lists: Readonly<Record<UserStatus, Lists>> = {
    active: { all: [], byRole: new Map() },
    inactive: { all: [], byRole: new Map() },
    pending: { all: [], byRole: new Map() },
  };

  /** The users of one status, and of one role if given, in the order of creation. */
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

/** Index of the first user with the same or a larger sequence number. */
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

/** Fields by which users are looked up. */
const keyFields = ['id', 'email', 'vanity_name', 'employee_unique_id'] as const;

/** The users of the account, with the indexes for look-ups and listings. */
export class Users {
  readonly #byId = new Map<string, User>();
  readonly #byEmail = new Map<string, User>();
  /** Built at the first look-up, because few clients use employee ids. */
  #byEmployeeId: Map<string, User> | undefined;
  readonly #byVanityName = new Map<string, User>();
  readonly #lists = new UserLists();
  readonly #licences: Licences;
  #nextSeq = 0;

  constructor(licences: Licences) {
    this.#licences = licences;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** The sequence number for a new user. */
  nextSeq(): number {
    this.#nextSeq += 1;
    return this.#nextSeq;
  }

  byId(id: string): User | undefined {
    return this.#byId.get(id);
  }

  /** Finds a user by address, ignoring case. */
  byEmail(email: string): User | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  byEmployeeId(employeeId: string): User | undefined {
    this.#byEmployeeId ??= new Map([...this.all()].map((user) => [user.employee_unique_id, user]));
    return employeeId === '' ? undefined : this.#byEmployeeId.get(employeeId);
  }

  byVanityName(name: string): User | undefined {
    return this.#byVanityName.get(name.toLowerCase());
  }

  /** The users of one status, and of one role if given, in the order of creation. */
  list(status: UserStatus, roleId?: string): readonly User[] {
    return this.#lists.get(status, roleId);
  }

  /** All users, in no particular order. */
  all(): IterableIterator<User> {
    return this.#byId.values();
  }

  add(user: User): void {
    this.#addKeys(user);
    this.#lists.insert(user);
    this.#licences.count(user, 1);
  }

  remove(user: User): void {
    this.#removeKeys(user);
    this.#lists.remove(user);
    this.#licences.count(user, -1);
  }

  /** Changes a user. Fields that an index or a licence count depends on may only change here. */
  change(user: User, changes: Partial<User>): void {
    this.#licences.count(user, -1);
    const moves = 'status' in changes || 'role_id' in changes;
    const isRenamed = keyFields.some((field) => field in changes);
    if (moves) this.#lists.remove(user);
    if (isRenamed) this.#removeKeys(user);
    Object.assign(user, changes);
    if (isRenamed) this.#addKeys(user);
    if (moves) this.#lists.insert(user);
    this.#licences.count(user, 1);
  }

  #addKeys(user: User): void {
    this.#byId.set(user.id, user);
    this.#byEmail.set(user.email, user);
    if (user.employee_unique_id !== '') this.#byEmployeeId?.set(user.employee_unique_id, user);
    if (user.vanity_name !== '') this.#byVanityName.set(user.vanity_name.toLowerCase(), user);
  }

  #removeKeys(user: User): void {
    this.#byId.delete(user.id);
    this.#byEmail.delete(user.email);
    if (user.employee_unique_id !== '') this.#byEmployeeId?.delete(user.employee_unique_id);
    if (user.vanity_name !== '') this.#byVanityName.delete(user.vanity_name.toLowerCase());
  }
}
