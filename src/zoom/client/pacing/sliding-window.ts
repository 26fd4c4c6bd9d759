import type { WindowLimit } from './limits.js';

/** The part of a window's requests that may leave at once. */
const burstPart = 0.25;

/** Where Zoom is known to count departures, what the way there may vary, as a part of the window. */
const guardPart = 0.025;

/** More slots than any limit of Zoom has: of a window without limit no more can matter when it is given one. */
const mostSlots = 1_000;

/**
 * Keeps a lane below its limit in every window, as Zoom counts it. When Zoom counts a request is not known to us, only
 * that it is between its departure and its answer. So a request takes one of the lane's slots from its departure until
 * a whole window after its answer, less the least time any request needs there and back: a new request is not counted
 * sooner than that after it leaves, or the old one was counted that much before its answer came. However the
 * time of a request varies, no window then holds more requests than there are slots. Where it is known that Zoom
 * counts departures, slots are taken for a window and a guard from the departure on instead.
 *
 * Departures are spread besides: after a burst of a quarter of the slots they keep the lane's even interval, so that
 * one who comes late does not find all slots taken for the rest of the window. All times in milliseconds.
 */
export class SlidingWindow {
  #underWay = 0;
  /** When the next request would leave if all kept the even interval. */
  #evenTime = -Infinity;
  /** When the answers came that still count, oldest first. */
  readonly #answeredAt: number[] = [];
  /** When the requests left that still count, oldest first. */
  readonly #departedAt: number[] = [];

  constructor(private limit: WindowLimit) {}

  /** From now on another limit holds. */
  resize(limit: WindowLimit): void {
    this.limit = limit;
    this.#evenTime = -Infinity;
  }

  /**
   * When the next request may leave.
   * @param counting - `atDeparture` when Zoom surely counts then, else the least time a request needs there and back.
   * @returns `now` when it may leave at once, `Infinity` when an answer must come first.
   */
  readyAt(now: number, counting: 'atDeparture' | { readonly floorMs: number }): number {
    const { requests, windowMs } = this.limit;
    if (requests === Infinity) return now;
    const spread = Math.max(now, this.#evenTime - windowMs * burstPart);
    const slot =
      counting === 'atDeparture'
        ? this.#slotAt(now, this.#departedAt, windowMs * (1 + guardPart), 0)
        : this.#slotAt(
            now,
            this.#answeredAt,
            windowMs - Math.min(counting.floorMs, windowMs),
            this.#underWay,
          );
    return Math.max(spread, slot);
  }

  departed(now: number): void {
    this.#underWay += 1;
    this.#departedAt.push(now);
    this.#evenTime = Math.max(now, this.#evenTime) + this.limit.windowMs / this.limit.requests;
    this.#forget(this.#departedAt, now);
  }

  /**
   * A request is over.
   * @param at - when the answer came; a time to come for a request we gave up that Zoom may still count.
   */
  answered(now: number, at = now): void {
    this.#underWay -= 1;
    const later = this.#answeredAt.findLastIndex((time) => time <= at);
    this.#answeredAt.splice(later + 1, 0, at);
    this.#forget(this.#answeredAt, now);
  }

  #forget(times: number[], now: number): void {
    const { requests, windowMs } = this.limit;
    while ((times[0] ?? now) < now - 2 * windowMs) times.shift();
    if (requests === Infinity && times.length > mostSlots) times.shift();
  }

  /** When a slot is free, if each of `times` takes one for so long and others are taken without a known end. */
  #slotAt(now: number, times: readonly number[], takenMs: number, others: number): number {
    const first = times.findIndex((time) => time + takenMs > now);
    const taken = first < 0 ? 0 : times.length - first;
    const excess = taken + others - this.limit.requests;
    if (excess < 0) return now;
    const freed = excess < taken ? times[first + excess] : undefined;
    return freed === undefined ? Infinity : freed + takenMs;
  }
}
interface Generation {
  minimum: number;
  count: number;
  readonly since: number;
}

const samplesNeeded = 300;

const generationSize = 1_000;

const generationMs = 60_000;

/** The smallest of the recent values, 0 as long as there are too few of them to tell. */
export class RecentMinimum {
  #older: Generation | undefined;
  #current: Generation | undefined;

  /** @param now - milliseconds. */
  add(value: number, now: number): void {
    const current = this.#generationAt(now);
    current.minimum = Math.min(current.minimum, value);
    current.count += 1;
  }

  get(now: number): number {
    const current = this.#generationAt(now);
    const known = [this.#older, current].filter((generation) => generation !== undefined);
    const count = known.reduce((sum, generation) => sum + generation.count, 0);
    return count < samplesNeeded ? 0 : Math.min(...known.map(({ minimum }) => minimum));
  }

  #generationAt(now: number): Generation {
    const current = this.#current;
    if (current !== undefined && current.count < generationSize && now - current.since < generationMs) {
      return current;
    }
    const fresh = current !== undefined && now - current.since < 2 * generationMs;
    this.#older = fresh ? current : undefined;
    this.#current = { minimum: Infinity, count: 0, since: now };
    return this.#current;
  }
}
