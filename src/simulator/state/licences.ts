import type { User } from './records.js';

/** The seats of one kind of licence. */
export interface LicencePool {
  readonly name: string;
  /** Seats bought; null means unlimited. */
  readonly seats: number | null;
  readonly used: number;
  /** Seats held by invitations. */
  readonly pending: number;
}

interface Count {
  used: number;
  pending: number;
}

/**
 * The licence inventory of the account. Pools are named `basic`, `licensed`, `unassigned`, `total`, `phone`,
 * `zoomOne:<code>`, `planUnited:<code>`, `feature:<name>` and `plan:<code>` (Zoom Phone). A pool without a number
 * of seats gets a default number of free ones.
 */
export class Licences {
  readonly #counts = new Map<string, Count>();
  readonly #seats = new Map<string, number | null>();
  readonly #free: number;

  constructor(free: number) {
    this.#free = free;
  }

  /** Adds a user (1) to the pools in which the user now has a seat, or removes the user (-1). */
  count(user: User, difference: 1 | -1): void {
    if (user.status === 'inactive') return;
    const member = user.status === 'pending' ? 'pending' : 'used';
    forEachPool(user, (pool) => {
      this.#count(pool)[member] += difference;
    });
  }

  /** Takes a seat (1) or returns it (-1), for licences that the record of a user does not contain. */
  adjust(name: string, difference: 1 | -1): void {
    this.#count(name).used += difference;
  }

  /** Sets the seats of every pool in use: the used seats and the free ones. */
  setInitialSeats(): void {
    for (const [name, count] of this.#counts) this.#seats.set(name, count.used + count.pending + this.#free);
  }

  pool(name: string): LicencePool {
    const { used, pending } = this.#count(name);
    const seats = this.#seats.get(name);
    return { name, used, pending, seats: seats === undefined ? this.#free : seats };
  }

  pools(): LicencePool[] {
    const names = new Set([...this.#counts.keys(), ...this.#seats.keys()]);
    return [...names].sort().map((name) => this.pool(name));
  }

  hasFree(name: string): boolean {
    const { seats, used, pending } = this.pool(name);
    return seats === null || used + pending < seats;
  }

  setSeats(name: string, seats: number | null): void {
    this.#seats.set(name, seats);
  }

  /** Sets the seats so that a given number is free. */
  setFree(name: string, free: number): void {
    const { used, pending } = this.#count(name);
    this.#seats.set(name, used + pending + free);
  }

  #count(name: string): Count {
    const known = this.#counts.get(name);
    if (known) return known;
    const count = { used: 0, pending: 0 };
    this.#counts.set(name, count);
    return count;
  }
}

/** The pool of a user type. Basic users have a pool too, because Zoom limits their number. */
export function poolOfType(type: number): string {
  if (type === 2) return 'licensed';
  return type === 1 ? 'basic' : 'unassigned';
}

/** Calls a function with the name of every pool in which a user has a seat. */
function forEachPool(user: User, visit: (pool: string) => void): void {
  visit('total');
  visit(poolOfType(user.type));
  if (user.zoom_one_type !== 0) visit(`zoomOne:${user.zoom_one_type}`);
  const united = user.profile.plan_united_type;
  if (united !== undefined) visit(`planUnited:${united}`);
  for (const feature in user.features) {
    if (user.features[feature] === true) visit(feature === 'zoom_phone' ? 'phone' : `feature:${feature}`);
  }
}
