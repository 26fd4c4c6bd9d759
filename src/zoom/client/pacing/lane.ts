import type { Moment } from '../../kit/clock.js';
import { CountingPoint } from './counting-point.js';
import { GroupLane, type GroupParts } from './group-lane.js';
import {
  type DayBudget,
  type LaneKey,
  laneName,
  sharedWindow,
  untilMidnight,
  type WindowLimit,
} from './limits.js';
import { FairQueue, type Queued } from './fair-queue.js';
import type { RateLesson } from './rate-answer.js';
import { RecentMinimum, SlidingWindow } from './sliding-window.js';

const maxFloorMs = 200;
/** Zoom's clock differs from ours and counts whole milliseconds. */
const clockMarginMs = 1;
/** Zoom counts a request without an answer within this time after we sent it, or never. */
const strayMs = 2_000;
const firstPauseMs = 1_000;
const maxPauseMs = 30_000;

/** We heed a longer advice for so long, because a wrong one would stop everything for a day. Then one request probes. */
export const maxHeededMs = 60_000;

/** The queue and the limits of all endpoints of one family and label. Spans are monotonic. */
export class Lane<Item extends Queued> {
  readonly queue = new FairQueue<Item>();
  readonly #window: SlidingWindow;
  readonly #floor = new RecentMinimum();
  #counting: CountingPoint;
  #pausedUntil = -Infinity;
  #pausesInRow = 0;
  /** While it is `due`, the next request is a probe. Then others wait for the answer to the probe, which left then. */
  #probe: 'due' | { readonly sentAt: number } | undefined;
  /** The other replicas, if there are any. */
  #group: GroupLane | undefined;
  /** The limit is divided among so many replicas that are each alone. */
  #parts = 1;

