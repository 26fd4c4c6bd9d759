import type { RateLabel, ZoomEndpoint } from '../../kit/endpoint-table.js';

/** The account plans with published limits; `none` paces nothing and only reacts to a 429. */
export type RatePlan = 'free' | 'pro' | 'business' | 'none';

/** Endpoints of one family and label share an allowance. */
export interface LaneKey {
  readonly family: 'rest' | 'phone';
  readonly label: RateLabel;
}

/** A number of requests in any window of so many milliseconds. */
export interface WindowLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** An allowance of a UTC day. Labels with the same pool share it. */
interface DayLimit {
  readonly requests: number;
  readonly pool: string;
}

/** The limits of one lane. */
interface LaneLimit {
  readonly window: WindowLimit;
  readonly day?: DayLimit;
}

type Plan = Exclude<RatePlan, 'none'>;

type Row = readonly [requests: number, windowMs: number, perDay?: number];

type Rows = Readonly<Record<RateLabel, Row>>;

const second = 1_000;

const minute = 60_000;

const smallestPhone: Rows = {
  light: [20, second],
  medium: [10, second],
  heavy: [5, second, 15_000],
  resourceIntensive: [5, minute, 15_000],
};

/**
 * Zoom's published limits per account. Heavy and resource-intensive calls share one allowance a day.
 * Source: https://developers.zoom.us/docs/api/rate-limits/
 */
const published: Readonly<Record<LaneKey['family'], Readonly<Record<Plan, Rows>>>> = {
  rest: {
    free: {
      light: [4, second, 6_000],
      medium: [2, second, 2_000],
      heavy: [1, second, 1_000],
      resourceIntensive: [10, minute, 30_000],
    },
    pro: {
      light: [30, second],
      medium: [20, second],
      heavy: [10, second, 30_000],
      resourceIntensive: [10, minute, 30_000],
    },
    business: {
      light: [80, second],
      medium: [60, second],
      heavy: [40, second, 60_000],
      resourceIntensive: [20, minute, 60_000],
    },
  },
  phone: {
    // Zoom Phone needs a paid plan. For an account configured as free we use the limits of the smallest one.
    free: smallestPhone,
    pro: smallestPhone,
    business: {
      light: [40, second],
      medium: [20, second],
      heavy: [10, second, 30_000],
      resourceIntensive: [10, minute, 30_000],
    },
  },
};

/** The lane of an endpoint. As far as we know, SCIM shares the allowance of REST. */
export function laneOf({ api, label }: ZoomEndpoint): LaneKey {
  return { family: api === 'phone' ? 'phone' : 'rest', label };
}

/** The lane as text, for maps. */
export function laneName({ family, label }: LaneKey): string {
  return `${family}/${label}`;
}

/**
 * Our part of a lane's limits. Less than one request per window becomes one request in a longer window.
 * @param share - above 0 to 1.
 * @returns `undefined` without pacing.
 */
export function laneLimit(plan: RatePlan, share: number, lane: LaneKey): LaneLimit | undefined {
  if (plan === 'none') return undefined;
  const [requests, windowMs, perDay] = published[lane.family][plan][lane.label];
  const window = sharedWindow({ requests, windowMs }, share);
  if (perDay === undefined) return { window };
  const shares = plan !== 'free' && (lane.label === 'heavy' || lane.label === 'resourceIntensive');
  const pool = `${lane.family}/${shares ? 'heavy' : lane.label}`;
  return { window, day: { requests: Math.max(1, Math.floor(perDay * share)), pool } };
}

/** Our part of a limit. */
export function sharedWindow({ requests, windowMs }: WindowLimit, share: number): WindowLimit {
  const ours = requests * share;
  return ours >= 1
    ? { requests: Math.floor(ours + 1e-9), windowMs }
    : { requests: 1, windowMs: Math.ceil(windowMs / ours) };
}

/** The allowances of all plans for the lane: per second or minute, and per day. */
export function publishedFor({ family, label }: LaneKey): { window: WindowLimit[]; day: number[] } {
  const rows = Object.values(published[family]).map((plan) => plan[label]);
  return {
    window: rows.map(([requests, windowMs]) => ({ requests, windowMs })),
    day: rows.flatMap(([, , perDay]) => (perDay === undefined ? [] : [perDay])),
  };
}

export const dayMs = 86_400_000;

/** Milliseconds until 00:00 UTC, when Zoom resets its counters of the day. */
export function untilMidnight(now: number): number {
  return dayMs - (now % dayMs);
}

/** Counts the requests of a UTC day. All times in milliseconds. */
export class DayBudget {
  #day = 0;
  #used = 0;
  #closedUntil = 0;
  /** Since when this replica is alone, with its part of what was left then. */
  #alone: { readonly day: number; readonly used: number; readonly replicas: number } | undefined;

  /** @param pool - name of the allowance; labels with the same pool share it. */
  constructor(
    private requests: number,
    readonly pool = '',
  ) {}

  /** The allowance of the whole day. */
  get allowance(): number {
    return this.requests;
  }

  /** Replaces the allowance and forgets that Zoom closed the day: that may have been under another plan. */
  resize(requests: number): void {
    this.requests = requests;
    this.#closedUntil = 0;
  }

  /** @returns the time at which the next request may be sent: `now`, or the end of the pause. */
  openAt(now: number): number {
    this.#turn(now);
    if (now < this.#closedUntil) return this.#closedUntil;
    return this.#used < this.#allowed ? now : (this.#day + 1) * dayMs;
  }

  spend(now: number): void {
    this.#turn(now);
    this.#used += 1;
  }

  /** Requests of this day so far. */
  usedAt(now: number): number {
    this.#turn(now);
    return this.#used;
  }

  /** Requests that this day still allows; 0 while Zoom says that it is used up. */
  remainingAt(now: number): number {
    return this.openAt(now) > now ? 0 : Math.max(0, this.#allowed - this.#used);
  }

  /** Called when Zoom says that the allowance is used up until then. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
  }

  /** Takes over the count of the group of replicas. */
  adopt(now: number, used: number, closedUntil: number): void {
    this.#turn(now);
    this.#used = used;
    this.close(closedUntil);
  }

  /** From now on so many replicas share what is left, each by itself; with 1 they are together. */
  divide(now: number, replicas: number): void {
    this.#turn(now);
    this.#alone = replicas === 1 ? undefined : { day: this.#day, used: this.#used, replicas };
  }

  get #allowed(): number {
    if (this.#alone === undefined) return this.requests;
    const before = this.#alone.day === this.#day ? this.#alone.used : 0;
    return before + Math.floor((this.requests - before) / this.#alone.replicas);
  }

  #turn(now: number): void {
    const day = Math.floor(now / dayMs);
    if (day === this.#day) return;
    this.#day = day;
    this.#used = 0;
  }
}
