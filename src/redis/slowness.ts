/** A command may take this long without being slow, in milliseconds. */
const goodMs = 50;
/** All delays beyond that may come to this much, then Redis counts as away. */
const patienceMs = 250;
/** So much of it is forgiven in a second. */
const forgivenMs = 100;

/**
 * Decides when Redis is too slow to be of use. An operation sends its commands one after the other, and must not be
 * delayed by more than two seconds in all: so the delays of all commands are added up, and little of them is forgiven.
 * The pacing of calls needs most of these two seconds to go on alone.
 */
export class Slowness {
  #delayMs = 0;
  #at = -Infinity;

  /** A command took so long. @returns true when this was too much. */
  add(tookMs: number, now: number): boolean {
    const forgiven = (Math.max(0, now - this.#at) / 1000) * forgivenMs;
    this.#delayMs = Math.max(0, this.#delayMs - forgiven) + Math.max(0, tookMs - goodMs);
    this.#at = now;
    return this.#delayMs > patienceMs;
  }

  /** True when a look at Redis was fast enough to use it again. */
  isGood(tookMs: number): boolean {
    return tookMs <= goodMs;
  }

  forget(): void {
    this.#delayMs = 0;
  }
}
