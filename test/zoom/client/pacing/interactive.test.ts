import { beforeEach, describe, expect, it } from '@jest/globals';
import { newTrace, type OperationContext } from '../../../../src/connector/context.js';
import { noMetrics } from '../../../../src/connector/ports.js';
import { createPacer, type Pacer } from '../../../../src/zoom/client/pacing/pacer.js';
import { userEndpoints } from '../../../../src/zoom/user/endpoints.js';
import type { Answer } from '../../../../src/zoom/client/errors/answer.js';
import { fakeClock, type FakeClock } from '../../../support/fake-clock.js';

const { getUser } = userEndpoints;
const ok: Answer = { status: 200, headers: {}, body: { type: 'empty' } };
const latencyMs = 50;
/** Milliseconds between two calls at the rate of the plan. */
const slotMs = 1_000 / 30;

let clock: FakeClock;
let pacer: Pacer;
let bulkCalls: number;

beforeEach(() => {
  clock = fakeClock();
  pacer = createPacer(
    { plan: 'pro', share: 1, maxConcurrency: 32 },
    { clock, random: () => 0, metrics: noMetrics },
  );
  bulkCalls = 0;
});

const context = (given: Partial<OperationContext> = {}): OperationContext => ({
  requestId: 'the same for all',
  signal: new AbortController().signal,
  trace: newTrace(),
  ...given,
});

async function call(operation: OperationContext): Promise<void> {
  const slot = await pacer.acquire(getUser, operation, 60_000);
  await clock.sleep(latencyMs);
  slot.release(ok);
}

/** Reads of an import, 28 at a time, without end. */
function startImport(): void {
  const operation = context({ bulk: true });
  const work = async (): Promise<void> => {
    for (;;) {
      await call(operation);
      bulkCalls += 1;
    }
  };
  for (let index = 0; index < 28; index += 1) void work().catch(() => undefined);
}

/** The times of single gets, one after the other with pauses between them, ascending. */
async function timesOfGets(count: number, given: Partial<OperationContext> = {}): Promise<number[]> {
  const times: number[] = [];
  const work = async (): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      const began = clock.now();
      await call(context(given));
      times.push(clock.now() - began);
      await clock.sleep(220);
    }
  };
  await clock.until(work());
  return times.sort((left, right) => left - right);
}

const median = (times: readonly number[]): number => times[Math.floor(times.length / 2)] ?? NaN;

describe('single gets beside sixteen imports at the limit', () => {
  it('wait for a slot of the rate and not for the imports, which use the rest', async () => {
    const alone = median(await timesOfGets(20));
    for (let index = 0; index < 16; index += 1) startImport();
    await clock.advance(5_000);
    const [before, since] = [bulkCalls, clock.now()];
    const times = await timesOfGets(150);
    expect(median(times)).toBeLessThanOrEqual(3 * alone + slotMs);
    expect(times.at(-1)).toBeLessThan(1_000);
    const seconds = (clock.now() - since) / 1_000;
    const left = 30 * seconds - times.length;
    expect(bulkCalls - before).toBeGreaterThanOrEqual(0.9 * left);
  });

  it('of one caller do not wait for the many gets of another', async () => {
    for (let index = 0; index < 200; index += 1) {
      const work = async (): Promise<void> => {
        for (;;) await call(context({ caller: 'busy' }));
      };
      void work().catch(() => undefined);
    }
    await clock.advance(3_000);
    const times = await timesOfGets(20, { caller: 'other' });
    expect(times.at(-1)).toBeLessThan(1_000);
  });
});