  constructor(
    readonly key: LaneKey,
    private limit: WindowLimit,
    private day: DayBudget | undefined,
    private configured = limit,
  ) {
    this.#window = new SlidingWindow(limit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** Shares the limits with other replicas. */
  join(parts: GroupParts): void {
    const epoch = (): number => parts.clock.now();
    this.#group = new GroupLane(parts, {
      keys: () => {
        const key = `${parts.keyPrefix}${laneName(this.key)}`;
        return this.day === undefined ? [key] : [key, `${parts.keyPrefix}day:${this.day.pool}`];
      },
      terms: () => ({
        limit: this.limit,
        configured: this.configured,
        waiting: this.queue.length,
        ...(this.day && { day: { requests: this.day.allowance, used: this.day.usedAt(epoch()) } }),
      }),
      adoptDay: (used, closedMs) => this.day?.adopt(epoch(), used, closedMs > 0 ? epoch() + closedMs : 0),
      divide: (replicas) => {
        this.#parts = replicas;
        this.#window.resize(this.#ownLimit);
        this.day?.divide(epoch(), replicas);
      },
    });
  }

  /** Replaces the limits; requests already sent still count. */
  limitTo(limit: WindowLimit, day: DayBudget | undefined): void {
    this.limit = limit;
    this.configured = limit;
    this.day = day;
    this.#window.resize(this.#ownLimit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** Milliseconds between requests; 0 without pacing. */
  get intervalMs(): number {
    return this.limit.windowMs / this.limit.requests;
  }

  /** Requests that the day still allows; `undefined` without an allowance of the day. */
  dayRemaining({ epoch }: Moment): number | undefined {
    return this.day?.remainingAt(epoch);
  }

  get dayPool(): string | undefined {
    return this.day?.pool;
  }

  get #isPaced(): boolean {
    return this.limit.requests !== Infinity;
  }

  get #ownLimit(): WindowLimit {
    return this.#parts === 1 ? this.limit : sharedWindow(this.limit, 1 / this.#parts);
  }

  /** The group, unless the plan has no limits to share. */
  get #sharing(): GroupLane | undefined {
    return this.#isPaced ? this.#group : undefined;
  }

  /** The monotonic time at which the next request may be sent; `Infinity` when an answer must come first. */
  readyAt(now: Moment): number {
    if (typeof this.#probe === 'object') return Infinity;
    const floorMs = this.#floorMs(now.monotonic);
    if (this.#sharing !== undefined) return this.#sharedReadyAt(this.#sharing, now, floorMs);
    const counting = this.#counting.isWhenSent ? 'whenSent' : { floorMs };
    return Math.max(this.#window.readyAt(now.monotonic, counting), this.blockedUntil(now));
  }

  #sharedReadyAt(group: GroupLane, now: Moment, floorMs: number): number {
    const blocked = this.blockedUntil(now);
    if (group.aloneFrom !== undefined) {
      group.lookForGroup(now.monotonic);
      return Math.max(this.#window.readyAt(now.monotonic, { floorMs }), blocked, group.aloneFrom);
    }
    return blocked > now.monotonic ? blocked : group.readyAt(now.monotonic, floorMs);
  }

  /** The shortest round trip, less a margin. */
  #floorMs(monotonic: number): number {
    return Math.max(0, Math.min(maxFloorMs, this.#floor.get(monotonic) - clockMarginMs));
  }

  /** The part of {@link readyAt} that no answer changes: pauses and the allowance of the day. */
  blockedUntil(now: Moment): number {
    const paused = Math.max(this.#pausedUntil, this.#sharing?.pausedUntil ?? -Infinity);
    return Math.max(now.monotonic + this.dayClosedFor(now), paused);
  }

  /** Milliseconds until the next day's allowance; 0 while today's has something left. */
  dayClosedFor({ epoch }: Moment): number {
    return this.day === undefined ? 0 : this.day.openAt(epoch) - epoch;
  }

  sent(now: Moment): void {
    if (this.#probe === 'due') this.#probe = { sentAt: now.monotonic };
    this.#window.sent(now.monotonic);
    if (this.#isPaced) this.#counting.sent(now.monotonic);
    this.#sharing?.sent(now.monotonic);
    this.day?.spend(now.epoch);
  }

  /** A request ended without an answer. */
  lost(sentAt: number, now: Moment): void {
    if (this.#isProbe(sentAt)) this.#probe = 'due';
    const countedBy = Math.max(now.monotonic, sentAt + strayMs);
    this.#window.answered(now.monotonic, countedBy);
    this.#sharing?.ended(countedBy, 0, false);
  }

  /** @param lesson - read from the headers of the answer. */
  answered(sentAt: number, now: Moment, lesson: RateLesson): void {
    if (this.#isProbe(sentAt)) this.#probe = undefined;
    this.#window.answered(now.monotonic);
    this.#floor.add(now.monotonic - sentAt, now.monotonic);
    this.#sharing?.ended(now.monotonic, this.#floorMs(now.monotonic), true);
    if (this.#isPaced) this.#counting.answered(sentAt, now.monotonic, lesson.counted);
    if (lesson.window !== undefined) this.#correct(lesson.window);
    if (lesson.dayUsedUp) this.closeDay(now, untilMidnight(now.epoch));
  }

  /** Called after an answer other than 429: the next pause is a first one. */
  noteSuccess(): void {
    this.#pausesInRow = 0;
  }

  /**
   * Called after a 429, before the end of its request. Pauses the lane for Zoom's `Retry-After`, otherwise for a second,
   * doubled on each further 429, plus up to 100 % jitter: other applications of the account must not resume at the same
   * time. We believe neither a `Retry-After` of almost nothing nor one beyond a minute.
   */
  pause(now: Moment, advisedMs: number | undefined, random: number): void {
    this.#counting.doubt(now.monotonic);
    const own = Math.min(maxPauseMs, firstPauseMs * 2 ** this.#pausesInRow) * (1 + random);
    if (this.#pausedUntil <= now.monotonic) this.#pausesInRow += 1;
    const pauseMs = this.#heed(Math.max(advisedMs ?? own, own / 4));
    this.#pausedUntil = Math.max(this.#pausedUntil, now.monotonic + pauseMs);
    this.#sharing?.pause(this.#pausedUntil, this.#probe === 'due');
  }

  /**
   * Called when Zoom says that the allowance of the day is used up.
   * @param isSure - false when only a sentence says so, which may come from something else than Zoom.
   */
  closeDay(now: Moment, forMs: number, isSure = true): void {
    const closedMs = isSure ? forMs : this.#heed(forMs);
    this.day?.close(now.epoch + closedMs);
    if (this.day !== undefined) this.#sharing?.closeDay(now.monotonic + closedMs);
  }

  /** The part of an advice that we heed. A probe follows where that is not all of it. */
  #heed(advisedMs: number): number {
    if (advisedMs > maxHeededMs) this.#probe = 'due';
    else if (this.#probe !== 'due') this.#probe = undefined;
    return Math.min(advisedMs, maxHeededMs);
  }

  #isProbe(sentAt: number): boolean {
    return typeof this.#probe === 'object' && sentAt >= this.#probe.sentAt;
  }

  /** Adopts a limit that an answer names instead of the plan's. */
  #correct(limit: WindowLimit): void {
    const { requests, windowMs } = this.limit;
    const same = limit.requests === requests && limit.windowMs === windowMs;
    if (same || !this.#isPaced) return;
    this.limit = limit;
    this.#window.resize(this.#ownLimit);
  }
}
