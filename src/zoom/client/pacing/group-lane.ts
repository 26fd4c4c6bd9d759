import { type Clock, spanTime } from '../../kit/clock.js';
import { dayMs, type WindowLimit } from './limits.js';
import { HeldSlots } from './held-slots.js';
import { type LeaseReply, type LeaseRequest, readReply } from './lease-protocol.js';
import { leaseScript } from './lease-script.js';
import { burstPart } from './sliding-window.js';

/** Slots are leased so long before they are free: an interactive call of another replica waits no longer for them. */
const aheadMs = 150;
/** A leased slot must be used within this time. */
const useMs = 250;
/** Zoom counts a request without an answer within this time after we sent it, or never. */
const strayMs = 2_000;
/** A replica that was alone asks again after this time while it has calls to send. */
const retryMs = 1_000;
/** So every replica that has calls to send is back after this time. */
const returnMs = 10_000;
/** Used and unused slots are reported after this time at the latest; running ones are renewed. */
const reportMs = 300;
/** A state that no other replica misses after this time was never lost. */
const settleMs = 500;
/** A state that was seen longer ago may have expired. */
const epochMs = 60_000;
const maxBatch = 32;

/** The state that all replicas of a group share. */
export interface GroupConnection {
  /** Runs a Lua script; rejects, soon, while the state cannot be reached. */
  evalScript(script: string, keys: readonly string[], args: readonly string[]): Promise<unknown>;
  /** Number of replicas seen last, this one included. */
  replicas(): number;
}

/** The surroundings of a {@link GroupLane}. */
export interface GroupParts {
  readonly connection: GroupConnection;
  readonly clock: Clock;
  /** Name of this replica; no other has it, nor had it before. */
  readonly replica: string;
  /** Begin of the keys of this account. All contain the same hash tag, so that a cluster keeps them together. */
  readonly keyPrefix: string;
  /** Serves the waiting requests again. */
  readonly wake: () => void;
}

/** The lane of this replica, of which the {@link GroupLane} is the link to the others. */
export interface OwnLane {
  /** The keys of the lane and of its allowance of the day, if it has one. */
  keys(): readonly string[];
  terms(): {
    readonly limit: WindowLimit;
    /** The limit by configuration, for all replicas. */
    readonly configured: WindowLimit;
    readonly waiting: number;
    /** The allowance of the day, and how much of it is known to be used. */
    readonly day?: { readonly requests: number; readonly used: number };
  };
  /** @param used - requests of the day that have left; `closedMs` is 0 while the day is open. */
  adoptDay(used: number, closedMs: number): void;
  /** @param replicas - the number of replicas that go on alone, each with an equal part; 1 when they are together. */
  divide(replicas: number): void;
}

/** Leases the slots of a lane from the group of replicas; times are monotonic, in milliseconds. */
export class GroupLane {
  readonly #now: () => number;
  readonly #slots: HeldSlots;
  #asking = false;
  /** Something to report at once. */
  #urgent = false;
  #ticking = false;
  #againAt = -Infinity;
  #epoch: { readonly name: string; readonly seenAt: number } | undefined;
  #floorMs = 0;
  #replicas = 1;
  #aloneFrom: number | undefined;
  #spentAlone = 0;
  #pause: { readonly until: number; readonly probe: boolean } | undefined;
  #dayClosedUntil: number | undefined;
  #othersPauseUntil = -Infinity;

  constructor(
    private readonly parts: GroupParts,
    private readonly lane: OwnLane,
  ) {
    this.#now = spanTime(parts.clock);
    this.#slots = new HeldSlots(parts.replica);
  }

  /** While this replica is alone, the time from which it may use its part: requests of others have left the window. */
  get aloneFrom(): number | undefined {
    return this.#aloneFrom;
  }

  /** The end of a pause that any replica began. */
  get pausedUntil(): number {
    return this.#othersPauseUntil;
  }

