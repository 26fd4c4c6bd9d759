import { builtInRoles } from './records.js';

/** A role of the account. A user has exactly one. */
export interface Role {
  readonly id: string;
  name: string;
  description: string;
  privileges: readonly string[];
}

const memberPrivileges = ['User:Read', 'Group:Read'];
const adminPrivileges = [
  ...memberPrivileges,
  'User:Edit',
  'Group:Edit',
  'Role:Read',
  'Role:Edit',
  'Branding:Edit',
];

/** The roles of the account. Owner, admin and member always exist. */
export class Roles {
  readonly #byId = new Map<string, Role>();

  constructor() {
    const { owner, admin, member } = builtInRoles;
    this.add({ id: owner, name: 'Owner', description: 'Account owner', privileges: adminPrivileges });
    this.add({ id: admin, name: 'Admin', description: 'Administrator', privileges: adminPrivileges });
    this.add({ id: member, name: 'Member', description: 'Member', privileges: memberPrivileges });
  }

  byId(id: string): Role | undefined {
    return this.#byId.get(id);
  }

  byName(name: string): Role | undefined {
    const wanted = name.toLowerCase();
    return this.all().find((role) => role.name.toLowerCase() === wanted);
  }

  all(): Role[] {
    return [...this.#byId.values()];
  }

  add(role: Role): void {
    this.#byId.set(role.id, role);
  }

  remove(role: Role): void {
    this.#byId.delete(role.id);
  }
}
