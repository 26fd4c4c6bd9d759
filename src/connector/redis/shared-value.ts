import type { Pause } from '../ports.js';
import type { AccountState } from './shared-state.js';

/** A claim of a replica that obtains the value ends after this time, in milliseconds: then another one tries. */
const claimMs = 10_000;
const lookAgainMs = 100;

const readScript = `return { redis.call('GET', KEYS[1]) or '', redis.call('PTTL', KEYS[1]) }`;

/** Claims the right to obtain the value: returns 1 when nobody else has it. */
const claimScript = `return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0`;

/** Stores the value for some time, and gives back the claim. */
const storeScript = `
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
`;

const giveBackScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;

/** A value, and how much longer it is valid, in milliseconds. */
export interface Lasting<T> {
  readonly value: T;
  readonly leftMs: number;
}

/** A value that one replica obtains for all, such as an access token. */
export class SharedValue<T> {
  constructor(
    private readonly state: AccountState,
    private readonly kind: string,
    private readonly pause: Pause,
    /** Monotonic, in milliseconds. */
    private readonly now: () => number,
  ) {}

  /**
   * The value that any replica has obtained, if it is usable; otherwise a new one. Only one replica at a time obtains
   * one. While Redis is away, each obtains its own.
   */
  async get(
    isUsable: (shared: Lasting<T>) => boolean,
    obtain: () => Promise<Lasting<T>>,
  ): Promise<Lasting<T>> {
    try {
      const shared = await this.#awaitShared(isUsable);
      if (shared !== undefined) return shared;
    } catch {
      return obtain();
    }
    return this.obtain(obtain);
  }

  /** Obtains a value, and lets the other replicas have it. */
  async obtain(obtain: () => Promise<Lasting<T>>): Promise<Lasting<T>> {
    try {
      const made = await obtain();
      await this.#store(made).catch(() => undefined);
      return made;
    } catch (thrown) {
      await this.#giveBack().catch(() => undefined);
      throw thrown;
    }
  }

  /** Waits until there is a usable value, or until it is for this replica to obtain one: then `undefined`. */
  async #awaitShared(isUsable: (shared: Lasting<T>) => boolean): Promise<Lasting<T> | undefined> {
    const { signal } = new AbortController();
    const until = this.now() + claimMs;
    for (;;) {
      const isOurs = (await this.#claim()) || this.now() >= until;
      const shared = await this.#read();
      const found = shared !== undefined && isUsable(shared) ? shared : undefined;
      if (isOurs && found !== undefined) await this.#giveBack();
      if (isOurs || found !== undefined) return found;
      await this.pause(lookAgainMs, signal);
    }
  }

  async #giveBack(): Promise<void> {
    await this.#run(giveBackScript, [this.#claimKey], [this.state.shared.replica]);
  }

  async #read(): Promise<Lasting<T> | undefined> {
    const reply = await this.#run(readScript, [this.#key], []);
    const [sealed, leftMs] = Array.isArray(reply) ? (reply as unknown[]) : [];
    const value = await this.state.sealing.open(sealed, this.#key);
    return value === undefined ? undefined : { value: value as T, leftMs: Number(leftMs) };
  }

  async #claim(): Promise<boolean> {
    return (await this.#run(claimScript, [this.#claimKey], [this.state.shared.replica, claimMs])) === 1;
  }

  async #store({ leftMs, value }: Lasting<T>): Promise<void> {
    const sealed = await this.state.sealing.seal(value, this.#key);
    const args = [this.state.shared.replica, sealed, Math.max(1, Math.floor(leftMs))];
    await this.#run(storeScript, [this.#key, this.#claimKey], args);
  }

  #run(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.state.shared.evalScript(script, keys, args.map(String));
  }

  get #key(): string {
    return this.state.sealedKey(this.kind);
  }

  get #claimKey(): string {
    return this.state.sealedKey(`${this.kind}-claim`);
  }
}
