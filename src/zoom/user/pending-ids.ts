import type { FoundObject } from '../../connector/object-class/found-object.js';
import { textAt } from '../kit/json.js';

/** As many users are remembered; then the one that was used longest ago is forgotten. */
const maxRemembered = 50_000;

/** Milliseconds for which we remember that Zoom shows no id: it may show one later, for the same invitation. */
const withoutIdMs = 24 * 60 * 60_000;

/** A remembered user. */
interface Remembered {
  /** The creation time in the row of the list. */
  readonly created: string;
  readonly uid: string;
  readonly until: number;
}

/**
 * The uids of pending users, of one account. Zoom's list has no ids, so each costs a single read, once. They are known
 * by address and by the creation time in the row of the list: a person who is invited again has another one.
 */
export class PendingIds {
  readonly #users = new Map<string, Remembered>();

  /** @param now - milliseconds. */
  constructor(private readonly now: () => number) {}

  /** The uid of the user in a row of the list; `undefined` when it must be read. */
  uidOf(row: FoundObject): string | undefined {
    const address = row.name.toLowerCase();
    const known = this.#users.get(address);
    if (known === undefined || known.created !== createdOf(row) || known.until <= this.now())
      return undefined;
    this.#put(address, known);
    return known.uid;
  }

  /** Remembers the uid that a single read returned for the user in a row of the list: the id, or the address. */
  learn(row: FoundObject, uid: string): void {
    const address = row.name.toLowerCase();
    const created = createdOf(row);
    this.#users.delete(address);
    if (created === undefined) return;
    this.#put(address, { created, uid, until: uid === address ? this.now() + withoutIdMs : Infinity });
  }

  /**
   * Compares with what Zoom shows now, and forgets what is wrong.
   * @param uid - the uid of the pending user of this address; `undefined` when there is none.
   */
  compare(address: string, uid: string | undefined): void {
    const key = address.toLowerCase();
    if (this.#users.get(key)?.uid !== uid) this.#users.delete(key);
  }

  #put(address: string, user: Remembered): void {
    this.#users.delete(address);
    this.#users.set(address, user);
    const [oldest] = this.#users.size > maxRemembered ? this.#users.keys() : [];
    if (oldest !== undefined) this.#users.delete(oldest);
  }
}

/** The creation time in a row of the list. The single read of a pending user shows the time of the call instead. */
function createdOf({ records }: FoundObject): string | undefined {
  return textAt(records.get('userList'), 'created_at');
}
