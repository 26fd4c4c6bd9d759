import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ZoomEndpoint } from '../../../../src/zoom/kit/endpoint-table.js';
import { newTrace, type OperationContext } from '../../../../src/connector/context.js';
import { noMetrics } from '../../../../src/connector/ports.js';
import type { RatePlan } from '../../../../src/zoom/client/pacing/limits.js';
import { createPacer, type Pacer } from '../../../../src/zoom/client/pacing/pacer.js';
import type { Answer } from '../../../../src/zoom/client/errors/answer.js';
import { phoneEndpoints } from '../../../../src/zoom/user/phone/endpoints.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';
import { fakeClock, type FakeClock } from '../../../support/fake-clock.js';

const { getUser, updateUser, listUsers } = userEndpoints;
const heavy: ZoomEndpoint = { ...getUser, label: 'heavy' };
const ok: Answer = { status: 200, headers: {}, body: { type: 'empty' } };
const latencyMs = 100;
const farOff = { limit: 'label', retryAfterMs: 86_400_000 } as const;

let clock: FakeClock;
let pacer: Pacer;
let left: { readonly owner: string; readonly at: number }[];
let began: number;
let queues: { readonly label: string; readonly waiting: number }[];

const metrics = {
  ...noMetrics,
  queueLength: (label: string, waiting: number) => void queues.push({ label, waiting }),
};

function start(plan: RatePlan, changes: { share?: number; maxConcurrency?: number } = {}): void {
  const options = { plan, share: 1, maxConcurrency: 1_000, ...changes };
  pacer = createPacer(options, { clock, random: () => 0, metrics });
}

function operation(requestId: string, signal = new AbortController().signal): OperationContext {
  return { requestId, signal, trace: newTrace() };
}

/** One attempt that takes a tenth of a second. */
async function attempt(
  endpoint: ZoomEndpoint,
  context = operation('op'),
  maxWaitMs = 600_000,
): Promise<void> {
  const slot = await pacer.acquire(endpoint, context, maxWaitMs);
  left.push({ owner: context.requestId, at: clock.now() - began });
  await clock.sleep(latencyMs);
  slot.release(ok);
}

const many = (count: number, endpoint: ZoomEndpoint, context = operation('op')): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, () => attempt(endpoint, context)));

function densest(windowMs: number): number {
  const times = left.map(({ at }) => at);
  return Math.max(...times.map((end) => times.filter((at) => at > end - windowMs && at <= end).length));
}

beforeEach(() => {
  clock = fakeClock();
  began = clock.now();
  left = [];
  queues = [];
});

