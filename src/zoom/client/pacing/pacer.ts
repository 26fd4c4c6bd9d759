import type { ZoomEndpoint } from '../../kit/endpoint-table.js';
import type { OperationContext } from '../../../connector/context.js';
import type { Metrics } from '../../../connector/ports.js';
import { whileWaiting } from '../../../connector/traced-waits.js';
import { ConnectorError } from '../../../connid/errors.js';
import { type Answer, codeOf, type LimitHit } from '../errors/answer.js';
import type { Clock, Moment } from '../../kit/clock.js';
import type { RatePlan } from './limits.js';
import { type QueuedRequest, RequestScheduler, WaitTooLong } from './scheduler.js';
import type { Queued } from './fair-queue.js';
import type { GroupParts } from './group-lane.js';
import type { Lane } from './lane.js';
import { createLanes } from './lanes.js';
import { isLimit, rateLesson } from './rate-answer.js';

/** The options of a pacer. */
interface PacerOptions {
  readonly plan: RatePlan;
  readonly share: number;
  readonly maxConcurrency: number;
}

/** The surroundings of a pacer. */
interface PacerDependencies {
  readonly clock: Clock;
  readonly random: () => number;
  readonly metrics: Metrics;
}

/** What a pacer needs to share the limits with other replicas. */
export type PacerGroup = Pick<GroupParts, 'connection' | 'keyPrefix' | 'replica'>;

/** The right to send one request now. */
export interface Slot {
  /** Milliseconds that the request has waited for it. */
  readonly waitedMs: number;
  /** Must be called once, when the request has ended; without an answer when there was none. */
  release(answer?: Answer): void;
}

/** Decides when requests may be sent, and learns from their answers. */
export interface Pacer {
  /**
   * Waits until a request may be sent.
   * @throws ConnectorError `retryable` with `retryAfter` when that would take longer than `maxWaitMs`; the reason of
   *   the context's signal when it aborts.
   */
  acquire(endpoint: ZoomEndpoint, context: OperationContext, maxWaitMs: number): Promise<Slot>;
  /** Called after a 429, before its slot is released: others must not be sent in between. */
  noteLimit(endpoint: ZoomEndpoint, hit: LimitHit): void;
  /** Replaces the options, also for waiting requests; requests already sent still count. */
  adapt(options: PacerOptions): void;
  /** True when the plan has an allowance of the day for the endpoint's label. */
  hasDay(endpoint: ZoomEndpoint): boolean;
}

/** A longer queue of one lane is a mistake of a caller. */
const maxQueued = 10_000;

/**
 * Paces by Zoom's limits per label.
 * @param group - the replicas that share the limits; without it this process is alone.
 */
export function createPacer(
  initial: PacerOptions,
  dependencies: PacerDependencies,
  group?: PacerGroup,
): Pacer {
  const { random, metrics } = dependencies;
  const lanes = createLanes(initial.plan, initial.share);
  let options = initial;
  const scheduler = createScheduler(lanes.all, options, dependencies);
  const now = (): Moment => scheduler.moment();
  joinGroup(lanes.all, group && { ...group, clock: dependencies.clock, wake: () => scheduler.serve() });
  watchDays(lanes.all, metrics, now);

  return {
    acquire: async (endpoint, context, maxWaitMs) => {
      context.signal.throwIfAborted();
      const since = now().monotonic;
      const wait = () => waitFor(scheduler, lanes.of(endpoint), endpoint, { context, maxWaitMs });
      await whileWaiting(context, 'rate limit', wait, { 'zoom_connector.rate_limit.label': endpoint.label });
      const sentAt = now().monotonic;
      const waitedMs = sentAt - since;
      context.trace.waitedMs += waitedMs;
      if (waitedMs >= 1) metrics.waited(endpoint.label, waitedMs);
      return {
        waitedMs,
        release: (answer) => {
          learn(lanes.of(endpoint), answer, { sentAt, now: now(), share: options.share });
          scheduler.release(queuedRequest(endpoint, context));
        },
      };
    },
    noteLimit: (endpoint, { bySentence, limit, retryAfterMs }) => {
      if (limit === 'label') lanes.of(endpoint).pause(now(), retryAfterMs, random());
      if (limit === 'day') lanes.of(endpoint).closeDay(now(), retryAfterMs ?? 0, bySentence !== true);
      scheduler.serve();
    },
    adapt: (next) => {
      // The same plan and share: limits learnt from Zoom's headers stay.
      const same = next.plan === options.plan && next.share === options.share;
      if (!same) lanes.limitTo(next.plan, next.share);
      watchDays(lanes.all, metrics, now);
      options = next;
      scheduler.allow(next.maxConcurrency);
    },
    hasDay: lanes.hasDay,
  };
}

