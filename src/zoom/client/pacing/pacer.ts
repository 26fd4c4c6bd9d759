import type { Endpoint } from '../../../connector/object-class/endpoint.js';
import type { OperationContext } from '../../../connector/context.js';
import type { Metrics } from '../../../connector/ports.js';
import { ConnectorError } from '../../../connid/errors.js';
import type { Answer } from '../errors/answer.js';
import type { Clock, Moment } from '../../kit/clock.js';
import type { RatePlan } from './limits.js';
import type { LimitHit } from '../errors/answer.js';
import { DepartureHall, WaitTooLong, type Waiter } from './scheduler.js';
import type { Lane } from './lane.js';
import { createLanes } from './lanes.js';
import { rateLesson } from './rate-answer.js';

/** What the pacer must know. */
interface PacerOptions {
  readonly plan: RatePlan;
  readonly share: number;
  readonly maxConcurrency: number;
}

/** What the pacer uses of its surroundings. */
interface PacerDependencies {
  readonly clock: Clock;
  readonly random: () => number;
  readonly metrics: Metrics;
}

/** An attempt on its way. */
export interface Departure {
  /** Milliseconds this attempt has waited for it. */
  readonly waitedMs: number;
  /** Must be called once, when the attempt is over. The answer is missing when there was none. */
  over(answer?: Answer): void;
}

/** Decides when attempts may leave, and learns from what comes back. */
export interface Pacer {
  /**
   * Waits until the attempt may be sent.
   * @throws ConnectorError of kind `retryable` with `retryAfter` when that takes longer than `maxWaitMs`; the reason
   *   of the context's signal when it aborts.
   */
  depart(endpoint: Endpoint, context: OperationContext, maxWaitMs: number): Promise<Departure>;
  /** Heeds a 429. */
  heed(endpoint: Endpoint, hit: LimitHit): void;
  /** From now on these options hold, also for what waits already; what has left counts on. */
  adapt(options: PacerOptions): void;
  /** Whether the plan has an allowance of the day for the endpoint's label. */
  hasDay(endpoint: Endpoint): boolean;
}

/** More waiting attempts of one lane than this are a mistake of a caller. */
const maxQueued = 10_000;

/** Paces by Zoom's limits per label, in this process alone. */
export function createPacer(initial: PacerOptions, dependencies: PacerDependencies): Pacer {
  const { random, metrics } = dependencies;
  let options = initial;
  const lanes = createLanes(options.plan, options.share);
  const hall = hallOf(lanes.all, options, dependencies);

  async function wait(endpoint: Endpoint, context: OperationContext, maxWaitMs: number): Promise<void> {
    const lane = lanes.of(endpoint);
    const waiter = { owner: context.requestId, writes: endpoint.method !== 'GET' };
    const hopeless = hopelessWait(lane, lane.queue.ahead(waiter), hall.moment(), maxWaitMs);
    if (hopeless !== undefined) throw waitError(endpoint, hopeless);
    try {
      await hall.enter(lane, waiter, context.signal, maxWaitMs);
    } catch (thrown) {
      throw thrown instanceof WaitTooLong ? waitError(endpoint, remainingWait(lane, hall.moment())) : thrown;
    }
  }

  return {
    depart: async (endpoint, context, maxWaitMs) => {
      context.signal.throwIfAborted();
      const since = hall.moment().monotonic;
      await wait(endpoint, context, maxWaitMs);
      const departedAt = hall.moment().monotonic;
      const waitedMs = departedAt - since;
      context.trace.waitedMs += waitedMs;
      if (waitedMs >= 1) metrics.waited(endpoint.label, waitedMs);
      return {
        waitedMs,
        over: (answer) => {
          const lane = lanes.of(endpoint);
          if (answer === undefined) lane.lost(departedAt, hall.moment());
          else lane.answered(departedAt, hall.moment(), rateLesson(lane.key, answer, options.share));
          if (answer !== undefined && answer.status !== 429) lane.flowed();
          hall.leave({ owner: context.requestId, writes: endpoint.method !== 'GET' });
        },
      };
    },
    heed: (endpoint, { limit, retryAfterMs }) => {
      if (limit === 'label') lanes.of(endpoint).pause(hall.moment(), retryAfterMs, random());
      if (limit === 'day') lanes.of(endpoint).closeDay(hall.moment(), retryAfterMs ?? 0);
      hall.serve();
    },
    adapt: (next) => {
      // What Zoom's headers have taught is kept as long as nobody says otherwise.
      const same = next.plan === options.plan && next.share === options.share;
      if (!same) lanes.limitTo(next.plan, next.share);
      options = next;
      hall.allow(next.maxConcurrency);
    },
    hasDay: lanes.hasDay,
  };
}

/** Where the attempts of all lanes wait; how many do is told to the metrics. */
function hallOf(
  lanes: readonly Lane<Waiter>[],
  { maxConcurrency }: PacerOptions,
  { clock, metrics }: PacerDependencies,
): DepartureHall {
  // The same label of REST and of Zoom Phone is counted together, as in the other metrics.
  return new DepartureHall(lanes, maxConcurrency, clock, ({ key: { label } }) => {
    const queues = lanes.filter(({ key }) => key.label === label).map(({ queue }) => queue.length);
    metrics.queueLength(
      label,
      queues.reduce((sum, length) => sum + length, 0),
    );
  });
}

/** The wait that is certain to be too long, if it is; one for another day is, however short. */
function hopelessWait(lane: Lane<Waiter>, ahead: number, now: Moment, maxWaitMs: number): number | undefined {
  const blocked = lane.blockedUntil(now) - now.monotonic;
  const wait = blocked + ahead * lane.intervalMs;
  const inVain = lane.dayClosedFor(now) > 0 || lane.queue.length >= maxQueued;
  return inVain || wait > maxWaitMs ? wait : undefined;
}

function remainingWait(lane: Lane<Waiter>, now: Moment): number {
  const ready = lane.readyAt(now) - now.monotonic;
  return Number.isFinite(ready) ? ready : lane.intervalMs;
}

function waitError({ id, label }: Endpoint, waitMs: number): ConnectorError {
  return new ConnectorError('retryable', `Zoom's limit for ${label} calls leaves no room for ${id} now.`, {
    hint: 'Repeat the operation after the time in "retryAfter"; rest.maxWaitMs bounds how long it is waited here.',
    retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
