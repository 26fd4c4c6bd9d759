import { rateLabels, type ZoomEndpoint } from '../../kit/endpoint-table.js';
import {
  DayBudget,
  type LaneKey,
  laneLimit,
  laneName,
  laneOf,
  type RatePlan,
  type WindowLimit,
} from './limits.js';
import type { QueuedRequest } from './scheduler.js';
import { Lane } from './lane.js';

/** The lanes of an account. */
interface Lanes {
  readonly all: readonly Lane<QueuedRequest>[];
  of(endpoint: ZoomEndpoint): Lane<QueuedRequest>;
  /** True when the plan has, or an unknown plan may have, an allowance of the day for the endpoint. */
  readonly hasDay: (endpoint: ZoomEndpoint) => boolean;
  /** Replaces the limits; requests already sent still count. */
  limitTo(plan: RatePlan, share: number): void;
}

const keys: readonly LaneKey[] = (['rest', 'phone'] as const).flatMap((family) =>
  rateLabels.map((label) => ({ family, label })),
);

/** Counted, but not paced. */
const unlimited: WindowLimit = { requests: Infinity, windowMs: 1_000 };

/** Creates a lane for each family and label. Lanes share an allowance of the day where Zoom does. */
export function createLanes(initialPlan: RatePlan, initialShare: number): Lanes {
  let plan = initialPlan;
  let share = initialShare;
  const days = new Map<string, DayBudget>();
  const windowOf = (key: LaneKey): WindowLimit => laneLimit(plan, share, key)?.window ?? unlimited;
  const dayOf = (key: LaneKey): DayBudget | undefined => {
    const limit = laneLimit(plan, share, key)?.day;
    if (limit === undefined) return undefined;
    const budget = days.get(limit.pool) ?? new DayBudget(limit.requests, limit.pool);
    budget.resize(limit.requests);
    days.set(limit.pool, budget);
    return budget;
  };
  const lanes = new Map(
    keys.map((key) => [laneName(key), new Lane<QueuedRequest>(key, windowOf(key), dayOf(key))] as const),
  );
  return {
    all: [...lanes.values()],
    of: (endpoint) => {
      const lane = lanes.get(laneName(laneOf(endpoint)));
      if (lane === undefined) throw new Error(`No lane for ${endpoint.id}`);
      return lane;
    },
    hasDay: (endpoint) => plan === 'none' || laneLimit(plan, share, laneOf(endpoint))?.day !== undefined,
    limitTo: (nextPlan, nextShare) => {
      plan = nextPlan;
      share = nextShare;
      for (const lane of lanes.values()) lane.limitTo(windowOf(lane.key), dayOf(lane.key));
    },
  };
}
