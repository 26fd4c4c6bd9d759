import { sharedWait } from '../../../connector/shared-wait.js';
import { type Clock, type Moment, momentOf } from '../../kit/clock.js';
import type { Queued } from './fair-queue.js';
import type { Lane } from './lane.js';

/** One attempt that waits to be sent. */
export interface QueuedRequest extends Queued {
  /** Lets it go. */
  readonly go: () => void;
  /** Tells it that waiting is in vain. */
  readonly reject: () => void;
}

/** Why timers are ended; a constant, because making an error for each is dear. */
const noLongerNeeded = 'no longer needed';

/** Thrown to one whose time of waiting is over, or who would wait for another day. */
export class WaitTooLong extends Error {}

/**
 * Lets waiting attempts go: each lane at its pace, all together no more than so many at a time. A part of the places
 * is kept for writes, so that slow reads can not hold up a write.
 */
export class RequestScheduler {
  #maxConcurrency = 0;
  #maxReads = 0;
  #underWay = 0;
  #readsUnderWay = 0;
  /** The lane that is served first this time: they take turns when places are scarce. */
  #turn = 0;
  #alarm: AbortController | undefined;

  /** @param queueChanged - told when somebody has begun or ceased to wait on a lane. */
  constructor(
    private readonly lanes: readonly Lane<QueuedRequest>[],
    maxConcurrency: number,
    private readonly clock: Clock,
    private readonly queueChanged: (lane: Lane<QueuedRequest>) => void,
  ) {
    this.allow(maxConcurrency);
  }

  /** From now on so many may be under way. */
  allow(maxConcurrency: number): void {
    const kept = maxConcurrency > 1 ? Math.max(1, Math.floor(maxConcurrency / 8)) : 0;
    this.#maxConcurrency = maxConcurrency;
    this.#maxReads = maxConcurrency - kept;
    this.serve();
  }

  moment(): Moment {
    return momentOf(this.clock);
  }

  /**
   * Waits for a place on the lane.
   * @throws WaitTooLong after `maxWaitMs` and when the lane's day is used up; the reason of the signal when it aborts.
   */
  async enter(
    lane: Lane<QueuedRequest>,
    { owner, writes }: Queued,
    signal: AbortSignal,
    maxWaitMs: number,
  ): Promise<void> {
    const wait = newWait();
    const request: QueuedRequest = { owner, writes, go: wait.go, reject: wait.reject };
    lane.queue.push(request);
    this.serve();
    if (wait.hasGone()) return;
    this.queueChanged(lane);
    const over = new AbortController();
    const tooLong = this.clock.sleep(maxWaitMs, over.signal).then(() => Promise.reject(new WaitTooLong()));
    try {
      await sharedWait(Promise.race([wait.end, tooLong]), signal);
    } catch (error) {
      // One that has been let go holds a place; only its end gives that back.
      if (wait.hasGone()) return;
      lane.queue.remove(request);
      throw error;
    } finally {
      over.abort(noLongerNeeded);
      this.queueChanged(lane);
    }
  }

  /** An attempt is over, and its place free. */
  leave({ writes }: Queued): void {
    this.#underWay -= 1;
    if (!writes) this.#readsUnderWay -= 1;
    this.serve();
  }

  /** Lets go who may. To be called when a lane has been told something. */
  serve(): void {
    this.#turn = (this.#turn + 1) % this.lanes.length;
    const inTurn = [...this.lanes.slice(this.#turn), ...this.lanes.slice(0, this.#turn)];
    this.#wakeAt(Math.min(...inTurn.map((lane) => this.#serveLane(lane))));
  }

  /** @returns when the lane wants to be served again; `Infinity` when something else will call for it. */
  #serveLane(lane: Lane<QueuedRequest>): number {
    while (this.#underWay < this.#maxConcurrency) {
      const next = lane.queue.peek(this.#readsUnderWay >= this.#maxReads);
      if (next === undefined) return Infinity;
      const now = this.moment();
      if (lane.dayClosedFor(now) > 0) return rejectAll(lane);
      const at = lane.readyAt(now);
      if (at > now.monotonic) return at;
      lane.queue.take(next);
      lane.departed(now);
      this.#underWay += 1;
      if (!next.writes) this.#readsUnderWay += 1;
      next.go();
    }
    return Infinity;
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

/** Nobody waits for another day. */
function rejectAll({ queue }: Lane<QueuedRequest>): number {
  for (let next = queue.peek(false); next !== undefined; next = queue.peek(false)) {
    queue.take(next);
    next.reject();
  }
  return Infinity;
}

interface Wait extends Pick<QueuedRequest, 'go' | 'reject'> {
  /** Resolves when it may go. */
  readonly end: Promise<void>;
  hasGone(): boolean;
}

function newWait(): Wait {
  let gone = false;
  let resume: () => void = () => undefined;
  let giveUp: (error: Error) => void = () => undefined;
  const end = new Promise<void>((resolve, reject) => {
    resume = resolve;
    giveUp = reject;
  });
  return {
    end,
    hasGone: () => gone,
    go: () => {
      gone = true;
      resume();
    },
    reject: () => giveUp(new WaitTooLong()),
  };
}