function joinGroup(lanes: readonly Lane<QueuedRequest>[], parts: GroupParts | undefined): void {
  if (parts !== undefined) for (const lane of lanes) lane.join(parts);
}

async function waitFor(
  scheduler: RequestScheduler,
  lane: Lane<QueuedRequest>,
  endpoint: ZoomEndpoint,
  { context, maxWaitMs }: { readonly context: OperationContext; readonly maxWaitMs: number },
): Promise<void> {
  const now = (): Moment => scheduler.moment();
  const request = queuedRequest(endpoint, context);
  const hopeless = hopelessWait(lane, lane.queue.ahead(request), now(), maxWaitMs);
  if (hopeless !== undefined) throw waitError(endpoint, hopeless);
  try {
    await scheduler.acquire(lane, request, context.signal, maxWaitMs);
  } catch (thrown) {
    throw thrown instanceof WaitTooLong ? waitError(endpoint, remainingWait(lane, now())) : thrown;
  }
}

/** Lets the metrics read what is left of the day, once for labels that share an allowance. */
function watchDays(lanes: readonly Lane<QueuedRequest>[], metrics: Metrics, now: () => Moment): void {
  const pools = new Map(lanes.map((lane) => [lane.dayPool, lane] as const));
  for (const [pool, lane] of pools) {
    if (pool !== undefined) metrics.dayRemaining(pool, () => lane.dayRemaining(now()));
  }
}

/** The trace identifies the operation: each has its own, and callers choose neither it nor its like. */
function queuedRequest({ method }: ZoomEndpoint, { bulk, caller = '', trace }: OperationContext): Queued {
  const kind = method !== 'GET' ? 'write' : bulk === true ? 'bulk' : 'read';
  return { kind, caller, operation: trace };
}

/** Passes the end of a request to its lane. */
function learn(
  lane: Lane<QueuedRequest>,
  answer: Answer | undefined,
  { now, sentAt, share }: { readonly sentAt: number; readonly now: Moment; readonly share: number },
): void {
  if (answer === undefined) {
    lane.lost(sentAt, now);
    return;
  }
  lane.answered(sentAt, now, rateLesson(lane.key, answer, share));
  if (!isLimit({ status: answer.status, code: codeOf(answer) })) lane.noteSuccess();
}

/** Creates the scheduler of all lanes, and reports the length of their queues to the metrics. */
function createScheduler(
  lanes: readonly Lane<QueuedRequest>[],
  { maxConcurrency }: PacerOptions,
  { clock, metrics }: PacerDependencies,
): RequestScheduler {
  // REST and Zoom Phone with the same label are one queue here, as in the other metrics.
  return new RequestScheduler(lanes, maxConcurrency, clock, ({ key: { label } }) => {
    const queues = lanes.filter(({ key }) => key.label === label).map(({ queue }) => queue.length);
    metrics.queueLength(
      label,
      queues.reduce((sum, length) => sum + length, 0),
    );
  });
}

/** The expected wait when it is surely too long; a wait for another day always is. `undefined` otherwise. */
function hopelessWait(
  lane: Lane<QueuedRequest>,
  ahead: number,
  now: Moment,
  maxWaitMs: number,
): number | undefined {
  const blocked = lane.blockedUntil(now) - now.monotonic;
  const wait = blocked + ahead * lane.intervalMs;
  const inVain = lane.dayClosedFor(now) > 0 || lane.queue.length >= maxQueued;
  return inVain || wait > maxWaitMs ? wait : undefined;
}

function remainingWait(lane: Lane<QueuedRequest>, now: Moment): number {
  const ready = lane.readyAt(now) - now.monotonic;
  return Number.isFinite(ready) ? ready : lane.intervalMs;
}

function waitError({ id, label }: ZoomEndpoint, waitMs: number): ConnectorError {
  return new ConnectorError('retryable', `Zoom's limit for ${label} calls leaves no room for ${id} now.`, {
    hint: 'Repeat the operation after the time in "retryAfter"; rest.maxWaitMs bounds how long it is waited here.',
    retryAfter: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}
