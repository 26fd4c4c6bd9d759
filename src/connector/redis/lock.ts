import { ConnectorError } from '../../connid/errors.js';
import type { OperationContext, Trace } from '../context.js';
import type { Lock, Pause } from '../ports.js';
import { releaseScript, renewScript, takePlaceScript } from './lock-scripts.js';
import type { SharedRecentWrites } from './recent-writes.js';
import type { AccountState } from './shared-state.js';

/** A lease that is not renewed ends after this time, in milliseconds. */
export const leaseMs = 15_000;
const renewMs = 5_000;
/** Those whose turn it is must show within this time that they live. */
const handOverMs = 3_000;
/** Those who wait look again after this time, in case the message that it is their turn was lost. */
const lookAgainMs = 1_000;

interface Lease {
  readonly id: string;
  readonly key: string;
  /** The end, by the clock of this process; at least as early as the one that Redis knows. */
  until: number;
  /** Taken while Redis was away: it holds within this process only. */
  readonly isLocal: boolean;
}

/** The surroundings of a {@link SharedLock}. */
interface LockParts {
  readonly state: AccountState;
  /** Orders the work of this process. Only its first one stands in the queue of the replicas. */
  readonly local: Lock;
  readonly recent: SharedRecentWrites;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
  readonly pause: Pause;
}

/**
 * A lock for all replicas. Redis keeps a queue for each key; the first one in it has a lease, which is renewed while
 * the work runs. A write is sent only after the lease was confirmed: if a replica stood still for too long, another
 * one has the lock.
 */
export class SharedLock implements Lock {
  readonly #held = new Map<Trace, Set<Lease>>();
  readonly #turns = new Map<string, Turn>();
  readonly #stopListening: () => void;
  #renewal: AbortController | undefined;
  #count = 0;

  constructor(private readonly parts: LockParts) {
    this.#stopListening = parts.state.shared.onMessage((id) => this.#turns.get(id)?.told());
  }

  run<T>(key: string, work: () => Promise<T>, context: OperationContext): Promise<T> {
    const locked = async (): Promise<T> => {
      const lease = await this.#acquire(key, context.signal);
      this.#hold(context.trace, lease);
      try {
        return await work();
      } finally {
        this.#letGo(context.trace, lease);
        await this.#release(lease);
      }
    };
    return this.parts.local.run(key, locked, context);
  }

  /** @throws ConnectorError `retryable` when the operation has lost a lock. */
  async confirm({ trace }: OperationContext): Promise<void> {
    const isSafe = await this.#renew([...(this.#held.get(trace) ?? [])]);
    if (!isSafe) throw leaseLost();
  }

  close(): void {
    this.#stopListening();
    this.#renewal?.abort();
  }

  async #acquire(key: string, signal: AbortSignal): Promise<Lease> {
    const { now, state } = this.parts;
    const { channel, replica } = state.shared;
    const lockKey = state.key('lock', key);
    this.#count += 1;
    const id = `${replica}:${this.#count}`;
    const turn = new Turn(this.parts.pause);
    this.#turns.set(id, turn);
    try {
      for (;;) {
        const askedAt = now();
        const before = await this.#ask(takePlaceScript, [lockKey], [leaseMs, id, replica, channel]);
        if (before === 0) return { id, key: lockKey, until: askedAt + leaseMs, isLocal: false };
        if (before === undefined) return { id, key: lockKey, until: Infinity, isLocal: true };
        await turn.comes(signal);
      }
    } catch (thrown) {
      void this.#release({ id, key: lockKey });
      throw thrown;
    } finally {
      this.#turns.delete(id);
    }
  }

  /** @returns false when a lease was lost. */
  async #renew(leases: readonly Lease[]): Promise<boolean> {
    const askedAt = this.parts.now();
    const shared = leases.filter(({ isLocal }) => !isLocal);
    if (shared.length < leases.length) this.#refuseAlone();
    if (shared.length === 0) return true;
    const ids = shared.map(({ id }) => id);
    const lost = await this.#ask(
      renewScript,
      shared.map(({ key }) => key),
      [leaseMs, ...ids],
    );
    // While Redis is away, a lease holds as long as Redis would let it.
    if (lost === undefined) return shared.every(({ until }) => this.parts.now() < until);
    if (lost !== 0) return false;
    for (const lease of shared) lease.until = askedAt + leaseMs;
    return true;
  }

  /** Runs a script. @returns `undefined` while Redis is away and this replica goes on alone. */
  async #ask(script: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await this.parts.state.shared.evalScript(script, keys, args.map(String));
    } catch {
      this.#refuseAlone();
      return undefined;
    }
  }

  #refuseAlone(): void {
    if (this.parts.state.shared.onOutage === 'refuseWrites') throw redisAway();
  }

  async #release({ id, key }: Pick<Lease, 'id' | 'key'>): Promise<void> {
    const { recent, state } = this.parts;
    const { entry, lifeMs, logKey } = await recent.takeEntry();
    const args = [leaseMs, id, handOverMs, entry, state.shared.replica, lifeMs].map(String);
    // While Redis is away, the entry ends with its lease.
    await state.shared.evalScript(releaseScript, [key, logKey], args).catch(() => undefined);
  }

  #hold(trace: Trace, lease: Lease): void {
    this.#held.set(trace, (this.#held.get(trace) ?? new Set()).add(lease));
    if (this.#renewal !== undefined) return;
    this.#renewal = new AbortController();
    void this.#renewAll(this.#renewal.signal);
  }

  #letGo(trace: Trace, lease: Lease): void {
    const leases = this.#held.get(trace);
    leases?.delete(lease);
    if (leases?.size === 0) this.#held.delete(trace);
    if (this.#held.size > 0) return;
    this.#renewal?.abort();
    this.#renewal = undefined;
  }

  /** Renews all leases now and then, as long as there are some. */
  async #renewAll(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.parts.pause(renewMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      const leases = [...this.#held.values()].flatMap((each) => [...each]);
      // One by one: that one of them was lost is not said of the others. It shows when its operation confirms it.
      await Promise.all(leases.map((lease) => this.#renew([lease]).catch(() => undefined)));
    }
  }
}

/** Waits for the turn of one entry. */
class Turn {
  #isTold = false;
  #wake: () => void = () => undefined;

  constructor(private readonly pause: Pause) {}

  told(): void {
    this.#isTold = true;
    this.#wake();
  }

  /** Resolves when it may be the entry's turn. */
  async comes(signal: AbortSignal): Promise<void> {
    const end = new AbortController();
    const told = new Promise<void>((resolve) => (this.#wake = resolve));
    if (!this.#isTold) {
      const again = this.pause(lookAgainMs, AbortSignal.any([signal, end.signal]));
      again.catch(() => undefined);
      await Promise.race([told, again]).finally(() => end.abort());
    }
    this.#isTold = false;
  }
}

function leaseLost(): ConnectorError {
  const message = 'Another replica may have changed the object in the meantime, so nothing more was sent.';
  const hint = 'This replica stood still or lost its state in Redis for too long. Repeat the operation.';
  return new ConnectorError('retryable', message, { hint, retryAfter: 1 });
}

function redisAway(): ConnectorError {
  const hint = 'Redis cannot be reached, and state.onOutage is refuseWrites.';
  return new ConnectorError('retryable', 'Writes are refused for now.', { hint, retryAfter: 5 });
}
