import type { WindowLimit } from './limits.js';

/** The part of a window's requests that may leave at once. */
const burstPart = 0.25;

/**
 * Keeps a lane below its limit in every window, as Zoom counts it. When Zoom counts a request is not known to us, only
 * that it is between its departure and its answer. So a request takes one of the lane's slots from its departure until
 * a whole window after its answer, less the least time any request needs there and back: a new request is not counted
 * sooner than that after it leaves, or the old one was counted that much before its answer came. However the
 * time of a request varies, no window then holds more requests than there are slots.
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

  constructor(private limit: WindowLimit) {}

  /** From now on another limit holds. */
  resize(limit: WindowLimit): void {
    this.limit = limit;
    this.#evenTime = -Infinity;
  }

  /**
   * When the next request may leave.
   * @param floorMs - the least time a request needs there and back.
   * @returns `now` when it may leave at once, `Infinity` when an answer must come first.
   */
  readyAt(now: number, floorMs: number): number {
    const occupiedMs = this.limit.windowMs - Math.min(floorMs, this.limit.windowMs);
    while ((this.#answeredAt[0] ?? Infinity) + occupiedMs <= now) this.#answeredAt.shift();
    const excess = this.#underWay + this.#answeredAt.length - this.limit.requests;
    const spread = Math.max(now, this.#evenTime - this.limit.windowMs * burstPart);
    if (excess < 0) return spread;
    const freed = this.#answeredAt[excess];
    return freed === undefined ? Infinity : Math.max(spread, freed + occupiedMs);
  }

  departed(now: number): void {
    this.#underWay += 1;
    this.#evenTime = Math.max(now, this.#evenTime) + this.limit.windowMs / this.limit.requests;
  }

  /** @param at - when the answer came; a time to come for a request we gave up that Zoom may still count. */
  answered(at: number): void {
    this.#underWay -= 1;
    const later = this.#answeredAt.findLastIndex((time) => time <= at);
    this.#answeredAt.splice(later + 1, 0, at);
  }
}
