import type { Simulator } from '../../src/simulator/simulator.js';
import { builtInRoles, type Group, type User, type UserStatus } from '../../src/simulator/state/records.js';

/** Users, groups and names of a simulated account that no scenario has used yet. */
export class FaultFixture {
  #used = 0;

  constructor(private readonly simulator: Simulator) {}

  /** A plain member with a work e-mail login and in no group. */
  user(status: UserStatus = 'active'): User {
    const { state } = this.simulator;
    const user = [...state.users.all()].find(({ email, role_id }) => isSpare(email, role_id));
    if (user === undefined) throw new Error('The account has no user left that no scenario has used');
    const email = this.address();
    state.groups.removeUser(user);
    const sentAt = this.simulator.clock.now();
    const invitation = status === 'pending' ? { sentAt, expired: false, foreign: false } : undefined;
    state.users.change(user, { status, email, invitation, login_type: 100, groups: [] });
    return user;
  }

  group(): Group {
    const { state } = this.simulator;
    const id = `matrix-group-${this.#next()}`.padEnd(22, '0');
    return state.groups.add(id, `Matrix ${this.#used}`, '2026-01-01T00:00:00Z');
  }

  join(group: Group, user: User): void {
    this.simulator.state.groups.join(group, user);
  }

  groups(): readonly Group[] {
    return this.simulator.state.groups.all();
  }

  usersNamed(address: string): readonly User[] {
    return [...this.simulator.state.users.all()].filter(({ email }) => email === address);
  }

  address(): string {
    return `${usedPrefix}${this.#next()}@example.com`;
  }

  groupName(): string {
    return `Matrix ${this.#next()}`;
  }

  #next(): number {
    this.#used += 1;
    return this.#used;
  }
}

const usedPrefix = 'canary.matrix.';

function isSpare(email: string, role: string): boolean {
  return role === builtInRoles.member && !email.startsWith(usedPrefix);
}
