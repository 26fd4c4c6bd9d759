import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Slowness } from '../../src/redis/slowness.js';
import { assertProperty } from '../support/assert-property.js';

describe('the slowness of Redis', () => {
  it('is too much when an operation could lose seconds', () => {
    // Commands of one operation follow each other. Their time until Redis is given up is bounded.
    const times = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 60, maxLength: 60 });
    assertProperty(
      fc.property(times, (all) => {
        const slowness = new Slowness();
        let [now, lost] = [0, 0];
        for (const took of all) {
          now += took;
          lost += Math.max(0, took - 50);
          if (slowness.add(took, now)) break;
        }
        expect(lost).toBeLessThanOrEqual(250 + 400 + now / 10);
      }),
    );
  });

  it('is no matter while answers take up to 50 ms, or are late now and then', () => {
    const slowness = new Slowness();
    for (let now = 0; now < 60_000; now += 50) expect(slowness.add(50, now)).toBe(false);
    for (let now = 60_000; now < 120_000; now += 2_000) expect(slowness.add(200, now)).toBe(false);
  });

  it('counts again from the beginning when Redis is back', () => {
    const slowness = new Slowness();
    expect(slowness.add(301, 0)).toBe(true);
    slowness.forget();
    expect(slowness.add(300, 1)).toBe(false);
    expect([slowness.isGood(50), slowness.isGood(51)]).toEqual([true, false]);
  });
});
