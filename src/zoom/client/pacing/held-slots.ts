import type { EndedSlot } from './lease-protocol.js';

interface Lease {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

interface Running {
  readonly id: string;
  renewAt: number;
}

interface Ended {
  readonly id: string;
  readonly at: number;
  readonly floor: number;
  readonly answered: boolean;
}

/** What a replica tells about its slots. */
interface SlotReport {
  readonly ended: readonly EndedSlot[];
  readonly unused: readonly string[];
  readonly running: readonly string[];
}

/** A running request is renewed so often. */
const renewMs = 1_000;

/**
 * The slots that a replica holds, from the lease to the report of their end. Slots are alike: any may stand for the
 * request that ended. Times are monotonic, in milliseconds.
 */
export class HeldSlots {
  #leases: Lease[] = [];
  #running: Running[] = [];
  #ended: Ended[] = [];
  #unused: string[] = [];
  /** The report was due from this time. */
  #newsSince: number | undefined;
  #aloneNumber = 1;
  /** Number of the next slot that is leased. */
  next = 1;

  constructor(private readonly replica: string) {}

  get leased(): number {
    return this.#leases.length;
  }

  /** When the first leased slot may be used. */
  get nextFrom(): number | undefined {
    return this.#leases[0]?.from;
  }

  /** True while something is held, or was not reported. */
  get hasNews(): boolean {
    return [this.#leases, this.#running, this.#ended, this.#unused].some((list) => list.length > 0);
  }

  /** Takes over slots that were leased, in the order of their numbers. */
  lease(spans: readonly { readonly from: number; readonly until: number }[]): void {
    for (const span of spans) {
      this.#leases.push({ id: `${this.replica}:${this.next}`, ...span });
      this.next += 1;
    }
  }

  /** A request leaves. @returns true when it leaves without a lease. */
  use(now: number): boolean {
    const lease = this.#leases.shift();
    this.#running.push({ id: lease?.id ?? this.#aloneName(), renewAt: now + renewMs });
    return lease === undefined;
  }

  /** @param at - the last time at which Zoom may have counted the request. */
  ended(at: number, floor: number, answered: boolean): void {
    const running = this.#running.shift();
    if (running === undefined) return;
    this.#newsSince ??= at;
    this.#ended.push({ id: running.id, at, floor, answered });
  }

  /** Gives back the slots whose time is over. */
  dropLapsed(now: number): void {
    while ((this.#leases[0]?.until ?? Infinity) <= now) this.#giveBackFirst();
  }

  giveBack(): void {
    while (this.#leases.length > 0) this.#giveBackFirst();
  }

  /** The group is away: its leases lapse there by themselves. */
  forgetLeases(): void {
    this.#leases = [];
    this.#unused = [];
  }

  /** Forgets requests that count no more. */
  forgetBefore(time: number): void {
    this.#ended = this.#ended.filter(({ at }) => at > time);
  }

  mustReport(now: number, afterMs: number): boolean {
    if (this.#unused.length > 0 || this.#running.some(({ renewAt }) => renewAt <= now)) return true;
    return this.#ended.length > 0 && now - (this.#newsSince ?? now) >= afterMs / 2;
  }

  /** @param isNew - true when the group knows of no running request yet. */
  report(now: number, isNew: boolean): SlotReport {
    return {
      ended: this.#ended.map(({ at, ...rest }) => ({ ...rest, age: now - at })),
      unused: [...this.#unused],
      running: this.#running.filter(({ renewAt }) => isNew || renewAt <= now).map(({ id }) => id),
    };
  }

  /** The report has arrived. */
  reported({ ended, running, unused }: SlotReport, now: number): void {
    this.#ended.splice(0, ended.length);
    this.#unused.splice(0, unused.length);
    this.#newsSince = this.#ended.length > 0 ? now : undefined;
    const renewed = new Set(running);
    for (const each of this.#running) if (renewed.has(each.id)) each.renewAt = now + renewMs;
  }

  #giveBackFirst(): void {
    const lease = this.#leases.shift();
    if (lease !== undefined) this.#unused.push(lease.id);
  }

  #aloneName(): string {
    this.#aloneNumber += 1;
    return `${this.replica}:alone:${this.#aloneNumber}`;
  }
}
