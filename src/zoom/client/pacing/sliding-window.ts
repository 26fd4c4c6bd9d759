import type { WindowLimit } from './limits.js';

/** This part of a window's requests may be sent at once. */
export const burstPart = 0.25;

/** Margin for the varying way to Zoom, as a part of the window; it holds where Zoom counts when we send. */
const marginPart = 0.025;

/** No limit of Zoom has more slots. A window without a limit remembers this many for the limit it may get. */
const mostSlots = 1_000;

/**
 * Keeps a lane below its limit in every window, as Zoom counts it. All times in milliseconds.
 *
 * We do not know when Zoom counts a request: it may be any time between our sending it and its answer. So a request
 * occupies one of the lane's slots from its sending until one window after its answer. The shortest round trip of the
 * last minutes can be subtracted: either the next request needs at least this long until Zoom counts it, or Zoom
 * counted the previous one this long before its answer. Where Zoom is known to count when we send, a request occupies
 * its slot for one window and a margin from its sending.
 *
 * Requests are also spread: after a burst of a quarter of the slots they keep the lane's even interval. Otherwise a
 * late caller would find all slots occupied for the rest of the window.
 */
export class SlidingWindow {
  #running = 0;
  /** Time of the next request at the even interval. */
  #evenTime = -Infinity;
  /** Times of the answers that still count, oldest first. */
  readonly #answeredAt: number[] = [];
  /** Times of the sent requests that still count, oldest first. */
  readonly #sentAt: number[] = [];

  constructor(private limit: WindowLimit) {}

  /** Replaces the limit; requests already sent still count. */
  resize(limit: WindowLimit): void {
    this.limit = limit;
    this.#evenTime = -Infinity;
  }

  /**
   * The time at which the next request may be sent.
   * @param counting - `whenSent` where Zoom surely counts then, otherwise the shortest round trip.
   * @returns `now` when it may be sent at once, `Infinity` when an answer must come first.
   */
  readyAt(now: number, counting: 'whenSent' | { readonly floorMs: number }): number {
    const { requests, windowMs } = this.limit;
    if (requests === Infinity) return now;
    const spread = Math.max(now, this.#evenTime - windowMs * burstPart);
    const slot =
      counting === 'whenSent'
        ? this.#slotAt(now, this.#sentAt, windowMs * (1 + marginPart), 0)
        : this.#slotAt(now, this.#answeredAt, windowMs - Math.min(counting.floorMs, windowMs), this.#running);
    return Math.max(spread, slot);
  }

  sent(now: number): void {
    this.#running += 1;
    this.#sentAt.push(now);
    this.#evenTime = Math.max(now, this.#evenTime) + this.limit.windowMs / this.limit.requests;
    this.#forget(this.#sentAt, now);
  }

  /**
   * A request has ended.
   * @param at - the time of the answer; a future time for a request without an answer, which Zoom may still count.
   */
  answered(now: number, at = now): void {
    this.#running -= 1;
    const later = this.#answeredAt.findLastIndex((time) => time <= at);
    this.#answeredAt.splice(later + 1, 0, at);
    this.#forget(this.#answeredAt, now);
  }

  #forget(times: number[], now: number): void {
    const { requests, windowMs } = this.limit;
    while ((times[0] ?? now) < now - 2 * windowMs) times.shift();
    if (requests === Infinity && times.length > mostSlots) times.shift();
  }

  /**
   * The time at which a slot is free.
   * @param times - starts of occupied slots, each for `takenMs`.
   * @param others - number of slots that are occupied without a known end.
   */
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

/** The smallest of the recent values; 0 while there are too few of them. */
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
