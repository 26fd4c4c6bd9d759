import { isIPv6 } from 'node:net';

/** Wrong keys of one address. */
interface Record {
  count: number;
  /** Time of the last one in milliseconds. */
  last: number;
}

/** A wrong key, and what follows from those before it. */
export interface WrongKey {
  /** Milliseconds to wait before the answer. */
  readonly delayMs: number;
  /** The reason for the log; `undefined` if the log has said it already. */
  readonly reason: string | undefined;
}

/** So many wrong keys of an address are answered at once: an administrator who tries. */
const freeKeys = 5;

/** The first wait, which doubles with each further wrong key up to the longest. Hosts wait for a minute at least. */
const [firstMs, longestMs] = [250, 8_000];

/** An address that has shown no wrong key for so long is forgotten. */
const quietMs = 60_000;

/** Addresses that are remembered. The one whose last wrong key is the oldest goes first. */
const mostAddresses = 1_000;

/**
 * Slows those who try keys. Only wrong keys wait: hosts with the right one may have the same address, behind a proxy or
 * on the same computer.
 */
export class WrongKeys {
  readonly #byAddress = new Map<string, Record>();

  /** @param now - milliseconds of a clock that never goes back. */
  constructor(private readonly now: () => number) {}

  /** Counts a wrong key of a peer. */
  shown(peer: string): WrongKey {
    const address = networkOf(peer);
    const known = this.#byAddress.get(address);
    const now = this.now();
    const count = known === undefined || now - known.last >= quietMs ? 1 : known.count + 1;
    // Put back at the end, so that the map is ordered by the last wrong key.
    this.#byAddress.delete(address);
    this.#byAddress.set(address, { count, last: now });
    const [oldest] = this.#byAddress.keys();
    if (this.#byAddress.size > mostAddresses && oldest !== undefined) this.#byAddress.delete(oldest);
    return { delayMs: delayOf(count), reason: reasonOf(count) };
  }
}

function delayOf(count: number): number {
  return count <= freeKeys ? 0 : Math.min(longestMs, firstMs * 2 ** (count - freeKeys - 1));
}

/** A peer that goes on for ever must not fill the log. */
function reasonOf(count: number): string | undefined {
  if (count <= freeKeys) return 'A key is wrong.';
  return count === freeKeys + 1
    ? 'Keys are wrong again and again. Answers to wrong keys of this address wait, and are not logged, until it shows none for a minute.'
    : undefined;
}

/** An address of IPv6 stands for its network of 64 bits, because one peer has all addresses of it. */
function networkOf(peer: string): string {
  if (!isIPv6(peer) || peer.includes('.')) return peer;
  const [head = '', tail] = peer.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