describe('the pacer', () => {
  it('tells how many wait, those of REST and of Zoom Phone together', async () => {
    start('free');
    // Bursts of a quarter of the slots, and one more, leave at once: 2 of 6 and 6 of 10.
    await clock.until(Promise.all([many(6, getUser), many(10, phoneEndpoints.getPhoneUser)]));
    expect(Math.max(...queues.map(({ waiting }) => waiting))).toBe(4 + 4);
    expect(queues.at(-1)).toEqual({ label: 'light', waiting: 0 });
    expect(new Set(queues.map(({ label }) => label))).toEqual(new Set(['light']));
  });

  it.each([
    ['free', getUser, 4, 1_000],
    ['pro', getUser, 30, 1_000],
    ['pro', listUsers, 20, 1_000],
    ['business', getUser, 80, 1_000],
    ['business', phoneEndpoints.getPhoneUser, 40, 1_000],
    ['business', heavy, 40, 1_000],
  ] as const)(
    'keeps to the %s limit of %o from the first second on',
    async (plan, endpoint, limit, windowMs) => {
      start(plan);
      await clock.until(many(limit * 6, endpoint));
      expect(densest(windowMs)).toBe(limit);
      expect(left.at(-1)?.at).toBeLessThan(6 * (windowMs + latencyMs));
    },
  );

  it('pauses only the label that was used up', async () => {
    start('business');
    pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 5_000 });
    await clock.until(
      Promise.all([
        attempt(getUser, operation('light')),
        attempt(listUsers, operation('medium')),
        attempt(phoneEndpoints.getPhoneUser, operation('phone')),
      ]),
    );
    expect(left).toEqual([
      { owner: 'medium', at: 0 },
      { owner: 'phone', at: 0 },
      { owner: 'light', at: 5_000 },
    ]);
  });

  it('pauses longer each time in a row, and starts anew after a success', async () => {
    start('none');
    const pauses: number[] = [];
    const pause = async (): Promise<void> => {
      const before = clock.now();
      pacer.noteLimit(getUser, { limit: 'label' });
      const slot = await clock.until(pacer.acquire(getUser, operation('op'), 600_000));
      pauses.push(clock.now() - before);
      slot.release({ ...ok, status: 429 });
    };
    for (let index = 0; index < 7; index += 1) await pause();
    await clock.until(attempt(getUser));
    await pause();
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 1_000]);
  });

  it('does not trust the advice to come back at once', async () => {
    start('none');
    pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 0 });
    await clock.until(attempt(getUser));
    expect(left[0]?.at).toBeGreaterThanOrEqual(250);
  });

  it('lets a write pass an import, and counts what was waited', async () => {
    start('pro');
    const reads = many(300, getUser, operation('import'));
    await clock.advance(2_050);
    const create = operation('create');
    const before = clock.now();
    await clock.until(attempt(getUser, create).then(() => attempt(updateUser, create)));
    expect(clock.now() - before).toBeLessThan(1_000 + 2 * latencyMs);
    expect(create.trace.waitedMs).toBeGreaterThan(0);
    await clock.until(reads);
    expect(left).toHaveLength(302);
  });

  it('keeps places for writes when slow reads take all others', async () => {
    start('none', { maxConcurrency: 8 });
    const slow = Array.from({ length: 20 }, () => pacer.acquire(getUser, operation('import'), 60_000));
    slow.forEach((slot) => void slot.catch(() => undefined));
    await clock.advance(10);
    await clock.until(attempt(updateUser, operation('write')));
    expect(left).toEqual([{ owner: 'write', at: 10 }]);
  });

  it('never has more under way than allowed', async () => {
    start('none', { maxConcurrency: 3 });
    await clock.until(many(9, updateUser));
    expect(left.map(({ at }) => at)).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200]);
  });

  it('refuses at once what is sure to wait too long, with the time', async () => {
    start('business');
    pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 50_000 });
    await expect(pacer.acquire(getUser, operation('op'), 40_000)).rejects.toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 50 },
    });
  });

  it('heeds far-off advice for a minute, then probes with one request for which the others wait', async () => {
    start('business');
    pacer.noteLimit(getUser, farOff);
    const others = many(20, getUser, operation('others'));
    await clock.advance(60_000 + latencyMs / 2);
    expect(left).toEqual([{ owner: 'others', at: 60_000 }]);
    await clock.until(others);
    expect(left[1]?.at).toBe(60_000 + latencyMs);
    expect(left.at(-1)?.at).toBeLessThan(61_000);
  });

  it('probes once a minute while the answers stay 429', async () => {
    start('none');
    const probes: number[] = [];
    const refused = async (): Promise<void> => {
      const slot = await pacer.acquire(getUser, operation('op'), 600_000);
      probes.push(clock.now() - began);
      await clock.sleep(latencyMs);
      if (probes.length < 4) pacer.noteLimit(getUser, farOff);
      slot.release({ ...ok, status: probes.length < 4 ? 429 : 200 });
    };
    pacer.noteLimit(getUser, farOff);
    await clock.until(Promise.all(Array.from({ length: 6 }, refused)));
    expect(probes).toEqual([60_000, 120_100, 180_200, 240_300, 240_400, 240_400]);
  });

  it('lets the next request probe when a probe has no answer, or an answer without advice', async () => {
    start('none');
    pacer.noteLimit(getUser, farOff);
    const [first, second, third] = [1, 2, 3].map(() => pacer.acquire(getUser, operation('op'), 600_000));
    (await clock.until(first ?? Promise.reject(new Error('none')))).release();
    const slot = await clock.until(second ?? Promise.reject(new Error('none')));
    pacer.noteLimit(getUser, { limit: 'label' });
    slot.release({ ...ok, status: 429 });
    await clock.until(third ?? Promise.reject(new Error('none')));
    expect(clock.now() - began).toBe(62_000);
    await clock.until(many(3, getUser));
    expect(left.map(({ at }) => at)).toEqual([62_000, 62_000, 62_000]);
  });

  it('probes a day that only a sentence closed, and believes a header', async () => {
    start('pro');
    pacer.noteLimit(heavy, { limit: 'day', bySentence: true, retryAfterMs: 3_600_000 });
    const refused = pacer.acquire(heavy, operation('op'), 600_000);
    await expect(refused).rejects.toMatchObject({ kind: 'retryable', details: { retryAfter: 60 } });
    await clock.advance(60_000);
    const probe = await pacer.acquire(heavy, operation('op'), 0);
    const other = pacer.acquire(heavy, operation('op'), 600_000);
    pacer.noteLimit(heavy, { limit: 'day', retryAfterMs: 3_600_000 });
    probe.release({ ...ok, status: 429 });
    await expect(other).rejects.toMatchObject({ kind: 'retryable', details: { retryAfter: 3_600 } });
  });

  it('bounds the queue by what can be served in time', async () => {
    start('free');
    const waiting = Array.from({ length: 50 }, () => attempt(getUser, operation('import'), 10_000));
    const ends = await clock.until(Promise.allSettled(waiting));
    expect(ends.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(36);
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(9);
  });

  it('ends the wait of those whose time is over', async () => {
    start('none', { maxConcurrency: 1 });
    await pacer.acquire(updateUser, operation('hangs'), 1_000);
    await expect(clock.until(pacer.acquire(updateUser, operation('op'), 1_000))).rejects.toMatchObject({
      kind: 'retryable',
    });
    expect(clock.now() - began).toBe(1_000);
  });

  it('lets go of those who give up, and serves the others', async () => {
    start('none', { maxConcurrency: 1 });
    const hanging = await pacer.acquire(updateUser, operation('hangs'), 1_000);
    const gone = new AbortController();
    const first = pacer.acquire(updateUser, operation('gone', gone.signal), 60_000);
    const second = attempt(updateUser, operation('stays'));
    gone.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    hanging.release(ok);
    await clock.until(second);
    expect(left).toEqual([{ owner: 'stays', at: 0 }]);
  });

  it('keeps count of one who gives up in the very moment of leaving', async () => {
    start('none', { maxConcurrency: 1 });
    const hanging = await pacer.acquire(updateUser, operation('hangs'), 1_000);
    const gone = new AbortController();
    const first = pacer.acquire(updateUser, operation('gone', gone.signal), 60_000);
    hanging.release(ok);
    gone.abort(new Error('gone'));
    (await first).release(ok);
    await clock.until(attempt(updateUser, operation('next')));
    expect(left).toHaveLength(1);
  });

  it('answers a used-up day at once, for the labels that share it and for no other', async () => {
    start('pro');
    pacer.noteLimit(heavy, { limit: 'day', retryAfterMs: 3_600_000 });
    const intensive: ZoomEndpoint = { ...getUser, label: 'resourceIntensive' };
    for (const endpoint of [heavy, intensive]) {
      await expect(pacer.acquire(endpoint, operation('op'), 60_000)).rejects.toMatchObject({
        kind: 'retryable',
        details: { retryAfter: 3_600 },
      });
    }
    await clock.until(attempt(getUser));
    expect(left).toHaveLength(1);
  });

  it('turns away who waits already when the day is used up', async () => {
    start('pro');
    pacer.noteLimit(heavy, { limit: 'label', retryAfterMs: 30_000 });
    pacer.noteLimit(getUser, { limit: 'label', retryAfterMs: 10_000 });
    const waiting = pacer.acquire(heavy, operation('heavy'), 60_000);
    const light = attempt(getUser);
    pacer.noteLimit({ ...getUser, label: 'resourceIntensive' }, { limit: 'day', retryAfterMs: 3_600_000 });
    await expect(waiting).rejects.toMatchObject({ kind: 'retryable', details: { retryAfter: 3_600 } });
    expect(clock.now()).toBe(began);
    await clock.until(light);
    expect(left).toHaveLength(1);
  });

  it('never waits for the next day, however near', async () => {
    start('free');
    pacer.noteLimit(getUser, { limit: 'day', retryAfterMs: 2_000 });
    await expect(pacer.acquire(getUser, operation('op'), 60_000)).rejects.toMatchObject({
      kind: 'retryable',
      details: { retryAfter: 2 },
    });
    await clock.advance(2_000);
    await clock.until(attempt(getUser));
  });

  it('counts the day itself', async () => {
    start('free', { share: 0.001 });
    for (let index = 0; index < 6; index += 1) await clock.until(attempt(getUser));
    await expect(pacer.acquire(getUser, operation('op'), 600_000)).rejects.toMatchObject({
      kind: 'retryable',
    });
    expect(left).toHaveLength(6);
  });

  it('takes new limits without losing count, and who waits goes by them', async () => {
    start('business');
    const before = many(80, getUser);
    await clock.advance(200);
    pacer.adapt({ plan: 'pro', share: 1, maxConcurrency: 1_000 });
    const sent = left.length;
    expect(sent).toBeGreaterThan(30);
    await clock.advance(800);
    expect(left.length).toBe(sent);
    await clock.until(before);
    const later = left.filter(({ at }) => at > 1_000);
    expect(later).toHaveLength(80 - sent);
    pacer.adapt({ plan: 'none', share: 1, maxConcurrency: 1_000 });
    const unpaced = many(100, getUser);
    await clock.advance(latencyMs);
    await unpaced;
    expect(left).toHaveLength(180);
    pacer.adapt({ plan: 'free', share: 1, maxConcurrency: 1_000 });
    const after = attempt(getUser);
    await clock.advance(800);
    expect(left).toHaveLength(180);
    await clock.until(after);
  });

  it('keeps count of the day through new limits, and asks Zoom anew whether it is over', async () => {
    start('free', { share: 0.001 });
    for (let index = 0; index < 6; index += 1) await clock.until(attempt(getUser));
    pacer.adapt({ plan: 'free', share: 0.0012, maxConcurrency: 1 });
    await clock.until(attempt(getUser));
    await expect(pacer.acquire(getUser, operation('op'), 600_000)).rejects.toMatchObject({
      kind: 'retryable',
    });
    pacer.noteLimit(getUser, { limit: 'day', retryAfterMs: 3_600_000 });
    pacer.adapt({ plan: 'free', share: 1, maxConcurrency: 1 });
    await clock.until(attempt(getUser));
    expect(left).toHaveLength(8);
  });

  it('believes headers that name another published limit', async () => {
    start('pro');
    const slot = await pacer.acquire(getUser, operation('op'), 0);
    slot.release({ ...ok, headers: { 'x-ratelimit-category': 'Light', 'x-ratelimit-limit': '4' } });
    await clock.until(many(12, getUser));
    expect(densest(1_000)).toBeLessThanOrEqual(4);
  });
});
