import type { Moment } from '../../kit/clock.js';
import { CountingPoint } from './counting-point.js';
import { type DayBudget, type LaneKey, untilMidnight, type WindowLimit } from './limits.js';
import { FairQueue, type Queued } from './fair-queue.js';
import type { RateLesson } from './rate-answer.js';
import { RecentMinimum, SlidingWindow } from './sliding-window.js';

const maxFloorMs = 200;
/** Zoom's clock counts whole milliseconds and is not ours. */
const clockGuardMs = 1;
/** A request we gave up is counted by Zoom within this time after it left, or not at all. */
const strayMs = 2_000;
const firstPauseMs = 1_000;
const maxPauseMs = 30_000;

/** All endpoints of one family and label: who waits, and when the next may leave. Spans are monotonic. */
export class Lane<Item extends Queued> {
  readonly queue = new FairQueue<Item>();
  readonly #window: SlidingWindow;
  readonly #floor = new RecentMinimum();
  #counting: CountingPoint;
  #pausedUntil = -Infinity;
  #strikes = 0;

  constructor(
    readonly key: LaneKey,
    private limit: WindowLimit,
    private day: DayBudget | undefined,
  ) {
    this.#window = new SlidingWindow(limit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** From now on these limits hold; what has left already counts. */
  limitTo(limit: WindowLimit, day: DayBudget | undefined): void {
    this.limit = limit;
    this.day = day;
    this.#window.resize(limit);
    this.#counting = new CountingPoint(limit.windowMs);
  }

  /** Milliseconds of the lane per request, 0 when it is not paced. */
  get intervalMs(): number {
    return this.limit.windowMs / this.limit.requests;
  }

  get #isPaced(): boolean {
    return this.limit.requests !== Infinity;
  }

  /** When the next request may leave, as a monotonic time; `Infinity` when an answer must come first. */
  readyAt(now: Moment): number {
    const floorMs = Math.max(0, Math.min(maxFloorMs, this.#floor.get(now.monotonic) - clockGuardMs));
    const counting = this.#counting.isDeparture ? 'atDeparture' : { floorMs };
    return Math.max(this.#window.readyAt(now.monotonic, counting), this.blockedUntil(now));
  }

  /** The part of {@link readyAt} that no answer can change: pauses and the allowance of the day. */
  blockedUntil(now: Moment): number {
    return Math.max(now.monotonic + this.dayClosedFor(now), this.#pausedUntil);
  }

  /** Milliseconds until the allowance of the day is there again, 0 when there is something left. */
  dayClosedFor({ epoch }: Moment): number {
    return this.day === undefined ? 0 : this.day.openAt(epoch) - epoch;
  }

  departed(now: Moment): void {
    this.#window.departed(now.monotonic);
    if (this.#isPaced) this.#counting.departed(now.monotonic);
    this.day?.spend(now.epoch);
  }

  /** A request ended without an answer. */
  lost(departedAt: number, now: Moment): void {
    this.#window.answered(now.monotonic, Math.max(now.monotonic, departedAt + strayMs));
  }

  /** @param lesson - what the answer's headers teach. */
  answered(departedAt: number, now: Moment, lesson: RateLesson): void {
    this.#window.answered(now.monotonic);
    this.#floor.add(now.monotonic - departedAt, now.monotonic);
    if (this.#isPaced) this.#counting.answered(departedAt, now.monotonic, lesson.counted);
    if (lesson.window !== undefined) this.#correct(lesson.window);
    if (lesson.dayUsedUp) this.closeDay(now, untilMidnight(now.epoch));
  }

  /** An answer that was no 429: the lane flows. */
  flowed(): void {
    this.#strikes = 0;
  }

  /**
   * Zoom took us for too fast: the lane rests for as long as Zoom says, else for a second, doubled each time in a
   * row, with up to as much again by chance, so that the applications of an account do not come back together. Advice
   * to come back at once is not trusted.
   */
  pause(now: Moment, advisedMs: number | undefined, random: number): void {
    this.#counting.doubt(now.monotonic);
    const own = Math.min(maxPauseMs, firstPauseMs * 2 ** this.#strikes) * (1 + random);
    if (this.#pausedUntil <= now.monotonic) this.#strikes += 1;
    this.#pausedUntil = Math.max(this.#pausedUntil, now.monotonic + Math.max(advisedMs ?? own, own / 4));
  }

  /** Zoom says the day's allowance is used up. */
  closeDay(now: Moment, forMs: number): void {
    this.day?.close(now.epoch + forMs);
  }

  /** Zoom names another limit than the plan has. */
  #correct(limit: WindowLimit): void {
    const { requests, windowMs } = this.limit;
    const same = limit.requests === requests && limit.windowMs === windowMs;
    if (same || !this.#isPaced) return;
    this.limit = limit;
    this.#window.resize(limit);
  }
}
