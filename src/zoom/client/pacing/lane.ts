import type { Moment } from '../../kit/clock.js';
import { CountingPoint } from './counting-point.js';
import { type DayBudget, type LaneKey, untilMidnight, type WindowLimit } from './limits.js';
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

  constructor(
    readonly key: LaneKey,
    private limit: WindowLimit,
    private day: DayBudget | undefined,
  ) {
    this.#window = new SlidingWindow(limit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** Replaces the limits; requests already sent still count. */
  limitTo(limit: WindowLimit, day: DayBudget | undefined): void {
    this.limit = limit;
    this.day = day;
    this.#window.resize(limit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** Milliseconds between requests; 0 without pacing. */
  get intervalMs(): number {
    return this.limit.windowMs / this.limit.requests;
  }

  get #isPaced(): boolean {
    return this.limit.requests !== Infinity;
  }

  /** The monotonic time at which the next request may be sent; `Infinity` when an answer must come first. */
  readyAt(now: Moment): number {
    if (typeof this.#probe === 'object') return Infinity;
    const floorMs = Math.max(0, Math.min(maxFloorMs, this.#floor.get(now.monotonic) - clockMarginMs));
    const counting = this.#counting.isWhenSent ? 'whenSent' : { floorMs };
    return Math.max(this.#window.readyAt(now.monotonic, counting), this.blockedUntil(now));
  }

  /** The part of {@link readyAt} that no answer changes: pauses and the allowance of the day. */
  blockedUntil(now: Moment): number {
    return Math.max(now.monotonic + this.dayClosedFor(now), this.#pausedUntil);
  }

  /** Milliseconds until the next day's allowance; 0 while today's has something left. */
  dayClosedFor({ epoch }: Moment): number {
    return this.day === undefined ? 0 : this.day.openAt(epoch) - epoch;
  }

  sent(now: Moment): void {
    if (this.#probe === 'due') this.#probe = { sentAt: now.monotonic };
    this.#window.sent(now.monotonic);
    if (this.#isPaced) this.#counting.sent(now.monotonic);
    this.day?.spend(now.epoch);
  }

  /** A request ended without an answer. */
  lost(sentAt: number, now: Moment): void {
    if (this.#isProbe(sentAt)) this.#probe = 'due';
    this.#window.answered(now.monotonic, Math.max(now.monotonic, sentAt + strayMs));
  }

  /** @param lesson - read from the headers of the answer. */
  answered(sentAt: number, now: Moment, lesson: RateLesson): void {
    if (this.#isProbe(sentAt)) this.#probe = undefined;
    this.#window.answered(now.monotonic);
    this.#floor.add(now.monotonic - sentAt, now.monotonic);
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
  }

  /**
   * Called when Zoom says that the allowance of the day is used up.
   * @param isSure - false when only a sentence says so, which may come from something else than Zoom.
   */
  closeDay(now: Moment, forMs: number, isSure = true): void {
    this.day?.close(now.epoch + (isSure ? forMs : this.#heed(forMs)));
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
    this.#window.resize(limit);
  }
}
