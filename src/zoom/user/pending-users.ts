import type { FoundObject } from '../../connector/object-class/found-object.js';
import type { Session } from '../../connector/object-class/call.js';
import type { PendingIds } from './pending-ids.js';

/** Milliseconds for which the index counts as complete after a walk of the pending list. */
const rebuildAfterMs = 60_000;

/** The index holds so many ids. In an account with more pending users the oldest are searched in the list. */
const maxIndexed = 50_000;

/** Ways to walk Zoom's lists of users. */
interface PendingWalks {
  /** As the list shows them: without ids, so under their address. */
  listed(session: Session): AsyncIterable<FoundObject>;
  /** Each under the uid that a single read returns. */
  identified(session: Session): AsyncIterable<FoundObject>;
  /** Active and inactive users, as their lists show them. */
  others(session: Session): AsyncIterable<FoundObject>;
}

/** The users of the account for whom single reads are not enough: the pending ones above all. */
export interface PendingUsers {
  /**
   * The user of this address as Zoom's list has it; `undefined` when it is not there.
   * @param together - all addresses of one look-up. Calls that share the set share one walk of the list.
   */
  listed(address: string, session: Session, together?: ReadonlySet<string>): Promise<FoundObject | undefined>;
  /** The active or inactive user of this address as Zoom's lists have it, for when a single read misses the user. */
  amongOthers(address: string, session: Session): Promise<FoundObject | undefined>;
  /**
   * The address under which an id was pending. Zoom may change or stop answering an id when the user's state
   * changes; the address stays.
   */
  addressOf(uid: string, session: Session): Promise<string | undefined>;
  /** Notes a pending user that a single read, a create or a listing showed. */
  note(user: Pick<FoundObject, 'uid' | 'name'>): void;
  /** The uids of those whom a listing has met. */
  readonly ids: PendingIds;
}

/** @param now - milliseconds, for the age of the index from ids to addresses. */
export function createPendingUsers(walks: PendingWalks, ids: PendingIds, now: () => number): PendingUsers {
  const addresses = new Map<string, string>();
  let rebuiltAt = -Infinity;
  const note: PendingUsers['note'] = ({ uid, name }) => {
    ids.compare(name, uid);
    if (uid === name.toLowerCase()) return;
    addresses.delete(uid);
    addresses.set(uid, name);
    const [oldest] = addresses.size > maxIndexed ? addresses.keys() : [];
    if (oldest !== undefined) addresses.delete(oldest);
  };
  let walking: Promise<void> | undefined;
  const rebuild = async (session: Session): Promise<void> => {
    for await (const user of walks.identified(session)) note(user);
    rebuiltAt = now();
  };
  const shared = new WeakMap<ReadonlySet<string>, Promise<UsersByAddress>>();
  return {
    ids,
    note,
    async listed(address, session, together = new Set([address])) {
      const walk = shared.get(together) ?? pick(walks.listed(session), together);
      shared.set(together, walk);
      return (await walk).get(address.toLowerCase());
    },
    async amongOthers(address, session) {
      return (await pick(walks.others(session), new Set([address]))).get(address.toLowerCase());
    },
    async addressOf(uid, session) {
      while (!addresses.has(uid) && now() - rebuiltAt >= rebuildAfterMs) {
        if (walking === undefined) {
          walking = rebuild(session).finally(() => (walking = undefined));
          await walking;
        } else {
          // It may fail with the operation that began it, when that caller went away. Then this one begins it again.
          await walking.catch(() => undefined);
        }
      }
      return addresses.get(uid);
    },
  };
}

type UsersByAddress = ReadonlyMap<string, FoundObject>;

/** The users of these addresses, by address in lower case; reads no further than to the last of them. */
async function pick(
  users: AsyncIterable<FoundObject>,
  addresses: ReadonlySet<string>,
): Promise<UsersByAddress> {
  const wanted = new Set([...addresses].map((address) => address.toLowerCase()));
  const found = new Map<string, FoundObject>();
  for await (const user of users) {
    const address = user.name.toLowerCase();
    if (wanted.has(address)) found.set(address, user);
    if (found.size === wanted.size) break;
  }
  return found;
}
