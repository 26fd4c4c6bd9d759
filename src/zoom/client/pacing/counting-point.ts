/** Answers that took longer than this teach nothing, in milliseconds. */
const maxDurationMs = 1_000;
const samplesNeeded = 50;
const samplesKept = 200;
/** Mean square error, in requests, up to which a guess counts as right. */
const maxError = 0.5;
/** A single error of so many requests means that the way there varies more than a guard can cover. */
const strayError = 3;
/** What was learnt is not believed for so long after that, in milliseconds. */
const doubtMs = 15_000;

/**
 * Finds out when Zoom counts a request: close to its departure, or only close to its answer. Where headers tell how
 * many requests Zoom has counted, that number is compared with our own count by departures and by answers. Without
 * headers, or in doubt, nothing is known. All times in milliseconds.
 */
export class CountingPoint {
  #departures: number[] = [];
  #answers: number[] = [];
  #samples = 0;
  #departureError = 0;
  #answerError = 0;
  #doubtUntil = -Infinity;

  constructor(private readonly windowMs: number) {}

  departed(at: number): void {
    this.#departures.push(at);
    this.#forget(at);
  }

  /** @param counted - requests in the window up to this one, as Zoom counted them; `undefined` when it does not say. */
  answered(departedAt: number, at: number, counted: number | undefined): void {
    this.#answers.push(at);
    this.#forget(at);
    if (counted === undefined || at - departedAt > maxDurationMs) return;
    const byDeparture = this.#within(this.#departures, departedAt);
    if (Math.abs(counted - byDeparture) >= strayError) this.doubt(at);
    const byAnswer = this.#within(this.#answers, at);
    if (byDeparture === byAnswer) return;
    if (at < this.#doubtUntil) return;
    this.#samples += 1;
    this.#departureError += (counted - byDeparture) ** 2;
    this.#answerError += (counted - byAnswer) ** 2;
    if (this.#samples >= samplesKept) this.#halve();
  }

  /** Whether Zoom surely counts requests when they leave us, give or take the way there. */
  get isDeparture(): boolean {
    return (
      this.#samples >= samplesNeeded &&
      this.#departureError <= maxError * this.#samples &&
      this.#departureError * 3 <= this.#answerError
    );
  }

  /** What was learnt is not to be trusted, as when Zoom takes us for too fast. */
  doubt(now: number): void {
    this.#doubtUntil = now + doubtMs;
    this.#samples = 0;
    this.#departureError = 0;
    this.#answerError = 0;
  }

  #within(times: readonly number[], end: number): number {
    return times.filter((time) => time > end - this.windowMs && time <= end).length;
  }

  #forget(now: number): void {
    const before = now - this.windowMs - maxDurationMs;
    while ((this.#departures[0] ?? Infinity) < before) this.#departures.shift();
    while ((this.#answers[0] ?? Infinity) < before) this.#answers.shift();
  }

  #halve(): void {
    this.#samples /= 2;
    this.#departureError /= 2;
    this.#answerError /= 2;
  }
}
