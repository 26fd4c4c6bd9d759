import type { FoundObject } from '../../connector/object-class.js';
import type { Session } from '../../connector/session.js';

/** How long a walk of the pending list stands for "the index is complete", in milliseconds. */
const rebuildAfterMs = 60_000;

/** How many ids the index holds; an account with more pending users has the oldest ones looked for in the list. */
const maxIndexed = 50_000;

/** Ways to walk Zoom's list of pending users. */
export interface PendingWalks {
  /** As the list tells them: without ids, so under their address. */
  listed(session: Session): AsyncIterable<FoundObject>;
  /** Each under the uid that a single read tells. */
  identified(session: Session): AsyncIterable<FoundObject>;
}

/** The pending users of the account, as far as single reads can not tell them. */
export interface PendingUsers {
  /** The user of this address as Zoom's list has it; `undefined` when it is not there. */
  listed(address: string, session: Session): Promise<FoundObject | undefined>;
  /**
   * The address under which an id was pending. Zoom may change or stop answering an id when the user's state
   * changes; the address stays.
   */
  addressOf(uid: string, session: Session): Promise<string | undefined>;
  /** Notes a pending user that a listing came across. */
  note(user: FoundObject): void;
}

/** @param now - milliseconds, for the age of the index from ids to addresses. */
export function createPendingUsers(walks: PendingWalks, now: () => number): PendingUsers {
  const addresses = new Map<string, string>();
  let rebuiltAt = -Infinity;
  const note = ({ uid, name }: FoundObject): void => {
    if (uid === name.toLowerCase()) return;
    addresses.delete(uid);
    addresses.set(uid, name);
    const [oldest] = addresses.size > maxIndexed ? addresses.keys() : [];
    if (oldest !== undefined) addresses.delete(oldest);
  };
  const rebuild = async (wanted: string, session: Session): Promise<string | undefined> => {
    let found: string | undefined;
    for await (const user of walks.identified(session)) {
      note(user);
      if (user.uid === wanted) found = user.name;
    }
    rebuiltAt = now();
    return found;
  };
  return {
    note,
    async listed(address, session) {
      for await (const user of walks.listed(session)) {
        if (user.name.toLowerCase() === address.toLowerCase()) return user;
      }
      return undefined;
    },
    async addressOf(uid, session) {
      const known = addresses.get(uid);
      if (known !== undefined || now() - rebuiltAt < rebuildAfterMs) return known;
      return rebuild(uid, session);
    },
  };
}
