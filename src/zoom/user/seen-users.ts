import { DigestSet, type DigestSetState } from '../kit/digest-set.js';
import { type Json, textAt } from '../kit/json.js';
import type { UserStatus } from './calls.js';

const flags: Readonly<Record<UserStatus, number>> = { pending: 1, inactive: 2, active: 4 };

/** What is known about a row that was met. */
interface Met {
  /** Whether its list had not shown it before. */
  readonly newToList: boolean;
  /** Whether no list had. */
  readonly newToSearch: boolean;
}

/**
 * The rows a search has met, by list. Users move between lists while these are read; a row is known by its id, and
 * rows of pending users, which have none, by their address, under which an accepted invitation turns up again.
 */
export class SeenUsers {
  readonly #keys: DigestSet;
  #pending: boolean;

  constructor(state?: DigestSetState) {
    this.#keys = new DigestSet(state);
    this.#pending = state !== undefined;
  }

  note(status: UserStatus, row: Json): Met {
    const address = `@${textAt(row, 'email')?.toLowerCase() ?? ''}`;
    const id = status === 'pending' ? undefined : textAt(row, 'id');
    if (status === 'pending') this.#pending = true;
    const before = this.#keys.mark(id ?? address, flags[status]);
    const wasPending = before === 0 && this.#pending && id !== undefined && this.#keys.flagsOf(address) !== 0;
    return { newToList: (before & flags[status]) === 0, newToSearch: before === 0 && !wasPending };
  }

  /** Bytes of its tables. */
  get weight(): number {
    return this.#keys.weight;
  }

  state(): DigestSetState {
    return this.#keys.state();
  }
}
