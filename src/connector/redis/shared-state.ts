import { createHash } from 'node:crypto';
import type { Sealing } from './sealing.js';

/** The state that all replicas of the service share, in Redis. */
export interface SharedState {
  /** Runs a Lua script. Texts are returned as texts. Rejects, soon, while Redis is away. */
  evalScript(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** The number of replicas seen last, this one included. */
  replicas(): number;
  /** Name of this replica; no other has it, nor had it before. */
  readonly replica: string;
  /** All keys begin with it. */
  readonly keyPrefix: string;
  /** What writes do while Redis is away. */
  readonly onOutage: 'continue' | 'refuseWrites';
  /** The channel of messages to this replica. */
  readonly channel: string;
  /** Calls the listener with each message to this replica until the returned function is called. */
  onMessage(listener: (message: string) => void): () => void;
}

/** What is known of Redis. */
export interface RedisStatus {
  readonly redis: 'up' | 'away';
  /** When that began: ISO 8601, UTC. */
  readonly since: string;
}

/** The part of the shared state that belongs to one account. */
export class AccountState {
  readonly #tag: string;

  /** @param account - identifies the account; it appears in keys only as a digest. */
  constructor(
    readonly shared: SharedState,
    private readonly account: string,
    readonly sealing: Sealing,
  ) {
    this.#tag = this.digest('account');
  }

  /** Begin of all keys of the account. The braces keep them together in a cluster of Redis. */
  get keyPrefix(): string {
    return `${this.shared.keyPrefix}{${this.#tag}}:`;
  }

  /** The key of a thing that is named by texts, which Redis does not learn. */
  key(kind: string, ...names: readonly string[]): string {
    return `${this.keyPrefix}${kind}${names.length === 0 ? '' : `:${this.digest(kind, ...names)}`}`;
  }

  /** The key of a sealed thing. Applications with other secrets have other keys. */
  sealedKey(kind: string, ...names: readonly string[]): string {
    return `${this.key(kind, ...names)}:${this.sealing.name}`;
  }

  /** A name for texts that does not show them, not even to those who guess some: it also depends on the account. */
  digest(...names: readonly string[]): string {
    const text = JSON.stringify([this.account, ...names]);
    return createHash('sha256').update(text).digest('base64url').slice(0, 22);
  }
}
