import { sharedWait } from '../../../connector/context.js';
import { type Clock, type Moment, momentOf } from '../../kit/clock.js';
import type { Queued } from './fair-queue.js';
import type { Lane } from './lane.js';

/** A request that waits until it may be sent. */
export interface QueuedRequest extends Queued {
  /** Gives it a slot: it is sent now. */
  readonly grant: () => void;
  /** Ends its wait with {@link WaitTooLong}. */
  readonly reject: () => void;
}

/** Reason for aborting timers; a constant, because an error for each would be costly. */
const noLongerNeeded = 'no longer needed';

/** Thrown when a request has waited for its maximum, or would have to wait for another day. */
export class WaitTooLong extends Error {}

/**
 * Sends waiting requests: each lane at its pace, and all lanes together up to a number of running requests. Bulk leaves
 * a part of that number free, and reads leave a half of the part to writes. So slow reads delay no write, and imports
 * delay no read.
 */
export class RequestScheduler {
  #maxConcurrency = 0;
  #reserved = 0;
  readonly #running = { write: 0, read: 0, bulk: 0 };
  /** Index of the lane that is served first: lanes take turns when slots are scarce. */
  #turn = 0;
  #alarm: AbortController | undefined;

  /** @param queueChanged - called when a request begins or stops to wait on a lane. */
  constructor(
    private readonly lanes: readonly Lane<QueuedRequest>[],
    maxConcurrency: number,
    private readonly clock: Clock,
    private readonly queueChanged: (lane: Lane<QueuedRequest>) => void,
  ) {
    this.allow(maxConcurrency);
  }

  /** Replaces the number of requests that may run at the same time. */
  allow(maxConcurrency: number): void {
    this.#maxConcurrency = maxConcurrency;
    this.#reserved = maxConcurrency > 1 ? Math.max(1, Math.floor(maxConcurrency / 8)) : 0;
    this.serve();
  }

  moment(): Moment {
    return momentOf(this.clock);
  }

  /**
   * Waits for a slot of the lane.
   * @throws WaitTooLong after `maxWaitMs`, and when the lane's day is used up; the reason of the signal when it aborts.
   */
  async acquire(
    lane: Lane<QueuedRequest>,
    { caller, kind, operation }: Queued,
    signal: AbortSignal,
    maxWaitMs: number,
  ): Promise<void> {
    const wait = newWait();
    const request: QueuedRequest = { caller, kind, operation, grant: wait.grant, reject: wait.reject };
    lane.queue.push(request);
    this.serve();
    if (wait.isGranted()) return;
    this.queueChanged(lane);
    const over = new AbortController();
    const tooLong = this.clock.sleep(maxWaitMs, over.signal).then(() => Promise.reject(new WaitTooLong()));
    try {
      await sharedWait(Promise.race([wait.end, tooLong]), signal);
    } catch (error) {
      // A granted request has a slot, which only its end releases.
      if (wait.isGranted()) return;
      lane.queue.remove(request);
      throw error;
    } finally {
      over.abort(noLongerNeeded);
      this.queueChanged(lane);
    }
  }

  /** Called when a request has ended. */
  release({ kind }: Queued): void {
    this.#running[kind] -= 1;
    this.serve();
  }

  /** Grants slots to all requests that may be sent. Must be called after each change of a lane. */
  serve(): void {
    const { length } = this.lanes;
    this.#turn = (this.#turn + 1) % length;
    let wakeAt = Infinity;
    for (let step = 0; step < length; step += 1) {
      const lane = this.lanes[(this.#turn + step) % length];
      if (lane !== undefined && lane.queue.length > 0) wakeAt = Math.min(wakeAt, this.#serveLane(lane));
    }
    this.#wakeAt(wakeAt);
  }

  /** @returns the time at which to serve the lane again; `Infinity` when another event will cause it. */
  #serveLane(lane: Lane<QueuedRequest>): number {
    for (;;) {
      const next = lane.queue.peek((kind) => this.#mayRun(kind));
      if (next === undefined) return Infinity;
      const now = this.moment();
      if (lane.dayClosedFor(now) > 0) return rejectAll(lane);
      const at = lane.readyAt(now);
      if (at > now.monotonic) return at;
      lane.queue.take(next);
      lane.sent(now);
      this.#running[next.kind] += 1;
      next.grant();
    }
  }

  #mayRun(kind: Queued['kind']): boolean {
    const { bulk, read, write } = this.#running;
    if (bulk + read + write >= this.#maxConcurrency) return false;
    if (kind === 'write') return true;
    const maxReads = this.#maxConcurrency - Math.ceil(this.#reserved / 2);
    return bulk + read < maxReads && (kind === 'read' || bulk < this.#maxConcurrency - this.#reserved);
  }

  #wakeAt(time: number): void {
    this.#alarm?.abort(noLongerNeeded);
    this.#alarm = undefined;
    if (time === Infinity) return;
    const alarm = new AbortController();
    this.#alarm = alarm;
    this.clock.sleep(time - this.moment().monotonic, alarm.signal).then(
      () => this.serve(),
      () => undefined,
    );
  }
}

/** Rejects every request of a lane: none waits for another day. */
function rejectAll({ queue }: Lane<QueuedRequest>): number {
  const any = (): boolean => true;
  for (let next = queue.peek(any); next !== undefined; next = queue.peek(any)) {
    queue.take(next);
    next.reject();
  }
  return Infinity;
}

interface Wait extends Pick<QueuedRequest, 'grant' | 'reject'> {
  /** Resolves when the slot is granted. */
  readonly end: Promise<void>;
  isGranted(): boolean;
}

function newWait(): Wait {
  let granted = false;
  let resume: () => void = () => undefined;
  let giveUp: (error: Error) => void = () => undefined;
  const end = new Promise<void>((resolve, reject) => {
    resume = resolve;
    giveUp = reject;
  });
  return {
    end,
    isGranted: () => granted,
    grant: () => {
      granted = true;
      resume();
    },
    reject: () => giveUp(new WaitTooLong()),
  };
}
