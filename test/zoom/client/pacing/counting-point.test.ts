import { describe, expect, it } from '@jest/globals';
import { CountingPoint } from '../../../../src/zoom/client/pacing/counting-point.js';

/** Requests every 20 ms, each 50 to 150 ms long; the server counts them where it is told. */
function observe(point: CountingPoint, countedAt: 'sending' | 'answer' | 'nowhere', noise = 0): void {
  const flights = Array.from({ length: 400 }, (_, index) => {
    const sentAt = index * 20;
    return { sentAt, answer: sentAt + 50 + ((index * 37) % 101) };
  });
  const countOf = (time: number, times: readonly number[]): number =>
    times.filter((other) => other > time - 1_000 && other <= time).length;
  const events = [
    ...flights.map((flight) => ({ at: flight.sentAt, run: () => point.sent(flight.sentAt) })),
    ...flights.map(({ sentAt, answer }, index) => ({
      at: answer,
      run: () => {
        const exact =
          countedAt === 'sending'
            ? countOf(
                sentAt,
                flights.map((flight) => flight.sentAt),
              )
            : countOf(
                answer,
                flights.map((flight) => flight.answer),
              );
        point.answered(
          sentAt,
          answer,
          countedAt === 'nowhere' ? undefined : exact + ((index * 7) % 3) * noise,
        );
      },
    })),
  ];
  events.sort((a, b) => a.at - b.at).forEach(({ run }) => run());
}

describe('the point at which Zoom counts', () => {
  it('is the sending when the headers agree with it', () => {
    const point = new CountingPoint(1_000);
    expect(point.isWhenSent).toBe(false);
    observe(point, 'sending');
    expect(point.isWhenSent).toBe(true);
    point.doubt(10_000);
    expect(point.isWhenSent).toBe(false);
  });

  it('is doubted for a while after one error too large for a guard', () => {
    const point = new CountingPoint(1_000);
    observe(point, 'sending');
    point.sent(9_000);
    point.answered(9_000, 9_050, 9);
    expect(point.isWhenSent).toBe(false);
  });

  it.each([
    ['the headers agree with the answers', 'answer', 0],
    ['there are no headers', 'nowhere', 0],
    ['others use the account too', 'sending', 2],
  ] as const)('is not known when %s', (_, countedAt, noise) => {
    const point = new CountingPoint(1_000);
    observe(point, countedAt, noise);
    expect(point.isWhenSent).toBe(false);
  });
});