  /** When a leased slot may be used; asks for more when they are too few. `Infinity`: the reply wakes the lane. */
  readyAt(now: number, floorMs: number): number {
    this.#floorMs = floorMs;
    this.#slots.dropLapsed(now);
    const due = now >= this.#againAt && this.#missing() > 0;
    if (due && !this.#asking) void this.#ask();
    const from = this.#slots.nextFrom;
    if (from !== undefined) return Math.max(now, from);
    return this.#asking ? Infinity : Math.max(now + 1, this.#againAt);
  }

  /** While alone: asks now and then whether the group is back. */
  lookForGroup(now: number): void {
    if (now >= this.#againAt && !this.#asking) void this.#ask();
  }

  sent(now: number): void {
    if (this.#slots.use(now)) this.#spentAlone += 1;
    this.#tickLater();
  }

  /** @param at - the time of the answer, or the last time at which Zoom may count a request without one. */
  ended(at: number, floorMs: number, answered: boolean): void {
    this.#slots.ended(at, floorMs, answered);
    this.#tickLater();
  }

  /** After a 429. @param probe - true when one request of the group probes afterwards. */
  pause(until: number, probe: boolean): void {
    this.#pause = { until, probe };
    this.#slots.giveBack();
    this.#report();
  }

  closeDay(until: number): void {
    this.#dayClosedUntil = until;
    this.#slots.giveBack();
    this.#report();
  }

  #mustAskAtOnce(): boolean {
    return this.#urgent && this.#aloneFrom === undefined;
  }

  #missing(): number {
    return Math.min(maxBatch, this.lane.terms().waiting) - this.#slots.leased;
  }

  #report(): void {
    this.#urgent = true;
    if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    const askedAt = this.#now();
    const { pause, dayClosedUntil, spentAlone } = {
      pause: this.#pause,
      dayClosedUntil: this.#dayClosedUntil,
      spentAlone: this.#spentAlone,
    };
    const report = this.#slots.report(askedAt, this.#aloneFrom !== undefined);
    const request = this.#request(askedAt, report);
    this.#asking = true;
    this.#urgent = false;
    try {
      const { connection } = this.parts;
      const reply = readReply(
        await connection.evalScript(leaseScript, this.lane.keys(), [JSON.stringify(request)]),
      );
      this.#slots.reported(report, askedAt);
      if (this.#pause === pause) this.#pause = undefined;
      if (this.#dayClosedUntil === dayClosedUntil) this.#dayClosedUntil = undefined;
      this.#spentAlone -= spentAlone;
      this.#adopt(reply, askedAt);
    } catch {
      this.#goAlone();
    } finally {
      this.#asking = false;
    }
    this.#tickLater();
    if (this.#mustAskAtOnce()) void this.#ask();
    this.parts.wake();
  }

  #request(now: number, report: ReturnType<HeldSlots['report']>): LeaseRequest {
    const { configured, day, limit } = this.lane.terms();
    const isFresh = this.#epoch !== undefined && now - this.#epoch.seenAt < epochMs;
    return {
      replica: this.parts.replica,
      ...(isFresh && { epoch: this.#epoch?.name ?? '' }),
      want: Math.max(0, this.#missing()),
      next: this.#slots.next,
      floor: this.#floorMs,
      requests: limit.requests,
      windowMs: limit.windowMs,
      base: `${configured.requests}/${configured.windowMs}`,
      learned: limit.requests !== configured.requests || limit.windowMs !== configured.windowMs,
      ...{ aheadMs, useMs, strayMs, returnMs, settleMs, burst: burstPart },
      ...report,
      ...(this.#pause !== undefined && {
        pauseMs: Math.max(0, this.#pause.until - now),
        probe: this.#pause.probe,
      }),
      isNew: this.#epoch === undefined && this.#aloneFrom === undefined,
      returned: this.#aloneFrom !== undefined,
      replicas: this.#knownReplicas(),
      ...(day !== undefined && { day: day.requests }),
      dayUsed: day?.used ?? 0,
      dayDate: Math.floor(this.parts.clock.now() / dayMs),
      spentAlone: this.#spentAlone,
      ...(this.#dayClosedUntil !== undefined && { closeDayMs: Math.max(0, this.#dayClosedUntil - now) }),
    };
  }

  #adopt(reply: LeaseReply, askedAt: number): void {
    const now = this.#now();
    this.#replicas = reply.replicas;
    this.#epoch = { name: reply.epoch, seenAt: now };
    this.#againAt = now + reply.again;
    this.#othersPauseUntil = now + reply.paused;
    if (this.#aloneFrom !== undefined) this.lane.divide(1);
    this.#aloneFrom = undefined;
    // The script ran between the two times: a slot is not used before its time nor after it has lapsed.
    const offsets = reply.offsets ?? [];
    this.#slots.lease(offsets.map((offset) => ({ from: now + offset, until: askedAt + offset + useMs })));
    if (reply.day !== undefined) this.lane.adoptDay(reply.day.used - this.#slots.leased, reply.day.closed);
  }

  #goAlone(): void {
    const now = this.#now();
    this.#againAt = now + retryMs;
    if (this.#aloneFrom !== undefined) return;
    this.#slots.forgetLeases();
    this.#aloneFrom = now + this.lane.terms().limit.windowMs + aheadMs + useMs;
    this.lane.divide(this.#knownReplicas());
  }

  #knownReplicas(): number {
    return Math.max(1, this.#replicas, this.parts.connection.replicas());
  }

  /** Reports what no request for slots has reported meanwhile. */
  #tickLater(): void {
    if (this.#ticking || !this.#slots.hasNews) return;
    this.#ticking = true;
    this.parts.clock.sleep(reportMs).then(
      () => this.#tick(),
      () => undefined,
    );
  }

  #tick(): void {
    this.#ticking = false;
    const now = this.#now();
    this.#slots.dropLapsed(now);
    if (this.#aloneFrom !== undefined && !this.#asking) {
      this.#slots.forgetBefore(now - this.lane.terms().limit.windowMs);
    }
    const due = this.#aloneFrom === undefined ? this.#slots.mustReport(now, reportMs) : now >= this.#againAt;
    if (due && !this.#asking) void this.#ask();
    this.#tickLater();
  }
}
