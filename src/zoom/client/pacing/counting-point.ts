/** Answers that took longer than this are ignored, in milliseconds. */
const maxDurationMs = 1_000;
const samplesNeeded = 50;
const samplesKept = 200;
/** A guess is right up to this mean square error, in requests. */
const maxError = 0.5;
/** One error of so many requests shows that the way to Zoom varies more than the margin covers. */
const strayError = 3;
/** After such an error nothing is concluded for this long, in milliseconds. */
const doubtMs = 15_000;

/**
 * Finds out when Zoom counts a request: soon after we send it, or only shortly before we have the answer. Some answers
 * contain the number of requests that Zoom has counted. We compare it with two counts of our own: of requests sent, and
 * of answers received. Without such headers, and after a doubt, nothing is known. All times in milliseconds.
 */
export class CountingPoint {
  #sentAt: number[] = [];
  #answeredAt: number[] = [];
  #samples = 0;
  #sentError = 0;
  #answerError = 0;
  #doubtUntil = -Infinity;

  constructor(private readonly windowMs: number) {}

  sent(at: number): void {
    this.#sentAt.push(at);
    this.#forget(at);
  }

  /** @param counted - Zoom's count of the requests in the window up to this one; `undefined` without a header. */
  answered(sentAt: number, at: number, counted: number | undefined): void {
    this.#answeredAt.push(at);
    this.#forget(at);
    if (counted === undefined || at - sentAt > maxDurationMs) return;
    const bySent = this.#within(this.#sentAt, sentAt);
    if (Math.abs(counted - bySent) >= strayError) this.doubt(at);
    const byAnswered = this.#within(this.#answeredAt, at);
    if (bySent === byAnswered) return;
    if (at < this.#doubtUntil) return;
    this.#samples += 1;
    this.#sentError += (counted - bySent) ** 2;
    this.#answerError += (counted - byAnswered) ** 2;
    if (this.#samples >= samplesKept) this.#halve();
  }

  /** True when Zoom surely counts a request as we send it, apart from the time of the way there. */
  get isWhenSent(): boolean {
    return (
      this.#samples >= samplesNeeded &&
      this.#sentError <= maxError * this.#samples &&
      this.#sentError * 3 <= this.#answerError
    );
  }

  /** Forgets the samples: a 429 or a large error shows that the conclusion may be wrong. */
  doubt(now: number): void {
    this.#doubtUntil = now + doubtMs;
    this.#samples = 0;
    this.#sentError = 0;
    this.#answerError = 0;
  }

  #within(times: readonly number[], end: number): number {
    return times.filter((time) => time > end - this.windowMs && time <= end).length;
  }

  #forget(now: number): void {
    const before = now - this.windowMs - maxDurationMs;
    while ((this.#sentAt[0] ?? Infinity) < before) this.#sentAt.shift();
    while ((this.#answeredAt[0] ?? Infinity) < before) this.#answeredAt.shift();
  }

  #halve(): void {
    this.#samples /= 2;
    this.#sentError /= 2;
    this.#answerError /= 2;
  }
}
