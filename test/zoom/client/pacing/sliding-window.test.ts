import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlidingWindow } from '../../../../src/zoom/client/pacing/sliding-window.js';
import { assertProperty } from '../../../support/assert-property.js';

interface Flight {
  readonly countedAt: number;
  readonly answeredAt: number;
}

/** Lets as many requests go as the window allows, each with its way there and back; returns when each was counted. */
function fly(
  requests: number,
  floorMs: number,
  ways: readonly (readonly [there: number, back: number])[],
): number[] {
  const window = new SlidingWindow({ requests, windowMs: 1_000 });
  const underWay: Flight[] = [];
  const counted: number[] = [];
  let now = 0;
  for (const [there, back] of ways) {
    for (;;) {
      const answer = underWay[0];
      const ready = window.readyAt(now, { floorMs });
      if (ready <= now) break;
      if (answer !== undefined && answer.answeredAt <= ready) {
        underWay.shift();
        now = Math.max(now, answer.answeredAt);
        window.answered(now);
      } else now = ready;
    }
    window.sent(now);
    counted.push(now + there);
    underWay.push({ countedAt: now + there, answeredAt: now + there + back });
    underWay.sort((a, b) => a.answeredAt - b.answeredAt);
  }
  return counted.sort((a, b) => a - b);
}

/** Times are sums of thirds and sevenths of a second, added in various orders; a nanosecond is no difference. */
const roundingMs = 1e-6;

/** The most requests counted within any window of that length. */
function densest(counted: readonly number[], windowMs: number): number {
  return Math.max(
    ...counted.map(
      (end) => counted.filter((time) => time > end - windowMs + roundingMs && time <= end).length,
    ),
  );
}

/** Whole milliseconds, so that a window has an exact end. */
const way = fc.tuple(fc.nat(150), fc.nat(150));

describe('the sliding window', () => {
  it('never lets Zoom count more than the limit in any second, however long the requests take', () => {
    assertProperty(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 100 }),
        fc.infiniteStream(way),
        (requests, least, stream) => {
          const ways = [...stream.take(requests * 5 + 5)].map(
            ([there, back]) => [there + least, back] as const,
          );
          expect(densest(fly(requests, least, ways), 1_000)).toBeLessThanOrEqual(requests);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('uses the whole limit when requests take no time', () => {
    const counted = fly(
      10,
      0,
      Array.from({ length: 101 }, () => [0, 0] as const),
    );
    expect(counted.at(-1)).toBe(10_000);
  });

  it('loses only what the duration of requests varies', () => {
    const ways = Array.from({ length: 801 }, (_, index) => [50 + ((index * 37) % 101), 0] as const);
    const seconds = (fly(80, 50, ways).at(-1) ?? 0) / 1_000;
    expect(801 / seconds).toBeGreaterThan(0.95 * 80);
  });

  it('waits for an answer when all slots are under way', () => {
    const window = new SlidingWindow({ requests: 1, windowMs: 1_000 });
    window.sent(0);
    expect(window.readyAt(5_000, { floorMs: 0 })).toBe(Infinity);
    window.answered(5_000);
    expect(window.readyAt(5_000, { floorMs: 0 })).toBe(6_000);
    expect(window.readyAt(6_000, { floorMs: 0 })).toBe(6_000);
  });

  it('keeps the slots of stray requests apart from those of answered ones', () => {
    const window = new SlidingWindow({ requests: 2, windowMs: 1_000 });
    window.sent(0);
    window.sent(0);
    window.answered(50, 2_000);
    window.answered(100);
    expect(window.readyAt(200, { floorMs: 0 })).toBe(1_100);
  });

  it('does not forget an answer that still counts because of a request that was given up', () => {
    const window = new SlidingWindow({ requests: 2, windowMs: 1_000 });
    window.sent(0);
    window.answered(500);
    window.sent(600);
    window.answered(700, 2_600);
    expect(window.readyAt(800, { floorMs: 0 })).toBe(1_500);
  });

  it('occupies a slot from the sending on where Zoom is known to count then, with a margin', () => {
    const window = new SlidingWindow({ requests: 1, windowMs: 1_000 });
    window.sent(0);
    expect(window.readyAt(500, 'whenSent')).toBe(1_025);
    expect(window.readyAt(1_025, 'whenSent')).toBe(1_025);
  });

  it('takes a new limit', () => {
    const window = new SlidingWindow({ requests: 1, windowMs: 1_000 });
    window.sent(0);
    window.resize({ requests: 2, windowMs: 1_000 });
    expect(window.readyAt(7, { floorMs: 0 })).toBe(7);
  });
});
