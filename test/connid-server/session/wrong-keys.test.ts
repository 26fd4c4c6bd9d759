import { describe, expect, it } from '@jest/globals';
import { WrongKeys } from '../../../src/connid-server/session/wrong-keys.js';

/** Wrong keys with a clock that the test sets. */
function withClock() {
  const clock = { ms: 0 };
  return { clock, wrongKeys: new WrongKeys(() => clock.ms) };
}

function delays(wrongKeys: WrongKeys, peer: string, times: number): number[] {
  return Array.from({ length: times }, () => wrongKeys.shown(peer).delayMs);
}

describe('wrong keys of an address', () => {
  it('wait longer and longer after the fifth, eight seconds at most', () => {
    const { wrongKeys } = withClock();
    const expected = [0, 0, 0, 0, 0, 250, 500, 1_000, 2_000, 4_000, 8_000, 8_000];
    expect(delays(wrongKeys, '192.0.2.1', 12)).toEqual(expected);
    expect(delays(wrongKeys, '192.0.2.2', 1)).toEqual([0]);
  });

  it('are forgotten after a minute without one', () => {
    const { clock, wrongKeys } = withClock();
    delays(wrongKeys, '192.0.2.1', 6);
    clock.ms = 59_999;
    expect(delays(wrongKeys, '192.0.2.1', 1)).toEqual([500]);
    clock.ms += 60_000;
    expect(delays(wrongKeys, '192.0.2.1', 1)).toEqual([0]);
  });

  it('are logged until they wait, and once more then', () => {
    const { wrongKeys } = withClock();
    const reasons = Array.from({ length: 20 }, () => wrongKeys.shown('192.0.2.1').reason);
    expect(reasons.filter((reason) => reason === 'A key is wrong.')).toHaveLength(5);
    expect(reasons[5]).toContain('again and again');
    expect(reasons.slice(6).every((reason) => reason === undefined)).toBe(true);
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::7', 250],
    ['2001:db8::1', '2001:db8:0:0:9::1', 250],
    ['::1', '::2', 250],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 0],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 0],
  ])('count for %s and %s together if one peer may have both', (one, other, delayMs) => {
    const { wrongKeys } = withClock();
    delays(wrongKeys, one, 5);
    expect(wrongKeys.shown(other).delayMs).toBe(delayMs);
  });

  it('are remembered for a thousand addresses, those with the latest ones', () => {
    const { wrongKeys } = withClock();
    for (const peer of ['first', 'second']) delays(wrongKeys, peer, 5);
    for (let index = 0; index < 998; index += 1) wrongKeys.shown(`peer ${index}`);
    expect(wrongKeys.shown('first').delayMs).toBe(250);
    wrongKeys.shown('one more');
    expect(wrongKeys.shown('second').delayMs).toBe(0);
    expect(wrongKeys.shown('first').delayMs).toBe(500);
  });
});
